import ast
import inspect
import re
from pathlib import Path

import pytest

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.catalog import check_options, find, load_scene, scene_options, scenes

ALLOWED = (
    *("cnnviz.subjects", "cnnviz.stage", "cnnviz.nn", "cnnviz.engine", "cnnviz.data", "cnnviz.errors"),
    *("typing", "collections.abc", "pathlib", "__future__"),
)
FILES = sorted((Path(__file__).parents[2] / "scenes").glob("ch*/s*.py"))


def forbidden(source):
    """The modules a scene file imports and should not: it walks over traces and computes nothing."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {f"cnnviz.{alias.name}" for alias in node.names} if module == "cnnviz" else {module}
    manim = {name for name in names if name.split(".")[0] == "manim"}
    return {n for n in names - manim if not any(n == allowed or n.startswith(allowed + ".") for allowed in ALLOWED)}


@pytest.mark.parametrize("entry", scenes(), ids=lambda entry: entry.slug)
def test_rows_are_complete(entry):
    assert re.fullmatch(r"ch\d\d-s\d\d-[a-z0-9-]+", entry.slug)
    assert entry.chapter.startswith(f"{entry.chapter_number} · ")
    assert entry.title
    assert entry.takeaway.endswith(".")
    assert len(entry.takeaway) <= 140
    assert entry.concepts
    assert 20 <= entry.seconds <= 120
    assert load_scene(entry.path, entry.class_name).__name__ == entry.class_name


@pytest.mark.parametrize("entry", scenes(), ids=lambda entry: entry.slug)
def test_no_option_is_called_as_one_of_the_renderer(entry):
    of_renderer = set(inspect.signature(render).parameters) - {"options"}
    assert not of_renderer & scene_options(load_scene(entry.path, entry.class_name))


def test_slugs_are_unique_and_in_order():
    slugs = [entry.slug for entry in scenes()]
    assert slugs == sorted(set(slugs))


def test_every_scene_file_is_in_the_catalogue():
    assert {entry.path for entry in scenes()} == set(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenes_compute_nothing(path):
    assert not forbidden(path.read_text())


def test_that_check_can_fail():
    assert forbidden("import numpy as np\nfrom random import choice\nfrom ..ch01 import x") == {
        "numpy",
        "random",
        "..ch01",
    }


def test_an_unknown_slug_names_its_neighbors():
    with pytest.raises(InputError) as caught:
        find("ch02-s02-digit")
    assert str(caught.value).startswith(
        "render: expected the slug of a scene or a Python file, got 'ch02-s02-digit'; near"
    )
    assert "ch02-s02-real-digit" in str(caught.value)


def scene_file(tmp_path, text):
    path = tmp_path / "mine.py"
    path.write_text(text)
    return path


def test_a_file_of_ones_own(tmp_path):
    head = "from manim import Scene\nclass A(Scene):\n    "
    scene = load_scene(scene_file(tmp_path, head + "def __init__(self, *a, speed=1, **k): super().__init__(*a, **k)"))
    assert scene.__name__ == "A"
    assert scene_options(scene) == {"speed"}
    check_options(scene, {"speed": 2})
    with pytest.raises(OptionError) as caught:
        check_options(scene, {"color": "red"})
    assert str(caught.value) == "render: scene A has no option 'color'; it has speed"


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ("x = 1", InputError, "expected the name of one scene in mine.py (as FILE.py:Class); it has none"),
        (
            "from manim import Scene\nclass A(Scene): pass\nclass B(Scene): pass",
            InputError,
            "expected the name of one scene in mine.py (as FILE.py:Class); it has A, B",
        ),
        ("import nowhere_at_all", RenderError, "mine.py cannot be imported: ModuleNotFoundError: No module named"),
        ("class A(", RenderError, "mine.py cannot be imported: SyntaxError:"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, text, kind, message):
    with pytest.raises(kind) as caught:
        load_scene(scene_file(tmp_path, text))
    assert f"render: {message}" in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"but .*gone\.py does not exist"):
        load_scene(tmp_path / "gone.py")
