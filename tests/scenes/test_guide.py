"""docs/new-scene.md, followed: its code becomes a scene of a lecture, in the catalogue, with nothing wrong in it."""

import re
from pathlib import Path

import numpy as np
import pytest

from cnnviz import subjects
from cnnviz.render import catalog
from cnnviz.stage.frame import ASPECTS
from cnnviz.stage.pictures.grid import Grid
from tests.helpers import conv
from tests.scenes.findings import findings
from tests.scenes.watch import watch

GUIDE = Path(__file__).parents[2] / "docs" / "new-scene.md"
SUBJECT, STORY = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def followed(tmp_path, monkeypatch):
    """The guide's subject among the subjects, its scene in the folder of a chapter."""
    room = {"__name__": "mirror"}
    exec(SUBJECT, room)  # the guide is ours
    monkeypatch.setattr(subjects, "Mirror", room["Mirror"], raising=False)
    monkeypatch.setattr(subjects, "__all__", [*subjects.__all__, "Mirror"])
    chapter = tmp_path / "ch02_convolution"
    chapter.mkdir()
    (chapter / "__init__.py").write_text('"""Convolution."""\n')
    (chapter / "s09_mirror.py").write_text(STORY)
    monkeypatch.setattr(catalog, "scenes_folder", lambda: tmp_path)
    catalog.scenes.cache_clear()
    yield catalog.find("ch02-s09-mirror")
    catalog.scenes.cache_clear()


def test_the_catalogue_has_the_scene_and_its_options(followed):
    assert (followed.class_name, followed.seconds, followed.subject) == ("Flip", 30, "Mirror")
    assert set(catalog.subject_of(followed).options) == {"image", "kernel", "size"}


def test_the_scene_shows_what_nested_loops_find(followed):
    aspect = list(ASPECTS)[len(STORY) % len(ASPECTS)]
    seen = watch(catalog.load_scene(followed.path, followed.class_name), aspect, fps=8, drawn=True)
    assert not findings(seen)
    s = seen.scene.subject
    grids = {part.title: part.values for part in seen.scene.mobjects if isinstance(part, Grid)}
    for title, weights in (("as it is", s.kernel.values), ("turned", s.kernel.values[::-1, ::-1])):
        np.testing.assert_allclose(grids[title], conv(s.picture.values[None], weights[None, None])[0, 0])


@pytest.mark.full
@pytest.mark.parametrize("aspect", ASPECTS)
def test_nothing_is_wrong_in_any_frame(followed, aspect):
    assert not findings(watch(catalog.load_scene(followed.path, followed.class_name), aspect, fps=8, theme="light"))
