"""docs/quizzes.md and its examples: every topic is listed, every line of code runs."""

import doctest
import os
import re
import runpy
import shlex
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from cnnviz.cli import run
from cnnviz.quizzes import topics

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "quizzes.md").read_text(encoding="utf-8")


def table():
    """Write the list of topics as the page has it."""
    rows = ["| chapter | topics |", "|---|---|"]
    for chapter, members in groupby(topics().values(), key=lambda topic: topic.chapter):
        rows.append(f"| {chapter} | {', '.join(f'`{topic.name}`' for topic in members)} |")
    return "\n".join(rows)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_every_topic_is_listed():
    assert PAGE.partition("## All topics\n\n")[2] == f"{table()}\n"


def test_every_python_line_runs():
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(code, {}, "docs/quizzes.md", "docs/quizzes.md", 0)
    assert len(examples.examples) > 8
    assert doctest.DocTestRunner().run(examples).failed == 0


def test_every_command_runs(monkeypatch, capsys):
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    calls = [shlex.split(line, comments=True) for line in lines if line.startswith("cnnviz ")]
    assert len(calls) >= 7
    Path("answers.txt").write_text("5\n9\n", encoding="utf-8")
    for call in calls:
        arguments, source = (call[1:-2], call[-1]) if "<" in call else (call[1:], os.devnull)
        with Path(source).open(encoding="utf-8") as lines:
            monkeypatch.setattr("sys.stdin", lines)
            assert run(arguments) == 0, call
    assert Path("week3.xml").is_file()
    capsys.readouterr()


def test_links_lead_somewhere():
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (DOCS / link).exists(), link


# The examples


def test_the_example_with_asserts(capsys):
    names = runpy.run_path(str(DOCS / "examples" / "grade_with_asserts.py"), run_name="__main__")
    assert capsys.readouterr().out.startswith("function right; answers: 2 of 3\n")

    def flipped(picture, kernel):
        return names["my_convolution"](picture, kernel[::-1, ::-1])

    def padded(picture, kernel):
        return names["my_convolution"](np.pad(picture, 1), kernel)

    for wrong, says in (
        (flipped, "the kernel was flipped"),
        (padded, r"a 3x3 picture has \(1, 1\) windows, got \(3, 3\)"),
    ):
        with pytest.raises(AssertionError, match=says):
            names["check_the_function"](wrong, seed=7)


def failures(my_pool):
    """Run the cases of the otter file as otter does: doctests that see the student's names and each other's."""
    test = runpy.run_path(str(DOCS / "examples" / "q1.py"))["test"]
    names = {"my_pool": my_pool}
    failed = []
    for suite in test["suites"]:
        for case in suite["cases"]:
            parsed = doctest.DocTestParser().get_doctest(case["code"], names, test["name"], None, 0)
            said = []
            failed.append(doctest.DocTestRunner().run(parsed, out=said.append, clear_globs=False).failed)
            names.update(parsed.globs)
    return failed


def test_the_example_for_otter():
    def blocks(picture):
        return picture.reshape(picture.shape[0] // 2, 2, -1, 2)

    assert failures(lambda picture: blocks(picture).max(axis=(1, 3))) == [0, 0]
    assert failures(lambda picture: blocks(picture).mean(axis=(1, 3))) == [1, 1]
