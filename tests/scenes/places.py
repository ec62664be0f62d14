"""Windows, outlines and cells against the steps of traces: where they are drawn, not where they believe to be."""

import numpy as np

from cnnviz.stage.pictures.window import Window

NEAR = 0.02  # units


def displaced(seen):
    """Windows and outlines that are drawn elsewhere than around their cells."""
    for still in seen.pictures:
        for mark in still.marks:
            if mark.frame is not None:
                off = _distance(mark.corners, mark.frame.corners(mark.cell, mark.rows, mark.columns))
                if off > NEAR:
                    yield still, f"an outline of {mark.cell} in {_name(mark.grid)} is drawn {off:.2f} units off"


def strayed(seen):
    """Windows that stand elsewhere than the step of the trace that they show, and results that land elsewhere."""
    before = {}
    for still in seen.pictures:
        texts = {id(sheet.grid): frozenset(sheet.texts) for sheet in still.grids if sheet.fills is not None}
        if still.steps and still.walk is not None:
            yield from _window(still)
            yield from _results(still, before)
        before = texts


def _window(still):
    window, step = still.walk.window, still.steps[-1]
    if window is None or not isinstance(window, Window):
        return
    expected = _origin(step, still.walk)
    mark = next((mark for mark in still.marks if mark.outline is window.frame), None)
    if expected is None or mark is None or mark.frame is None:
        return
    off = _distance(mark.corners, mark.frame.corners(expected, *window.span))
    if off > NEAR:
        yield still, f"the window of step {step.index} should stand at {expected}, it is {off:.2f} units off"


def _origin(step, walk):
    """The cell that a step begins at: in the padded input, if the scene says nothing else."""
    if walk.at is not None:
        return tuple(int(i) for i in walk.at(step)[-2:])
    origin = getattr(step, "padded_origin", None)
    return None if origin is None else tuple(int(i) for i in origin[-2:])


def _results(still, before):
    """Cells of a map that appear with some steps are those that the steps name."""
    steps = [step for step in still.steps if hasattr(step, "output_index") and hasattr(step, "result")]
    if not steps:
        return
    named = {tuple(int(i) for i in step.output_index[-2:]) for step in steps}
    for sheet in still.grids:
        if sheet.fills is None or id(sheet.grid) not in before or not _holds(sheet, steps):
            continue
        landed = set(sheet.texts) - before[id(sheet.grid)]
        if landed - named:
            wrong = sorted(landed - named)
            yield (
                still,
                f"step {steps[-1].index} belongs to {sorted(named)}, but {wrong} appeared in {_name(sheet.grid)}",
            )


def _holds(sheet, steps):
    for step in steps:
        cell = tuple(int(i) for i in step.output_index[-2:])
        if len(cell) != 2 or any(i >= n for i, n in zip(cell, sheet.values.shape, strict=True)):
            return False
        if not np.isclose(sheet.values[cell], step.result):
            return False
    return True


def feigned(seen):
    """Cells that look shown, sunk or empty and are not."""
    for still in seen.pictures:
        for sheet in still.grids:
            if sheet.fills is None:
                continue
            for cell, fill in sheet.fills.items():
                if _apart(fill, sheet.meant[cell]) > 2:
                    yield still, f"cell {cell} of {_name(sheet.grid)} is {fill}, its state says {sheet.meant[cell]}"
            if set(sheet.texts) != set(sheet.shown) and len(sheet.texts) == len(sheet.shown):
                wrong = sorted(set(sheet.texts) ^ set(sheet.shown))
                yield still, f"numbers of {_name(sheet.grid)} stand in other cells than they belong to: {wrong}"


def _apart(a, b):
    return max(abs(int(a[i : i + 2], 16) - int(b[i : i + 2], 16)) for i in (1, 3, 5))


def _distance(a, b):
    """How far two sets of corners are apart, in whatever order."""
    gaps = np.linalg.norm(np.asarray(a)[:, None] - np.asarray(b)[None], axis=-1)
    return float(max(gaps.min(axis=0).max(), gaps.min(axis=1).max()))


def _name(grid):
    return f"{grid.title or grid.role!r} ({grid.rows} x {grid.columns})"
