"""Errors are compared by their whole text."""

import re

import pytest


def says(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")
