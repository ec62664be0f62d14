"""What is drawn on a grid, read from outlines and letters and not from what the grid believes it has."""

from dataclasses import dataclass

import numpy as np

from cnnviz.stage.pictures.window import Outline


@dataclass(frozen=True)
class Mark:
    """An outline as it is drawn: the grid it belongs to and where that is, its upright box and its color."""

    grid: object
    place: tuple
    box: tuple
    color: str

    @property
    def cells(self):
        """The cells of a flat grid that it stands around, as (row, column, rows, columns)."""
        left, bottom, right, top = self.box
        grid, side = self.place
        places = (grid.top - top, left - grid.left, top - bottom, right - left)
        return tuple(int(np.rint(place / side)) for place in places)


def marking(scene_class):
    """The same scene, which also notes its outlines whenever it holds: ``marks[time]``."""

    class Marking(scene_class):
        def hold(self, seconds):
            if not hasattr(self, "marks"):
                self.marks = {}
            self.marks[round(self.renderer.time, 6)] = _marks(self)
            super().hold(seconds)

        def tear_down(self):
            super().tear_down()
            self.marks[round(self.renderer.time, 6)] = _marks(self)

    Marking.__name__ = scene_class.__name__
    return Marking


def outlined(watched, still, grid, color=None):
    """The cells of a flat grid that outlines of some color stood around in a still."""
    marks = watched.scene.marks[round(still.start, 6)]
    return [mark.cells for mark in marks if mark.grid is grid and color in (None, mark.color)]


def texts(still, grid):
    """What the cells of a flat grid say, by (row, column)."""
    box = grid.box
    inside = [s for s in still.labels if box.left < s.center[0] < box.right and box.bottom < s.center[1] < box.top]
    return {grid.cell_at(label.center): label.text for label in inside}


def _marks(scene):
    family = (part for mobject in scene.mobjects for part in mobject.get_family() if isinstance(part, Outline))
    return [
        Mark(part.grid, (part.grid.box, part.grid.side), _box(part.points), part.get_stroke_color().to_hex().lower())
        for part in family
    ]


def _box(points):
    (left, bottom), (right, top) = points[:, :2].min(axis=0).tolist(), points[:, :2].max(axis=0).tolist()
    return left, bottom, right, top
