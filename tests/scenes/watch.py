"""Playing a scene fast and small, and keeping what was on stage whenever the picture stood still."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from cnnviz.render.fast import render_scene
from cnnviz.stage.layout import units
from cnnviz.stage.text import Label
from tests.scenes.glyphs import read


@dataclass(frozen=True)
class Seen:
    """A label as it is drawn: the text read back, its bounding box (left, bottom, right, top), size and color."""

    text: str
    box: tuple
    size: float
    color: str


@dataclass(frozen=True)
class Still:
    """A picture that stood still: when, for how long, the labels on it and the mobjects behind them."""

    start: float
    seconds: float
    labels: tuple
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
    labels = tuple(_seen(part) for part in family if isinstance(part, Label) and len(part.points))
    return labels, family


def _seen(label):
    color = label.get_fill_color().to_hex().lower()
    (left, bottom, _), (right, top, _) = label.points.min(axis=0), label.points.max(axis=0)
    return Seen(_text(label.points.tobytes(), units(label.size)), (left, bottom, right, top), label.size, color)


@cache
def _text(points, em):
    points = np.frombuffer(points).reshape(-1, 3)
    return read(points, em) or read(points, em, bold=True)


def value(text):
    """The number that a cell text stands for, and how far the rounded text may be from the true value."""
    plain = text.replace("−", "-")
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
