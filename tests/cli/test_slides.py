import pytest

SCENE = """
from manim import Dot, Scene


class One(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.5)
"""


def test_a_deck_in_renders(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    outcome = cnnviz("slides", "own.py", "-q", "draft")
    assert (outcome.code, outcome.out, outcome.err) == (0, "renders/own.html\n", "")
    assert (tmp_path / "renders" / "own.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert [path.name for path in (tmp_path / "renders").iterdir()] == ["own.html"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "own.py -o a.key",
            "Invalid value for '-o' / '--output': expected a file name that ends in .html, .pptx or .pdf, got 'a.key' "
            "(see 'cnnviz slides --help')",
        ),
        (
            "",
            "expected a SLUG or FILE.py, --chapter N or --all; `cnnviz list` shows the slugs "
            "(see 'cnnviz slides --help')",
        ),
        ("none.py", "render: expected a Python file with a Manim scene, but none.py does not exist"),
    ],
)
def test_wrong_calls(cnnviz, tmp_path, typed, line):
    outcome = cnnviz("slides", *typed.split())
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []
