import pytest

SCENE = """
from manim import Dot, Scene


class One(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.5)
"""


def test_a_sheet_in_renders_and_a_hand_out_by_name(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    assert cnnviz("storyboard", "own.py").out == "renders/own.png\n"
    assert cnnviz("storyboard", "own.py:One", "-o", "a.pdf").out == "a.pdf\n"
    assert (tmp_path / "renders" / "own.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "own.py -o a.gif",
            "Invalid value for '-o' / '--output': expected a file name that ends in .png or .pdf, got 'a.gif' "
            "(see 'cnnviz storyboard --help')",
        ),
        ("", "Missing argument 'SLUG|FILE.py[:CLASS]'. (see 'cnnviz storyboard --help')"),
        ("none.py", "render: expected a Python file with a Manim scene, but none.py does not exist"),
    ],
)
def test_wrong_calls(cnnviz, tmp_path, typed, line):
    outcome = cnnviz("storyboard", *typed.split())
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []
