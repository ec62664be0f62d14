"""The commands of docs/coverage.md: each is understood, and in the full run each makes its file."""

import re
import shlex
from pathlib import Path

import pytest

from cnnviz.render.catalog import find, load_scene

PAGE = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text("utf-8")
COMMANDS = [shlex.split(command)[1:] for command in re.findall(r"\| `(cnnviz (?:gif|render) .*?)` \|", PAGE)]
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
