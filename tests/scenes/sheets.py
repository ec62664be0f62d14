"""Grids read back from what is drawn: where their cells are, what each says, and how it looks; flat or in space."""

from dataclasses import dataclass

import numpy as np

from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.shapes import Strokes
from tests.scenes.ground import color_of


@dataclass(frozen=True)
class Written:
    """A grid as it is drawn: what each cell says and what it should say, by (row, column).

    ``grid`` is the grid itself; for one of the kit's, ``frame`` is where it is drawn, ``fills`` are the colors
    of its cells or ``pixels`` those of its image, and ``meant`` the colors that its state stands for.
    """

    role: str
    texts: dict
    values: np.ndarray
    grid: object = None
    frame: object = None
    fills: dict | None = None
    pixels: np.ndarray | None = None
    meant: dict | None = None
    shown: frozenset = frozenset()
    sunk: frozenset = frozenset()


@dataclass(frozen=True)
class Drawn:
    """Where a grid is drawn: its upper left corner, and the ways across and down all of it."""

    corner: np.ndarray
    across: np.ndarray
    down: np.ndarray
    rows: int
    columns: int

    @classmethod
    def of(cls, grid):
        """Read it from the rules or the image, not from what the grid believes; None if nothing is drawn."""
        for part in grid.submobjects:
            if isinstance(part, PixelImage):
                corner, right, left = part.points[:3, :2]
            elif isinstance(part, Strokes) and len(part.points) > 4 * grid.rows:
                corner, right, left = part.points[0, :2], part.points[3, :2], part.points[4 * grid.rows, :2]
            else:
                continue
            return cls(corner, right - corner, left - corner, grid.rows, grid.columns)
        return None

    @property
    def is_slanted(self):
        return bool(abs(self.across[1]) + abs(self.down[0]) > 1e-6)

    def corners(self, cell, rows=1, columns=1):
        """The corners of some cells in the frame: upper left, upper right, lower right, lower left."""
        top, left = cell
        places = [(top, left), (top, left + columns), (top + rows, left + columns), (top + rows, left)]
        return np.array([self.corner + j / self.columns * self.across + i / self.rows * self.down for i, j in places])

    def shares(self, points):
        """Points of the frame as (down, across), in cells."""
        way = np.asarray(points)[..., :2] - self.corner
        (a, c), (b, d) = self.across, self.down
        area = a * d - b * c
        if abs(area) < 1e-9:
            return np.full(way.shape, np.nan)
        x = (d * way[..., 0] - b * way[..., 1]) / area
        y = (a * way[..., 1] - c * way[..., 0]) / area
        return np.stack([y * self.rows, x * self.columns], axis=-1)

    def flat(self, points, side):
        """Points of the frame as they were before the grid was laid into space, in units."""
        down, across = np.moveaxis(self.shares(points), -1, 0)
        return np.column_stack([across * side, -down * side, np.zeros(len(points))])


def written(grid, frame, labels):
    """Read a grid of the kit; ``labels`` are those that belong to it, as (label, middle in the frame)."""
    texts = {}
    for label, middle in labels:
        where = frame.shares(middle)
        if np.isfinite(where).all():
            texts[int(np.floor(where[0])), int(np.floor(where[1]))] = label.text
    image = next((part for part in grid.submobjects if isinstance(part, PixelImage)), None)
    fills = None if image is not None else {cell: color_of(fill)[0] for cell, fill in grid.fills.items()}
    empty = grid.theme.cell
    shown = grid.shown
    meant = fills and {cell: grid.color_of(cell) if cell in shown else empty for cell in fills}
    return Written(
        grid.role,
        texts,
        grid.values.copy(),
        grid,
        frame,
        fills,
        None if image is None else image.pixel_array[..., :3].copy(),
        meant,
        shown,
        grid.sunk,
    )
