"""Playing a scene fast and small, and keeping what was on stage whenever the picture stood still."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from cnnviz.render.fast import render_scene
from cnnviz.stage.layout import units
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.text import Label, Words
from tests.scenes.glyphs import words
from tests.scenes.ground import Ground


@dataclass(frozen=True)
class Seen:
    """A label as it is drawn: the text read back, its bounding box (left, bottom, right, top), size, color, the
    color it stands on, and the grid that it belongs to.
    """

    text: str
    box: tuple
    size: float
    color: str
    ground: str
    owner: object = None

    @property
    def center(self):
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Written:
    """A grid as it is drawn: what each cell says and what it should say, by (row, column)."""

    role: str
    texts: dict
    values: np.ndarray


@dataclass(frozen=True)
class Still:
    """A picture that stood still: when, for how long, the labels on it, its grids, and the mobjects behind them."""

    start: float
    seconds: float
    labels: tuple
    grids: tuple
    family: tuple


@dataclass(frozen=True)
class Watched:
    scene: object
    rendered: object
    stills: tuple


def watch(scene_class, *, fps=4, **options):
    """Play a scene and return what was on stage at every hold and at the end."""
    stills, made = [], []

    class Nowhere:
        def write(self, frame, frames, box):
            pass

    def make(renderer):
        scene = scene_class(renderer=renderer, **options)
        hold = scene.hold

        def watched(seconds):
            if seconds > 0:
                stills.append(Still(scene.renderer.time, seconds, *_stage(scene)))
            hold(seconds)

        scene.hold = watched
        made.append(scene)
        return scene

    rendered = render_scene(make, width=160, height=90, fps=fps, sink=Nowhere())
    stills.append(Still(rendered.seconds, 0.0, *_stage(made[0])))
    return Watched(made[0], rendered, tuple(stills))


def _stage(scene):
    family = tuple(part for mobject in scene.mobjects for part in mobject.get_family())
    owners = {id(label): g for g in family if isinstance(g, Grid) for label in g.labels.values()}
    ground, labels = Ground(scene.theme.ground), []
    for part in sorted(family, key=lambda part: part.z_index):
        if isinstance(part, Words) and len(part.points):
            labels.extend(_seen(part, ground, owners.get(id(part))))
        ground.add(part)
    grids = (_written(part, labels) for part in family if isinstance(part, NumberGrid | Grid))
    return tuple(labels), tuple(grids), family


def _written(grid, labels):
    texts, box, laid = {}, grid.box, isinstance(grid, Grid)
    side = grid.side if laid else grid.cell_side
    for label in labels:
        if laid and label.owner is not grid:
            continue
        x, y = grid.plane.flat(label.center, grid.middle) if laid else label.center
        if not _inside((x, y), box):
            continue
        texts[int((box.top - y) // side), int((x - box.left) // side)] = label.text
    return Written(grid.role, texts, grid.values.copy())


def _inside(point, box):
    return box.left < point[0] < box.right and box.bottom < point[1] < box.top


def _flat(points, grid):
    """The points of something drawn as they were before they were laid onto a plane."""
    flat = points.copy()
    across_up = np.array([grid.plane.across, grid.plane.up]).T
    flat[:, :2] = np.linalg.solve(across_up, (points[:, :2] - grid.plane.center).T).T + grid.middle
    return flat


def _seen(drawn, ground, owner=None):
    """A label is seen as a whole, however many words it has; other words are seen one by one."""
    color = drawn.get_fill_color().to_hex().lower()
    upright = drawn.points if owner is None else _flat(drawn.points, owner)
    found = _read(upright.tobytes(), units(drawn.size))
    if isinstance(drawn, Label) or found is None:
        found = [(None if found is None else " ".join(text for text, _, _ in found), 0, len(drawn.points))]
    for text, first, last in found:
        ink = drawn.points[first:last]
        (left, bottom, _), (right, top, _) = ink.min(axis=0), ink.max(axis=0)
        under = ground.under((left + right) / 2, (bottom + top) / 2)
        yield Seen(text, (left, bottom, right, top), drawn.size, color, under, owner)


@cache
def _read(points, em):
    points = np.frombuffer(points).reshape(-1, 3)
    return words(points, em) or words(points, em, bold=True)


def value(text):
    """The number that a cell text stands for, and how far the rounded text may be from the true value."""
    plain = text.replace("−", "-").replace(",", "")
    scale = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}.get(plain[-1:], 1.0)
    if scale != 1.0:
        plain = plain[:-1]
    if "/" in plain:
        top, bottom = plain.split("/")
        return float(top) / float(bottom), 1e-12
    mantissa, _, exponent = plain.partition("e")
    decimals = len(mantissa.partition(".")[2])
    unit = 10.0 ** (int(exponent or 0) - decimals) * scale
    return float(plain) * scale, 0.5 * unit + 1e-9


def near(text, number):
    """Whether a text is a number correctly rounded."""
    shown, tolerance = value(text)
    return bool(np.abs(shown - number) <= tolerance)
