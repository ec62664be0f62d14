"""Where Manim keeps what it sets."""

import pytest
from manim import config


@pytest.fixture(scope="session", autouse=True)
def own_media(tmp_path_factory):
    """Give each process a folder of its own: Manim removes files there that another process is about to remove."""
    before = config.media_dir
    config.media_dir = str(tmp_path_factory.mktemp("media"))
    yield
    config.media_dir = before
