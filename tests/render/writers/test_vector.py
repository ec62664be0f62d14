"""An SVG of a still: the curves that are drawn, in the colors they have."""

import re
import xml.etree.ElementTree as ET

import pytest
from manim import PMobject, Scene

from cnnviz.errors import OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.writers.vector import write_svg

SCENE = """
from manim import BLUE, LEFT, RIGHT, ImageMobject, Scene, Square
import numpy as np

class Still(Scene):
    def construct(self):
        self.camera.background_color = "#102030"
        self.play(Square(color="#ff8000", fill_opacity=1).animate.shift(3 * LEFT))
        self.add(Square().set_color([BLUE, "#00ff00"]).shift(RIGHT))
        image = ImageMobject(np.uint8([[[255, 0, 0, 255], [0, 0, 255, 255]]]), scale_to_resolution=0)
        self.add(image.stretch_to_fit_width(2).stretch_to_fit_height(1).shift(4 * RIGHT))
"""


@pytest.fixture(scope="module")
def drawing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("svg")
    (folder / "still.py").write_text(SCENE)
    made = render(folder / "still.py", format="svg", path=folder / "a.svg", width=320, cache=False)
    return made, made.path.read_text()


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def colors(text):
    """Red, green and blue in percent."""
    return [[float(part) for part in found] for found in re.findall(r"rgb\(([\d.]+)%, ?([\d.]+)%, ?([\d.]+)%\)", text)]


def test_it_has_the_size_that_was_asked_for(drawing):
    root = ET.fromstring(drawing[1])
    assert numbers(root.get("viewBox")) == [0, 0, 320, 180]
    assert (drawing[0].width, drawing[0].height) == (320, 180)


def test_the_ground_is_painted_first(drawing):
    drawn = drawing[1][drawing[1].index("</defs>") :]
    assert colors(drawn)[0] == pytest.approx([100 * part / 255 for part in (0x10, 0x20, 0x30)], abs=0.1)


def test_a_shape_is_where_it_ends(drawing):
    square = next(line for line in drawing[1].splitlines() if line.startswith("<path") and "50.19" in line)
    points = numbers(re.search(r' d="([^"]*)"', square).group(1))
    found = re.search(r'transform="matrix\(([^)]*)\)"', square)
    a, _, _, d, left, top = numbers(found.group(1)) if found else (1, 0, 0, 1, 0, 0)
    xs, ys = [a * x + left for x in points[::2]], [d * y + top for y in points[1::2]]
    unit = 320 / (128 / 9)
    assert (min(xs), max(xs)) == pytest.approx((160 - 4 * unit, 160 - 2 * unit), abs=0.1)
    assert (min(ys), max(ys)) == pytest.approx((90 - unit, 90 + unit), abs=0.1)


def test_a_gradient_has_both_ends(drawing):
    stops = [line for line in drawing[1].splitlines() if line.startswith("<stop")]
    assert [colors(stop)[0] for stop in stops] == [pytest.approx([34.5, 76.9, 86.7], abs=0.1), [0, 100, 0]]


def test_pixels_are_embedded_with_hard_edges(drawing):
    image = re.search(r'<image[^>]*width="(\d+)" height="(\d+)"[^>]*base64', drawing[1])
    assert int(image.group(1)) == 2 * int(image.group(2)) >= 80


def test_what_has_no_curves_is_refused(tmp_path):
    scene = Scene()
    scene.add(PMobject().add_points([[0, 0, 0]]))
    with pytest.raises(RenderError) as caught:
        write_svg(scene, tmp_path / "a.svg", 320, 180)
    assert str(caught.value) == "a.svg: expected shapes, text and images on stage, got PMobject; render a PNG"


def test_an_svg_cannot_be_made_smaller(tmp_path):
    with pytest.raises(OptionError, match="max-size: expected a format that can be made smaller, got 'svg'"):
        render("ch02-s01-slide", format="svg", path=tmp_path / "a.svg", max_size="1MB")
