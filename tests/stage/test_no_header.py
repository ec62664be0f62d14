"""A scene without its title stands where it stood, and keeps its step counter."""

import numpy as np
import pytest
from PIL import Image

from cnnviz.render import render

TALE = """
from manim import Square
from cnnviz.stage import Scene

class Tale(Scene):
    title = "A tale"
    subtitle = "with a title"
    chapter = "1 · Tales"

    def tell(self, subject):
        self.add(Square(3, fill_opacity=1, fill_color="#ff0000", stroke_width=0))
        COUNT
        self.close("It is light.")
"""


@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
@pytest.mark.parametrize("count", ["pass", "self.step(1, 2)"])
def test_only_the_header_goes(tmp_path, aspect, count):
    (tmp_path / "tale.py").write_text(TALE.replace("COUNT", count))
    look = {"format": "png", "width": 320, "aspect": aspect, "captions": "none"}
    with_it, without = (
        np.asarray(
            Image.open(render(tmp_path / "tale.py", path=tmp_path / f"{header}.png", header=header, **look).path)
        )
        for header in (True, False)
    )
    top = round(0.2 * with_it.shape[0])
    assert np.array_equal(with_it[top:], without[top:])
    ground = without[0, 0]
    assert (with_it[:top, :200] != ground).any()
    assert (without[:top, : 200 if count != "pass" else None] == ground).all()
    assert (without[:top] != ground).any() == (count != "pass"), "what counts stays"


def test_a_scene_may_have_no_title(tmp_path):
    (tmp_path / "tale.py").write_text(TALE.replace('"A tale"', '""').replace("COUNT", "pass"))
    made = render(tmp_path / "tale.py", path=tmp_path / "a.png", format="png", width=320, captions="none")
    assert made.path.is_file()
