import pytest

SCENE = """
from manim import Dot, Scene


class One(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.5)
"""


def test_a_site_in_renders(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    outcome = cnnviz("site", "own.py", "-q", "draft")
    assert (outcome.code, outcome.out, outcome.err) == (0, "renders/site/index.html\n", "")
    assert (tmp_path / "renders" / "site" / "own" / "movie.mp4").is_file()
    assert [path.name for path in (tmp_path / "renders").iterdir()] == ["site"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("none.py", "render: expected a Python file with a Manim scene, but none.py does not exist"),
        (
            "zzzz",
            "render: expected the slug of a scene or a Python file, got 'zzzz'; `cnnviz list` shows them all",
        ),
        (
            "ch02-s01-slide --lang en,tlh",
            "Invalid value for '--lang': expected en or es, or several as in en,es, got 'en,tlh' "
            "(see 'cnnviz site --help')",
        ),
    ],
)
def test_wrong_calls(cnnviz, tmp_path, typed, line):
    outcome = cnnviz("site", *typed.split())
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")
    assert list(tmp_path.iterdir()) == []
