"""Characters that our font lacks come from fonts of the machine, one by one; what no font has is said once."""

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from cnnviz.cli.health import CHECKS, examine
from cnnviz.render import render
from cnnviz.stage import fallback, text
from cnnviz.stage.font import font
from cnnviz.stage.text import Label, text_width

SCENE = """
from cnnviz.stage import Scene

class Tale(Scene):
    title = "TITLE"

    def tell(self, subject):
        self.close("It is light.")
"""


def forget():
    for cached in (fallback._ranked, fallback._characters, fallback._opened, text._line):
        cached.cache_clear()
    fallback.forget()


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    """A machine without fonts."""
    folder = tmp_path / "share" / "fonts"
    folder.mkdir(parents=True)
    monkeypatch.setattr(fallback, "_PLACES", ())
    monkeypatch.setenv("XDG_DATA_HOME", str(folder.parent))
    forget()
    yield folder
    forget()


def put(folder, name, characters, side):
    """Add a font in which each of the characters is a square with a dent, on a line of quadratic curves."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((side, 0))
    pen.qCurveTo((side - 50, side / 2), (side, side))
    pen.lineTo((0, side))
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "square"])
    made.setupCharacterMap({ord(character): "square" for character in characters})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (0, 0), "square": (1000, 0)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": name, "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    made.save(folder / f"{name}.ttf")


def test_each_character_by_itself(fonts):
    put(fonts, "Tiny-Regular", "卷", 800)
    label = Label("a卷b", 90, "#ffffff", align="left")
    ours = [font().outline(character) for character in "ab"]
    first, last = len(ours[0]), len(ours[1])
    assert np.allclose(np.ptp(label.points[:first, :2], axis=0), np.ptp(ours[0], axis=0))
    assert np.allclose(np.ptp(label.points[-last:, :2], axis=0), np.ptp(ours[1], axis=0))
    square = label.points[first:-last, :2]
    assert np.allclose(np.ptp(square, axis=0), 0.8)
    assert square[:, 1].min() == pytest.approx(-font().cap_height / 2), "on the line of its neighbors"
    assert label.line_width == pytest.approx(text_width("a", 90) + 1.0 + text_width("b", 90))
    assert len(square) == 16, "four curves: what TrueType has as a quadratic curve is one cubic"


def test_in_its_weight(fonts):
    for name, side in (("Tiny-Regular", 800), ("Tiny-Bold", 900), ("Tiny-BoldItalic", 700), ("Tiny-Black", 950)):
        put(fonts, name, "卷", side)
    sides = [np.ptp(Label("卷", 90, "#ffffff", bold=bold).points[:, 0]) for bold in (False, True)]
    assert sides == pytest.approx([0.8, 0.9])


def test_a_font_that_cannot_be_read_is_passed_over(fonts):
    (fonts / "A.ttf").write_bytes(b"no font at all")
    put(fonts, "Tiny", "卷", 800)
    assert np.ptp(Label("卷", 90, "#ffffff").points[:, 0]) == pytest.approx(0.8)
    assert fallback.lost() == ""


def test_what_no_font_has_is_said_once_and_seen_as_boxes(fonts, tmp_path):
    (tmp_path / "tale.py").write_text(SCENE.replace("TITLE", "卷积 a Ж 卷"), encoding="utf-8")
    made = render(tmp_path / "tale.py", path=tmp_path / "a.png", format="png", width=160)
    assert made.note == "no font here has Ж 卷 积; install one that does, see cnnviz doctor"
    boxes = Label("卷a", 90, "#ffffff").points
    assert np.allclose(boxes, Label("□a", 90, "#ffffff").points)


def test_a_font_that_comes_later_is_seen(fonts, tmp_path):
    """What is kept of earlier depends on the fonts there were, and only where they were needed."""
    for name, title in (("lacks", "卷"), ("plain", "a")):
        (tmp_path / f"{name}.py").write_text(SCENE.replace("TITLE", title), encoding="utf-8")

    def draw(name):
        made = render(tmp_path / f"{name}.py", path=tmp_path / "a.png", format="png", width=160)
        return made.note, (tmp_path / "a.png").read_bytes()

    before, again = draw("lacks"), draw("lacks")
    assert before == again
    put(fonts, "Tiny", "卷", 800)
    forget()
    after = draw("lacks")
    assert before[0] != after[0] == ""
    assert before[1] != after[1]


def test_letters_that_change_with_their_neighbors_are_shaped():
    shaped, alone = (
        Label("تل", 90, "#ffffff"),
        Label("ت", 90, "#ffffff").line_width + Label("ل", 90, "#ffffff").line_width,
    )
    if not fallback.name_of("ت"):
        pytest.skip("no font of this machine has Arabic letters")
    assert 0 < shaped.line_width < alone
    assert shaped.points[:, 0].min() > -shaped.line_width


def test_the_doctor_tells(fonts):
    put(fonts, "Tiny", "卷み", 800)
    (check,) = (check for check in CHECKS if check.name == "fonts")
    assert examine(check).detail == (
        "Inter, 2 weights, shipped; Chinese: Tiny; Japanese: Tiny; none here for Cyrillic, Vietnamese, Korean, Arabic, "
        "Hindi: a Noto font of that script would do"
    )
