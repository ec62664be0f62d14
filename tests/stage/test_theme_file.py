"""Themes of one's own: what a file may say, what is refused in one line, and what comes of each thing it says."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import CnnvizError
from cnnviz.render import render
from cnnviz.stage.font import font, ours
from cnnviz.stage.text import Label
from cnnviz.stage.theme import THEMES, theme, use
from cnnviz.stage.theme_file import check_theme

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "themes"
FONTS = Path(__file__).parents[2] / "cnnviz" / "stage" / "fonts"
TALE = """
from manim import Square
from cnnviz.stage import Scene

class Tale(Scene):
    title = "A tale"
    subtitle = "with a title"
    chapter = "1 · Tales"

    def tell(self, subject):
        self.add(Square(3, fill_opacity=1, fill_color="#ff0000", stroke_width=0))
        self.step(1, 2)
        self.close("It is light.")
"""


@pytest.fixture(autouse=True)
def _ours_again():
    yield
    use(theme("dark"))


@pytest.fixture
def mine(tmp_path):
    def write(text, *files):
        for file in files:
            shutil.copy(file, tmp_path)
        (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
        return tmp_path / "mine.toml"

    return write


def drawn(folder, look, **more):
    (folder / "tale.py").write_text(TALE)
    made = render(folder / "tale.py", path=folder / "a.png", format="png", width=640, theme=str(look), **more)
    return np.asarray(Image.open(made.path).convert("RGB")).astype(int)


@pytest.mark.parametrize("name", THEMES)
def test_those_that_ship_pass_the_checks(name):
    check_theme(theme(name))


@pytest.mark.parametrize("name", ["university", "warm"])
def test_the_examples_of_the_guide(name, tmp_path):
    look = theme(EXAMPLES / f"{name}.toml")
    pixels = drawn(tmp_path, EXAMPLES / f"{name}.toml")
    assert "#{:02x}{:02x}{:02x}".format(*pixels[0, 0]) == look.ground
    left, right = pixels[:60, :200], pixels[:60, 560:]
    assert (left != pixels[0, 0]).any() == look.header, "a title or none"
    blue = (np.abs(right - (0, 0x50, 0x9E)) < 12).all(axis=2).sum()
    assert (blue > 100) == (look.logo is not None), "the logo in its corner"


def test_what_is_left_out_is_as_in_the_base(mine):
    made = theme(mine('base = "light"\n[colors]\ninput = "#00509E"'))
    assert (made.input, made.kernel, made.header, made.logo, made.faces) == (
        *("#00509e", theme("light").kernel, True),
        *(None, ()),
    )
    assert theme(mine("header = true")).ground == theme("dark").ground


def test_texts_are_set_in_its_font_and_others_in_ours(mine):
    # Ours the other way around: what is bold is light, and none of another machine's fonts is needed.
    text = 'font = "Inter-Bold.otf"\nbold = "Inter-Regular.otf"'
    look = theme(mine(text, FONTS / "Inter-Bold.otf", FONTS / "Inter-Regular.otf"))
    before = Label("A title", 40, "#ffffff")
    use(look)
    assert np.array_equal(font("Bold").outline("A"), ours("Regular").outline("A"))
    assert np.array_equal(Label("A title", 40, "#ffffff", bold=True).points, before.points)
    use(theme("light"))
    assert np.array_equal(Label("A title", 40, "#ffffff").points, before.points)


def test_a_logo_never_meets_the_header(mine, tmp_path):
    Image.new("RGBA", (400, 100), "#ff00ff").save(tmp_path / "wide.png")
    look = mine('logo = "wide.png"')
    for aspect in ("16:9", "9:16"):
        pixels = drawn(tmp_path, look, aspect=aspect)
        logo = (pixels == (255, 0, 255)).all(axis=2)
        assert logo.any()
        rows, columns = np.nonzero(logo)
        assert len(rows) == (rows.max() - rows.min() + 1) * (columns.max() - columns.min() + 1), "nothing lies on it"
        beside = pixels[rows.min() : rows.max() + 1, columns.min() - 12 : columns.min() - 2]
        assert (beside == pixels[0, 0]).all()


def test_a_clip_is_drawn_again_when_its_theme_changes(mine, tmp_path):
    Image.new("RGBA", (100, 100), "#ff00ff").save(tmp_path / "logo.png")
    look = mine('logo = "logo.png"')
    first = drawn(tmp_path, look)
    Image.new("RGBA", (100, 100), "#00ffff").save(tmp_path / "logo.png")
    second = drawn(tmp_path, look)
    mine('logo = "logo.png"\nheader = false')
    third = drawn(tmp_path, look)
    assert (first != second).any()
    assert (second != third).any()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "x",
            "mine.toml: expected a TOML file, got: Expected '=' after a key in a key/value pair (at end of document); "
            "mend it there",
        ),
        (
            'colour = "red"',
            "mine.toml: expected base, colors, font, bold, logo, header, got 'colour'; leave it out or mend its name",
        ),
        ('base = "sepia"', "mine.toml: expected base as one of dark, light, got 'sepia'"),
        ("header = 0", "mine.toml: expected header as true or false, got 0"),
        ("colors = 3", "mine.toml: expected [colors] with a line for each, got 3"),
        (
            '[colors]\nink = "#000000"',
            "mine.toml: expected colors ground, cell, line, text, muted, input, kernel, output, "
            "gradient, highlight, negative, red, green, blue, got 'ink'; leave it out or mend its name",
        ),
        ('[colors]\ninput = "navy"', "mine.toml: expected input as a color such as #0a4f9c, got 'navy'"),
        (
            '[colors]\nmuted = "#555555"',
            "mine.toml: expected muted to have a contrast of 4.5 or more on the ground, got 2.5 "
            "of #555555 on #0f1419; make it lighter",
        ),
        (
            '[colors]\nkernel = "#cccc00"\nhighlight = "#cfcf10"',
            "mine.toml: expected kernel and highlight to look 5 apart "
            "or more with protanopia, got 0.9; make one of them lighter or darker",
        ),
        ('font = "Inter"', "mine.toml: expected font as the name of a .ttf or .otf file, got 'Inter'"),
        ('bold = "a.otf"', "mine.toml: expected font beside bold, got bold alone; name the regular one, too"),
        ('font = "note.otf"', "mine.toml: expected a font, got note.otf, which cannot be read as one; take another"),
        ('logo = "note.svg"', "mine.toml: expected logo as the name of a .png file, got 'note.svg'"),
        ('logo = "note.png"', "mine.toml: expected a PNG picture, got note.png, which cannot be read; save it anew"),
        (
            'logo = "long.png"',
            "mine.toml: expected a logo of at most 16 million pixels and 8 times as wide as high or less, "
            "got 90 x 10; make it smaller",
        ),
    ],
)
def test_wrong_files(mine, tmp_path, text, line):
    for name in ("note.otf", "note.png"):
        (tmp_path / name).write_text("a note")
    Image.new("RGB", (90, 10)).save(tmp_path / "long.png")
    with pytest.raises(CnnvizError) as caught:
        theme(mine(text))
    assert str(caught.value) == f"theme: {line}"


def test_missing_files(mine, tmp_path):
    for text, name in (('logo = "no.png"', "no.png"), ('font = "no.otf"', "no.otf")):
        with pytest.raises(CnnvizError, match=rf'theme: expected a file, got ".*{name}", which does not exist'):
            theme(mine(text))
    with pytest.raises(CnnvizError, match=r'theme: expected a file, got "no\.toml", which does not exist'):
        theme("no.toml")
