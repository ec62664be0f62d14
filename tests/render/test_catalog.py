import ast
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.catalog import check_options, find, load_scene, scene_options, scenes, subject_of
from cnnviz.render.header import read_header

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
    of_renderer = set(inspect.signature(render).parameters) - {"options", "captions"}  # which it hands on
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


HEADER = {
    "takeaway": '"So it is."',
    "concepts": '("stride",)',
    "seconds": "30",
    "subject": "subjects.Stride",
    "image": '"ramp"',
}


def written(tmp_path, *, title='"An idea"', **changed):
    """A scene file in a chapter, with a header in which something may be changed."""
    header = {name: value for name, value in {**HEADER, **changed}.items() if value}
    path = tmp_path / "ch09_mine" / "s01_an_idea.py"
    path.parent.mkdir()
    words = ", ".join(f"{name}={value}" for name, value in header.items())
    path.write_text(f"class Idea(Scene, {words}):\n    title = {title}\n")
    return path


def test_a_header_is_read_without_running_anything(tmp_path):
    entry = read_header(written(tmp_path, gif='"idea --way fast"'))
    assert (entry.slug, entry.title, entry.class_name) == ("ch09-s01-an-idea", "An idea", "Idea")
    assert (entry.subject, entry.defaults, entry.gif) == ("Stride", {"image": "ramp"}, "idea --way fast")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"seconds": '"long"'}, "expected seconds as a number above 0, written out, got 'long'"),
        ({"seconds": "0"}, "expected seconds as a number above 0, written out, got 0"),
        ({"seconds": ""}, "expected seconds as a number above 0, written out, got None"),
        ({"concepts": '"stride"'}, "expected concepts as a tuple of words, written out, got 'stride'"),
        ({"takeaway": "TEXT"}, "expected takeaway as a sentence, written out, got TEXT"),
        ({"takeaway": ""}, "expected one class with a takeaway in its header, got 0"),
        ({"title": "None"}, "expected title as a text, written out, got None"),
        ({"image": "load()"}, "expected image as a value, written out, got load()"),
    ],
)
def test_a_broken_header_says_file_and_field(tmp_path, changed, line):
    with pytest.raises(RenderError) as caught:
        read_header(written(tmp_path, **changed))
    assert str(caught.value) == f"catalog: ch09_mine/s01_an_idea.py: {line}"


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {"subject": "subjects.Strides"},
            "expected subject as one that cnnviz/subjects/__init__.py lists, got Strides",
        ),
        (
            {"imag": '"ramp"'},
            "Stride: expected options among image, kernel, size, strides, padding, dilation, got 'imag'",
        ),
    ],
)
def test_a_broken_subject_says_file_and_field(tmp_path, changed, line):
    with pytest.raises(RenderError) as caught:
        subject_of(read_header(written(tmp_path, **changed)))
    assert str(caught.value).startswith(f"catalog: ch09_mine/s01_an_idea.py: {line}")


@pytest.mark.parametrize("entry", scenes(), ids=lambda entry: entry.slug)
def test_the_text_of_a_header_is_what_the_class_says(entry):
    scene = load_scene(entry.path, entry.class_name)
    assert (entry.title, entry.takeaway, entry.concepts) == (scene.title, scene.takeaway, scene.concepts)
    assert (entry.seconds, entry.gif, entry.chapter) == (scene.seconds, scene.gif, scene.chapter)
    defaults = {name: option.default for name, option in subject_of(entry).options.items()}
    assert defaults == {name: option.default for name, option in scene.subject_class.options.items()}


def unclear(entries):
    """The GIF commands that several scenes share without a flag, a word each, and one subject."""
    shared = {}
    for entry in entries:
        if entry.gif:
            shared.setdefault(entry.gif.split()[0], []).append(entry)
    return [
        name
        for name, those in shared.items()
        if len(those) > 1
        and not (
            all(re.fullmatch(r"[a-z0-9-]+ --[a-z]+ [a-z0-9-]+", entry.gif) for entry in those)
            and len({entry.gif.split()[1] for entry in those}) == len({entry.subject for entry in those}) == 1
            and len({entry.gif for entry in those}) == len(those)
        )
    ]


def test_scenes_that_share_a_command_can_be_told_apart(tmp_path):
    assert not unclear(scenes())
    (tmp_path / "other").mkdir()
    plain, other = read_header(written(tmp_path, gif='"idea"')), read_header(written(tmp_path / "other", gif='"idea"'))
    assert unclear([plain, other]) == ["idea"]


def test_arrays_are_drawn(tmp_path):
    made = render("ch02-s01-slide", image=np.eye(5), kernel=[[1.0]], path=tmp_path / "a.gif", width=160, fps=2)
    assert made.path.is_file()
