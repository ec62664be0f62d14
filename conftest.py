"""What holds for every test and doctest: none sees the clips that another, or the user, keeps."""

import itertools

import pytest

_NUMBERS = itertools.count()


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("CNNVIZ_CACHE", str(tmp_path_factory.getbasetemp() / "caches" / str(next(_NUMBERS))))
