"""What the plain run plays of a scene's cases."""

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a test's ``case``, which is a play of its own, the plain run takes the first and the full run all."""
    begun = set()
    for item in items:
        played = Path(__file__).parent in item.path.parents and hasattr(item, "callspec")
        if played and "case" in item.callspec.params:
            if item.function in begun:
                item.add_marker(pytest.mark.full)
            begun.add(item.function)
