import inspect
import re
from dataclasses import fields

import pytest

from cnnviz.render import render
from cnnviz.render.request import NAMES, Request


def test_help_shows_every_argument_once():
    parameters = inspect.signature(render).parameters
    assert [*parameters] == ["target", *NAMES, "progress", "options"]
    assert parameters["format"].default == "gif"
    assert all(re.search(rf"\b{name}\b.*:", render.__doc__) for name in NAMES)


def test_what_is_not_the_renderers_own_goes_to_the_scene():
    request = Request.of("x.py", fps=5, options=1, target_size=2)
    assert request == Request("x.py", fps=5, options={"options": 1, "target_size": 2})


def test_a_request_does_not_change():
    with pytest.raises(AttributeError):
        Request("x.py").fps = 3
    assert {each.name for each in fields(Request)} == {"target", "options", *NAMES}
