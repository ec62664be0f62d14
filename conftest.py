"""What holds for every test and doctest: none sees clips that others keep, and those of a file share a process."""

import itertools

import pytest

_NUMBERS = itertools.count()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep the tests of a file in one process: what one of them plays, the next looks at."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("CNNVIZ_CACHE", str(tmp_path_factory.getbasetemp() / "caches" / str(next(_NUMBERS))))
