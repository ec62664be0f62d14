"""The commands of docs/coverage.md: each is understood, and in the full run each makes its file."""

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from cnnviz.quizzes import make, topics
from cnnviz.render.catalog import find, load_scene, scenes

PAGE = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text("utf-8")
COMMANDS = [shlex.split(command)[1:] for command in re.findall(r"\| `(cnnviz (?:gif|render) .*?)` \|", PAGE)]
ROWS = [[cell.strip() for cell in row.split("|")[1:-1]] for row in PAGE.splitlines() if row.startswith("| `ch")]
SMALL = ("--width", "160", "--fps", "4", "--quiet")


def test_all_cases_are_there():
    assert len(COMMANDS) >= 41
    assert len({tuple(command) for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_is_understood(command, cnnviz, drawn):
    outcome = cnnviz(*command, *["--dry-run"] * (command[0] == "render"))
    assert outcome.code == 0, outcome.err
    for slug, options in drawn:
        entry = find(slug)
        known = load_scene(entry.path, entry.class_name).subject_class
        known(**{name: value for name, value in options.items() if name in known.options})
    assert bool(drawn) == (command[0] == "gif")


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_makes_its_file(command, cnnviz, tmp_path):
    outcome = cnnviz(*command, *SMALL)
    assert outcome.code == 0, outcome.err
    assert [path for path in (tmp_path / "renders").iterdir() if path.suffix in (".gif", ".mp4")]


def test_every_scene_has_a_row_with_its_gif_functions_and_topics():
    assert [row[0].strip("`") for row in ROWS] == [entry.slug for entry in scenes()]
    for (_, gif, functions, _), entry in zip(ROWS, scenes(), strict=True):
        assert gif.strip("`") == (entry.gif or "")
        assert functions
        for name in re.findall(r"`(.+?)`", functions):
            module, _, attribute = name.rpartition(".")
            assert hasattr(import_module(f"cnnviz.{module}"), attribute), name


def test_every_topic_is_in_a_row_and_the_bold_ones_show_its_numbers():
    named = {}
    for slug, *_, asked in ROWS:
        for name in filter(None, asked.split(", ")):
            named.setdefault(name.strip("*"), []).append((slug.strip("`"), name.startswith("**")))
    assert named.keys() == topics().keys()
    for name, places in named.items():
        questions = [make(name, seed=seed, difficulty=level) for level in (1, 2, 3) for seed in range(3)]
        shown = {question.scene.slug for question in questions if question.scene}
        assert {slug for slug, is_bold in places if is_bold} == shown, name
