"""Everything that is found wrong with a scene that was watched, each with the name of its check and its time."""

import itertools
import re

import numpy as np

from cnnviz.stage import layout
from cnnviz.stage.color import READABLE, contrast
from cnnviz.stage.pictures.volume import Face
from cnnviz.stage.scene import Scene
from cnnviz.stage.theme import BLACK, CHANNELS, ROLES, WHITE
from tests.scenes import equations, places, sentences, translated
from tests.scenes.watch import near

_SLACK, _SPECK = 0.02, 0.2


def margins(seen):
    """Labels that leave the safe margin, and drawings that leave the frame."""
    frame = seen.frame
    right, top = frame.right + _SLACK, frame.height / 2 - layout.MARGIN + _SLACK
    for still in seen.pictures:
        for label in still.labels:
            left, low, far, high = label.box
            if left < -right or far > right or low < -top or high > top:
                yield still, f"{label.text!r} leaves the margin"
        if still.reach[0] > frame.width / 2 + 0.05 or still.reach[1] > frame.height / 2 + 0.05:
            yield still, f"a drawing leaves the frame: {still.reach[0]:.2f}, {still.reach[1]:.2f} from its middle"


def overlaps(seen):
    """Labels that cover one another where both can be seen."""
    for still in seen.pictures:
        labels = [label for label in still.labels if not label.covered]
        boxes = np.array([label.box for label in labels]).reshape(-1, 4)
        low, high = np.maximum(boxes[:, None], boxes[None]), np.minimum(boxes[:, None], boxes[None])
        meets = (low[..., 0] < high[..., 2]) & (low[..., 1] < high[..., 3])
        for i, j in np.argwhere(np.triu(meets, 1)):
            a, b = sorted((labels[i], labels[j]), key=lambda label: label.order)
            if a.owner is not None and a.owner is b.owner and a.flat and not _meet(a.flat, b.flat):
                continue
            middle = (low[i, j, 0] + high[i, j, 2]) / 2, (low[i, j, 1] + high[i, j, 3]) / 2
            if not still.ground.covers(middle, a.order, b.order):
                yield still, f"{a.text!r} and {b.text!r} meet"


def covered(seen):
    """Labels that something hides, unless they stand on a sheet in space."""
    for still in seen.pictures:
        for label in still.labels:
            if label.covered and label.flat is None:
                yield still, f"{label.text!r} is hidden by what is drawn over it"


def sizes(seen):
    """Labels too small for the back row."""
    for still in seen.pictures:
        for label in still.labels:
            if label.size < layout.SMALLEST - 0.05:
                yield still, f"{label.text!r} has {label.size:.1f} pixels"


def specks(seen):
    """Grids of several cells in which nothing can be made out from the back row; faces of blocks may be as small."""
    for still in seen.stills:
        for sheet in still.grids:
            if sheet.values.size > 1 and sheet.frame and not isinstance(sheet.grid, Face):
                long = max(map(np.linalg.norm, (sheet.frame.across, sheet.frame.down)))
                if long < _SPECK:
                    yield still, f"a grid of {sheet.values.shape} in {sheet.role} is {long:.2f} units long"


def contrasts(seen):
    """Labels too near in brightness to what they stand on."""
    for still in seen.pictures:
        for label in still.labels:
            if not label.covered and contrast(label.color, label.ground) < READABLE:
                yield still, f"{label.text!r} in {label.color} on {label.ground}"


def colors(seen):
    """Labels in a color that has no role."""
    look = seen.scene.theme
    roles = {getattr(look, role) for role in (*ROLES, *CHANNELS, "text", "muted")} | {WHITE, BLACK}
    for still in seen.pictures:
        for label in still.labels:
            if label.color not in roles:
                yield still, f"{label.text!r} in {label.color}"


def unread(seen):
    """Labels whose outlines are no text that can be read back."""
    for still in seen.pictures:
        for label in still.labels:
            if not label.text:
                yield still, f"a label at ({label.center[0]:.1f}, {label.center[1]:.1f})"


def untrue(seen):
    """Cells whose text is not the number behind it, rounded."""
    for still in seen.pictures:
        for grid in still.grids:
            for cell, text in grid.texts.items():
                try:
                    true = text and near(text, grid.values[cell])
                except (ValueError, IndexError):
                    true = False
                if not true:
                    yield still, f"cell {cell} of {grid.role} says {text!r}"


def stillness(seen):
    """Stretches without any motion above the caption that are too long."""
    for start, end in seen.motion.stills if seen.motion else ():
        yield start, f"nothing moves for {end - start:.1f} s"


def uncounted(seen):
    """Step counters that never come to the last of all they count."""
    first, reached = {}, set()
    for still in seen.pictures:
        for label in still.labels:
            if label.counter and label.text:
                noun, *counted = re.fullmatch(r"(\D*)([\d ,]+) / ([\d ,]+)", label.text).groups()
                number, total = (re.sub(r"\D", "", each) for each in counted)  # tabular figures stand apart
                first.setdefault((noun, total), still)
                reached |= {(noun, total)} if number == total else set()
    for noun, total in first.keys() - reached:
        yield first[noun, total], f"the counter never says {noun}{total} / {total}"


OF_LESSONS = (margins, overlaps, sizes, contrasts, colors, unread, untrue)
OF_SCENES = (
    *OF_LESSONS,
    covered,
    specks,
    stillness,
    uncounted,
    sentences.unseen,
    sentences.late,
    sentences.too_long,
    equations.equations,
    places.displaced,
    places.strayed,
    places.feigned,
    translated.untold,
    translated.never_looked_up,
)


def findings(seen, checks=None):
    """List what the checks find, each once: ``check at 3.2 s: what``."""
    listed, known = [], set()
    for check in checks or (OF_SCENES if isinstance(seen.scene, Scene) else OF_LESSONS):
        for where, what in itertools.islice(check(seen), 200):
            if (check, what) not in known:
                known.add((check, what))
                time = where if isinstance(where, float) else where.start
                listed.append(f"{check.__name__} at {time:.1f} s: {what}")
    return listed


def _meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
