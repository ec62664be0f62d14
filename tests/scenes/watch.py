"""Playing a scene fast and small, and keeping what was on stage whenever the picture stood still."""

import re
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from manim import ImageMobject, tempconfig

from cnnviz.render.fast import render_scene
from cnnviz.stage import language
from cnnviz.stage.frame import ASPECTS, Frame
from cnnviz.stage.layout import units
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.text import Label, Words
from tests.scenes import glyphs
from tests.scenes.equations import typeset
from tests.scenes.formulas import formulas
from tests.scenes.ground import Ground, color_of
from tests.scenes.motion import Motion
from tests.scenes.sheets import Drawn, Written, written
from tests.scenes.translated import listening

by_default = {"drawn": True}
"""Whether scenes that are watched are drawn, too, which only what moves is read from."""

PIXELS = {"16:9": (160, 90), "4:3": (120, 90), "1:1": (112, 112), "9:16": (90, 160)}


@dataclass(frozen=True)
class Seen:
    """A label as it is drawn: the text read back, its bounding box (left, bottom, right, top), size, color and the
    color it stands on; whether something covers it, whether it is a caption or the step counter, and the grid that it
    belongs to.
    """

    text: str
    box: tuple
    size: float
    color: str
    ground: str
    order: int = 0
    covered: bool = False
    caption: bool = False
    counter: bool = False
    owner: object = None
    flat: tuple | None = None

    @property
    def center(self):
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Still:
    """A picture that stood still: when, for how long, the labels on it, its grids, and the mobjects behind them."""

    start: float
    seconds: float
    labels: tuple
    grids: tuple
    family: tuple
    ground: Ground = None
    marks: tuple = ()
    formulas: tuple = ()
    reach: tuple = (0.0, 0.0)
    steps: tuple = ()
    walk: object = None
    beat: object = None


@dataclass(frozen=True)
class Mark:
    """An outline as it is drawn: its corners, and the cells of a grid that it should stand around."""

    outline: object
    grid: object
    frame: object
    cell: tuple
    rows: int
    columns: int
    corners: np.ndarray


@dataclass(frozen=True)
class Walk:
    """What a scene walks over: the steps, its window, and where the window should stand."""

    steps: object
    window: object
    at: object


@dataclass(frozen=True)
class Watched:
    """A scene that was played: every picture that was looked at, and of these the ones that stood still."""

    scene: object
    rendered: object
    pictures: tuple
    frame: Frame
    motion: Motion | None
    said: dict = field(default_factory=dict)
    formulas: list = field(default_factory=list)

    @property
    def stills(self):
        return tuple(still for still in self.pictures[:-1] if still.seconds > 0) + self.pictures[-1:]


def watch(scene_class, aspect="16:9", *, fps=4, pixels=None, keep=None, drawn=None, **options):
    """Play a scene in a frame and return what was on stage at every hold, at the end of every beat and at the end.

    ``keep`` is handed every frame as (time, pixels), where one wants more than what moved. A scene that is not drawn is
    played, and its mobjects are looked at, in two thirds of the time.
    """
    if drawn is None:
        drawn = by_default["drawn"]
    made, stills = [], []
    width, height = ASPECTS[aspect]
    with tempconfig({"frame_width": width, "frame_height": height}):
        frame = Frame(width, height)
        motion = Motion(frame, fps, keep)

        def make(renderer):
            if not drawn:
                renderer.update_frame = renderer.save_static_frame_data = _draw_nothing
            made.append(scene_class(renderer=renderer, **options))
            _listen(made[0], stills)
            return made[0]

        across, down = pixels or PIXELS[aspect]
        with listening() as said, typeset() as typed:
            rendered = render_scene(make, width=across, height=down, fps=fps, sink=motion)
        stills.append(Still(rendered.seconds, 0.0, *_stage(made[0])))
    return Watched(made[0], rendered, tuple(stills), frame, motion if drawn else None, said, typed)


def _draw_nothing(*_, **__):
    """Stand in for what brings the pixels up to date."""


def _listen(scene, stills):
    """Look whenever a scene holds, walks a step or ends a beat."""
    hold, taken, current = scene.hold, [], []

    def look(seconds):
        picture = _stage(scene)
        beat = getattr(scene, "_beat", None)
        walk = current[-1] if current and taken else None
        stills.append(Still(scene.renderer.time, seconds, *picture, tuple(taken), walk, beat))
        taken.clear()

    def held(seconds):
        if seconds > 0 or taken:
            look(max(seconds, 0.0))
        hold(seconds)

    scene.hold = held
    if not hasattr(scene, "walk"):
        return
    walk, end = scene.walk, scene._end_beat

    def walked(steps, window, *listeners, **how):
        current.append(Walk(steps, window, how.get("at")))
        walk(steps, window, *listeners, taken.append, **how)
        current.pop()

    def ended():
        beat = scene._beat
        end()
        if beat is not None:
            stills.append(Still(scene.renderer.time, 0.0, *_stage(scene), beat=beat))

    scene.walk, scene._end_beat = walked, ended


def _stage(scene):
    family = tuple(part for mobject in scene.mobjects for part in mobject.get_family())
    grids = [part for part in family if isinstance(part, Grid)]
    frames = {id(grid): Drawn.of(grid) for grid in grids}
    owners = {id(part): grid for grid in grids for part in grid.submobjects}
    captions = {id(part) for part in scene._caption.get_family()}
    ground, found = Ground(scene.theme.ground), []
    for order, part in enumerate(sorted(family, key=lambda part: part.z_index)):
        if not len(part.points):
            continue
        if isinstance(part, Words):
            grid = owners.get(id(part))
            frame = frames.get(id(grid)) if grid is not None and not _is_heading(grid, part) else None
            found += [(part, order, id(part) in captions, grid, frame, *word) for word in _read(part, grid, frame)]
        elif isinstance(part, ImageMobject) or hasattr(part, "get_fill_rgbas"):
            ground.add(part, order)
    boxes = [_box(ink) for *_, ink in found]
    colors, covered = ground.look([_middle(box) for box in boxes], [order for _, order, *_ in found])
    labels, by_grid = [], {}
    for entry, box, under, hidden in zip(found, boxes, colors, covered, strict=True):
        part, order, caption, grid, frame, text, size, flat, _ = entry
        color, opacity = color_of(part)
        if opacity <= 0.02:
            continue
        counter, owner = part is getattr(scene, "_counter", None), grid if frame else None
        label = Seen(text and unmarked(text), box, size, color, under, order, hidden, caption, counter, owner, flat)
        labels.append(label)
        if frame:
            by_grid.setdefault(id(grid), []).append((label, _middle(box)))
    sheets = [written(grid, frames[id(grid)], by_grid.get(id(grid), ())) for grid in grids if frames[id(grid)]]
    old = [_written(part, labels) for part in family if isinstance(part, NumberGrid)]
    marks = [_mark(part, frames) for part in family if isinstance(part, Outline) and len(part.points) >= 16]
    drawn = [part.points[:, :2] for part in family if len(part.points)]
    reach = tuple(np.abs(np.concatenate(drawn)).max(axis=0).tolist()) if drawn else (0.0, 0.0)
    return tuple(labels), (*sheets, *old), family, ground, tuple(marks), formulas(family), reach


def _mark(outline, frames):
    frame = frames.get(id(outline.grid)) or Drawn.of(outline.grid)
    corners = outline.points[:16:4, :2].copy()
    return Mark(outline, outline.grid, frame, tuple(outline.cell), outline.rows, outline.columns, corners)


def _is_heading(grid, part):
    return part not in grid.labels.values()


def _read(part, grid, frame):
    """The words of a mobject as (text, size in pixels, flat box, ink); a label is one however many words it has."""
    points, laid = part.points, None
    if frame is not None and frame.is_slanted:
        points = laid = frame.flat(part.points, grid.side)
    key = part.points.tobytes() if laid is None else points.round(9).tobytes()
    found, em = _words(key, units(part.size))
    size = part.size if em == units(part.size) else part.size * em / units(part.size)
    if frame is not None and frame.is_slanted:
        size *= float(np.linalg.norm(frame.down)) / (frame.rows * grid.side)
    if isinstance(part, Label) or found is None:
        found = [(None if found is None else " ".join(text for text, _, _ in found), 0, len(points))]
    return [
        (text, size, None if laid is None else _box(laid[first:last]), part.points[first:last])
        for text, first, last in found
    ]


@cache
def _words(points, em):
    points = np.frombuffer(points).reshape(-1, 3)
    for size in (em, None):
        for face in glyphs.FACES:
            drawn = size or glyphs.scale(points, face=face)
            found = drawn and glyphs.words(points, drawn, face=face)
            if found:
                return found, drawn
    return None, em


def _box(ink):
    (left, bottom), (right, top) = ink[:, :2].min(axis=0).tolist(), ink[:, :2].max(axis=0).tolist()
    return left, bottom, right, top


def _middle(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _written(grid, labels):
    texts, box, side = {}, grid.box, grid.cell_side
    for label in labels:
        x, y = label.center
        if box.left < x < box.right and box.bottom < y < box.top:
            texts[int((box.top - y) // side), int((x - box.left) // side)] = label.text
    return Written(grid.role, texts, grid.values.copy(), grid)


def unmarked(text):
    """Write numbers as English does, in whatever language they are drawn."""
    if language.marked("0.5") == "0.5":
        return text
    parted = re.sub(r"\b\d{1,3}(?: \d{3})+\b", lambda found: found[0].replace(" ", ","), text)
    return re.sub(r"(?<=\d),(?=\d)", ".", parted) if parted == text else parted


def value(text):
    """The number that a cell text stands for, and how far the rounded text may be from the true value."""
    plain = text.replace("−", "-").replace(",", "").replace("∞", "inf")
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
    if np.isinf(shown):
        return bool(shown == number)
    return bool(np.abs(shown - number) <= tolerance)
