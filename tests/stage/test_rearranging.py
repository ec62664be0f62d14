"""Pictures that travel to new places begin where they are seen, whatever places were tried in between."""

import numpy as np
import pytest

from cnnviz.stage import Grid, Scene, arranging
from cnnviz.stage.pictures.window import Outline
from tests.scenes.watch import watch


class Moving(Scene):
    """Shows one picture with a mark, tries two orders with a second one, and takes the roomier."""

    title, subtitle, chapter = "Moving", "from here to there", "0 · Tests"
    is_tried = True

    def tell(self, subject):  # noqa: ARG002
        x, y = Grid(np.ones((3, 3)), "input", "input"), Grid(np.ones((6, 6)), "output", "map")
        self.arrange(x)
        mark = Outline(x, (1, 1), color=self.theme.highlight)
        self.add(mark)
        self.hold(1.0)
        self.seen = {x: x.box, mark: mark.box}
        orders = [x, y], [y, x]
        items = self.roomiest(*orders) if self.is_tried else orders[0]
        self.rearrange(*items)
        self.close("One picture made room for another.")


@pytest.mark.parametrize("is_tried", [True, False])
def test_they_begin_where_they_were_seen(is_tried, monkeypatch):
    begun = {}

    class Noted(arranging.Resettle):
        def __init__(self, picture, box, *rest, **options):
            begun[picture] = box
            super().__init__(picture, box, *rest, **options)

    monkeypatch.setattr(arranging, "Resettle", Noted)
    monkeypatch.setattr(Moving, "is_tried", is_tried)
    assert watch(Moving, drawn=False).scene.seen == begun
