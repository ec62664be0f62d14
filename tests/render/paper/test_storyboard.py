"""Which pictures stand for a scene, and what becomes of them on a sheet and on paper."""

import re
import zlib

import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import OptionError
from cnnviz.render.paper import handout, sheet
from cnnviz.render.paper.stills import Still, panels
from cnnviz.render.paper.story import Panel, Story
from cnnviz.render.paper.storyboard import storyboard, tell
from cnnviz.stage.theme import theme

HEIGHT, WIDTH = 720, 1280


def still(at, frames, shade):
    return Still(at, frames, (HEIGHT, WIDTH), zlib.compress(np.full((HEIGHT, WIDTH, 3), shade, np.uint8).tobytes()))


def shades(chosen):
    return [int(panel.pixels[0, 0, 0]) for panel in chosen]


def test_the_picture_that_holds_still_longest_while_a_sentence_is_said():
    stills = [still(0, 1, 1), still(1, 9, 2), still(12, 8, 3), still(20, 30, 4)]
    said = [(0.0, 1.0, "one"), (1.0, 2.0, "two"), (2.0, 5.0, "three")]
    chosen = panels(stills, said, 10)
    assert shades(chosen) == [2, 3, 4]
    assert [(panel.text, panel.seconds) for panel in chosen] == [("one", 0.0), ("two", 1.0), ("three", 2.0)]


def test_a_picture_seen_longer_with_a_later_sentence_belongs_to_that_one():
    stills = [still(0, 14, 1), still(15, 20, 2)]
    assert shades(panels(stills, [(0.0, 1.0, "a"), (1.0, 2.0, "b"), (2.0, 3.5, "c")], 10)) == [1, 1, 2]


def test_a_sentence_over_motion_gets_the_nearest_picture():
    stills = [still(0, 10, 1), still(90, 10, 2)]
    assert shades(panels(stills, [(0.0, 1.0, "a"), (6.0, 8.0, "moving"), (9.0, 10.0, "b")], 10)) == [1, 2, 2]


def test_without_sentences_the_longest_in_their_order_and_the_last():
    stills = [still(10 * n, 3 + n % 5, n) for n in range(40)] + [still(400, 1, 99)]
    chosen = shades(panels(stills, [], 10))
    assert chosen == sorted(chosen)
    assert (len(chosen), chosen[-1]) == (12, 99)


SCENE = """
from manim import RIGHT, Scene, Square

class Move(Scene):
    def construct(self):
        square = Square()
        self.add(square)
        self.add_subcaption("It costs $5 <or> $6.", duration=1)
        self.wait(1)
        self.add_subcaption("Then it moves.", duration=1)
        self.play(square.animate.shift(3 * RIGHT), run_time=0.5)
        self.wait(0.5)
"""


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "move.py"
    path.write_text(SCENE)
    return path


def test_a_plain_scene_on_a_sheet(scene, tmp_path):
    made = storyboard(scene, tmp_path / "out" / "a.png")
    with Image.open(made) as image:
        assert image.format == "PNG"
        assert image.size == (2 * sheet.MARGIN + 2 * sheet.WIDTH + sheet.GAP, image.height)
        assert image.getpixel((0, 0)) == tuple(bytes.fromhex(theme("dark").ground[1:]))
    again = storyboard(scene, tmp_path / "b.png")
    assert made.read_bytes() == again.read_bytes()


def test_a_plain_scene_on_paper(scene, tmp_path):
    first, second = (storyboard(scene, tmp_path / f"{name}.pdf").read_bytes() for name in "ab")
    assert first == second
    assert first.startswith(b"%PDF-")
    assert first.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", first)) == 1
    assert b"/Title (move)" in first
    assert b"Date" not in first


def test_a_lesson_says_below_what_would_be_in_the_picture():
    story = tell("ch02-s01-slide", theme="light")
    assert (story.title, story.chapter) == ("Slide, multiply, sum", "2 · Convolution")
    assert len(story.panels) >= 5
    assert all(panel.text.strip() for panel in story.panels)
    heights = {panel.pixels.shape[0] for panel in story.panels}
    assert len(heights) == 1
    assert max(heights) < HEIGHT - 150
    edges = np.concatenate([panel.pixels[[0, -1]].reshape(-1, 3) for panel in story.panels])
    assert (edges == 255).all(), "the cut goes through something"


@pytest.mark.parametrize("count", [1, 6, 7, 20])
def test_every_panel_has_its_place_on_a_page(count):
    pixels = np.zeros((90, 160, 3), np.uint8)
    story = Story("T", "1 · C", "Take away.", tuple(Panel(pixels, f"Sentence {n}.", float(n)) for n in range(count)))
    pages = list(handout.pages(story, theme("light")))
    assert len(pages) == -(-count // 6)
    texts = [text.get_text() for page in pages for text in page.texts]
    assert [text for text in texts if text.startswith("Sentence")] == [f"Sentence {n}." for n in range(count)]
    boxes = [(page, axes.get_position()) for page in pages for axes in page.axes]
    assert len(boxes) == count
    assert all(0 < box.x0 < box.x1 < 1 and 0.05 < box.y0 < box.y1 < 0.95 for _, box in boxes)


def test_long_sentences_stay_in_their_column():
    text = "convolution " * 40
    for line in sheet._wrapped(text, sheet.font("Regular", sheet.CAPTION), sheet.WIDTH):
        assert sheet.font("Regular", sheet.CAPTION).getlength(line) <= sheet.WIDTH
    assert " ".join(handout._wrapped(text, handout.CAPTION, 80)).split() == text.split()


def test_wrong_calls(scene, tmp_path):
    with pytest.raises(OptionError) as caught:
        storyboard(scene, tmp_path / "a.gif")
    assert str(caught.value) == (f"storyboard: expected a file name that ends in .png or .pdf, got '{tmp_path}/a.gif'")
    with pytest.raises(OptionError):
        storyboard(scene, tmp_path / "a.png", theme="pink")
    with pytest.raises(OptionError):
        storyboard(scene, tmp_path / "a.png", kernel="sobel-x")
    assert [path.name for path in tmp_path.iterdir()] == ["move.py"]
