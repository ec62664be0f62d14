"""Maps as one block in space: its front, its top and its left side show the numbers that lie there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation
from numpy.typing import NDArray

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Picture
from cnnviz.stage.space import FRONT, Plane, Turn, View

_FINEST = 64  # cells along an edge; of more, evenly chosen ones are shown
_PLAIN = (0.62, 0.45, 0.3)  # strengths of the faces of a block without numbers


class Face(Grid):
    """One side of a block, with edges that can be seen from the back row."""

    def draw(self, cell: float) -> None:
        """Draw pixels and edges."""
        super().draw(cell)
        self._keep(Rectangle(self.box, outline=self.theme.role(self.role), width=1.8))


class Volume(Picture):
    """A block of ``C`` maps, the first one in front.

    ::

          ______        top: the first row of every map
         /     /|
        /_____/ |       front: the first map
        |     | /
        |_____|/        (the left side: the first column of every map)

    Parameters
    ----------
    values : array, shape (C, H, W), or None
        Without numbers the faces are plain.
    measures : (width, height, depth)
        In cells of the arrangement.
    role : str
    view : View
    scale : float, optional
        The magnitude of the strongest fill.
    photo : float, optional
        The value of white, where the maps are one gray or three color channels of a picture.

    Attributes
    ----------
    faces : tuple of Grid
        Top, left side and front.
    """

    def __init__(
        self,
        values: NDArray[np.floating] | None,
        measures: tuple[float, float, float],
        *,
        role: str = "output",
        view: View = View(),  # noqa: B008  # it is frozen
        scale: float | None = None,
        photo: float | None = None,
    ) -> None:
        super().__init__(role=role)
        self.measures, self.view = measures, view
        if values is None:
            front, top, side = (np.full((1, 1), strength) for strength in _PLAIN)
            scale = 1.0
        else:
            thin = values[np.ix_(*(_chosen(length) for length in values.shape))]
            front, top, side = thin[0], thin[::-1, 0], thin[::-1, :, 0].T
            if scale is None:
                scale = float(max(np.abs(face).max() for face in (front, top, side)))
        self.faces = tuple(Face(face, role, scale=scale, form="pixels", most=1.0) for face in (top, side, front))
        if photo and values is not None:
            nearest = Face(thin.mean(axis=0), role, photo=photo, colors=thin, form="pixels", most=1.0)
            self.faces = (*self.faces[:2], nearest)

    @property
    def front(self) -> Grid:
        """The nearest map."""
        return self.faces[-1]

    def size(self, cell: float) -> tuple[float, float]:
        """Return the room that the block takes."""
        xs, ys = zip(*self._corners(cell), strict=True)
        return max(xs) - min(xs), max(ys) - min(ys)

    def draw(self, cell: float) -> None:
        """Draw the faces, the front last."""
        xs, ys = zip(*self._corners(cell), strict=True)
        (x, y), self.cell = self.box.center, cell
        self.middle = x - (min(xs) + max(xs)) / 2, y - (min(ys) + max(ys)) / 2
        for face, plane in zip(self.faces, self.planes(), strict=True):
            self._settle(face, plane)
            self.add(face)

    def planes(self) -> list[Plane]:
        """Return where the faces belong."""
        return self._planes(self.view, self.middle, self._scaled(self.cell))

    def lie(self, box: Box) -> None:
        """Lie flat, seen from the front, as large as fits into a box."""
        wide, high, _ = self.measures
        side = min(box.width / wide, box.height / high)
        self.stand(self._planes(FRONT, box.center, (wide * side, high * side, 0.0)))

    def match(self, other: Volume) -> None:
        """Stand exactly where another block stands now."""
        planes = []
        for mine, its in zip(self.faces, other.faces, strict=True):
            (x, y), across, up = its.plane.center, its.plane.across, its.plane.up
            wide, high = its.box.width / mine.box.width, its.box.height / mine.box.height
            planes.append(Plane((x, y), (across[0] * wide, across[1] * wide), (up[0] * high, up[1] * high)))
        self.stand(planes)

    def slice(self, grid: Grid, share: float) -> Plane:
        """Return the plane on which a map stands as one of the block's: 0 is the front, 1 the back."""
        face, (x, y) = self.front, self.view.project(0.0, 0.0, self.measures[2] * self.cell * share)
        wide, high = face.box.width / grid.box.width, face.box.height / grid.box.height
        (a, b), (c, d) = face.plane.across, face.plane.up
        return Plane((face.plane.center[0] - x, face.plane.center[1] - y), (a * wide, b * wide), (c * high, d * high))

    def edges(self) -> Strokes:
        """Draw the edges of the block where it belongs, without anything on its faces."""
        rings = []
        for face, plane in zip(self.faces, self.planes(), strict=True):
            wide, high = face.box.width / 2, face.box.height / 2
            ring = [plane.point((x * wide, y * high), (0.0, 0.0)) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            rings.append([*ring, ring[0]])
        return Strokes(rings, self.theme.muted, 1.4, 0.55)

    def stand(self, planes: Sequence[Plane]) -> None:
        """Stand on planes, one for each face."""
        for face, plane in zip(self.faces, planes, strict=True):
            face.stand(plane)

    def come(self, **options: Any) -> Animation:
        """Come to where it belongs, as an animation."""
        return Turn(list(zip(self.faces, self.planes(), strict=True)), whole=self, **options)

    def _settle(self, face: Grid, plane: Plane) -> None:
        x, y = plane.center
        face.settle(x - face.columns / 2, y + face.rows / 2, 1.0)
        face.stand(plane)

    def _scaled(self, cell: float) -> tuple[float, float, float]:
        wide, high, deep = self.measures
        return wide * cell, high * cell, deep * cell

    def _corners(self, cell: float) -> list[Point]:
        wide, high, deep = (length / 2 for length in self._scaled(cell))
        signs = (-1, 1)
        return [self.view.project(x * wide, y * high, z * deep) for x in signs for y in signs for z in signs]

    def _planes(self, view: View, middle: Point, size: tuple[float, float, float]) -> list[Plane]:
        wide, high, deep = size
        axes = view.project(1, 0, 0), view.project(0, 1, 0), view.project(0, 0, 1)

        def plane(face: Grid, at: tuple[float, float, float], across: Point, up: Point) -> Plane:
            x, y = view.project(*at)
            center = middle[0] + x, middle[1] + y
            (a, b), (c, d) = across, up
            return Plane(center, (a / face.columns, b / face.columns), (c / face.rows, d / face.rows))

        right, up, near = (_times(axis, length) for axis, length in zip(axes, size, strict=True))
        top, side, front = self.faces
        return [
            plane(top, (0, high / 2, 0), right, _times(near, -1)),
            plane(side, (-wide / 2, 0, 0), near, up),
            plane(front, (0, 0, deep / 2), right, up),
        ]


def _times(vector: Point, factor: float) -> Point:
    return vector[0] * factor, vector[1] * factor


def _chosen(length: int) -> NDArray[np.intp]:
    shown = min(length, _FINEST)
    return np.arange(shown) * length // shown
