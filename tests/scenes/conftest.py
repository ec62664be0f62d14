"""What the plain run plays of a scene's cases, and that it draws no more of them than it needs."""

from pathlib import Path

import pytest

from cnnviz.stage.language import speak
from tests.scenes import watch


@pytest.fixture(autouse=True)
def _english_afterwards():
    """What is spoken is one for the process; who comes next expects English."""
    yield
    speak("en")


def pytest_configure(config):
    watch.by_default["drawn"] = config.getoption("markexpr") != "not full"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Of a test's ``case``, a play of its own, the plain run takes the first; what is broken is for the full run."""
    begun = set()
    for item in items:
        if Path(__file__).parent not in item.path.parents or item.path.name == "test_broken_scenes.py":
            continue
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))  # one process, so that a play serves all its tests
        if item.originalname.endswith("noticed"):
            item.add_marker(pytest.mark.full)
        elif hasattr(item, "callspec") and "case" in item.callspec.params:
            if item.function in begun:
                item.add_marker(pytest.mark.full)
            begun.add(item.function)
