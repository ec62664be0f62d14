"""Dropout: chance silences some numbers of a layer, in each step others, and on average their sum stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnviz.nn.experiments.overfitting import ALL, AUGMENT, DECAY, DROPOUT
from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Item, Table
from cnnviz.stage.scene import Scene
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.overfitting import CHANCE, MANY, Overfitting

_GAP = 0.3
_ROOMY = 1.2  # units: the side of a cell at most


class Dropping(Scene):
    """Numbers of a layer, what dropout leaves of them in some steps, and the sums."""

    def drop(self, s: Overfitting, digit: Grid, gone: Sequence[Any]) -> list[Any]:
        """Let chance silence some numbers that a layer makes of a digit, in each step others; return what is there."""
        beside, rest = self.frame.width > self.frame.height, round(1 - CHANCE, 9)
        look: dict[str, Any] = {"scale": s.largest, "widest": ["8.88"], "detail": ""}
        self.x = x = Grid(s.hidden[None], "input", "hidden", **look)
        look |= {"hidden": True}
        steps = {
            Grid(
                x.values, "output", say("step {number}", number=number), **look | {"detail": f"÷ {cell_text(rest)}"}
            ): y
            for number, y in enumerate(s.dropped, 1)
        }
        first, *others = steps
        sums = [Grid(y.sum(keepdims=True)[None], role, "sum", **look) for y, role in _all(s)]
        mean = Grid(np.array([[s.average]]), "output", say("mean of {many}", many=MANY), **look)
        rows: list[list[Item]] = [[row, total] for row, total in zip((x, *steps), sums, strict=True)]
        ends: list[Item] = [Slot(0.0, 0.0) for _ in steps]
        if beside:
            rows = [[*row, end] for row, end in zip(rows, [*ends, mean], strict=True)]
        table = Column(Table(*rows, gap=(_GAP, _GAP / 2)), *[mean][beside:], gap=_GAP / 2)
        with self.beat("One remedy, dropout: with a chance of {p}, a number falls silent.", p=CHANCE, focus=first):
            self.rearrange(digit, table, gone=gone, most=_ROOMY)
            self.silence({first: steps[first]})
        told: Template = "The others are divided by {rest}: the sum was {before}, now it is {after}."
        before, after = (total.values.item() for total in sums[:2])
        with self.beat(told, rest=rest, before=before, after=after, focus=sums[:2]):
            first.become(steps[first][None])
            self.add_up({x: sums[0], first: sums[1]})
        with self.beat("The next step drops others: no number can rely on its neighbors.", focus=others):
            self.silence({row: steps[row] for row in others})
            for row in others:
                row.become(steps[row][None])
            self.add_up(dict(zip(others, sums[2:], strict=True)))
        told = "Over {many} steps their mean is {mean}: on average, the sum stays."
        with self.beat(told, many=MANY, mean=s.average, focus=[mean, sums[0]]):
            self.fly(*((total.copy_of((0, 0)), mean.cell_box((0, 0))) for total in sums[1:]))
            mean.show()
        self.fold(first, s.largest)
        return [digit, x, self.first, *others, *sums, mean]

    def fold(self, row: Grid, largest: float) -> None:
        """Fold a row of numbers into two lines, to travel on in this form."""
        self.first = two = Grid(row.values.reshape(2, -1), "output", scale=largest, form="pixels", ruled=True)
        two.settle(row.box.left, row.box.top, row.side / 2)
        self.remove(row)
        flights = [(row.copy_of((0, i)), two.cell_box(divmod(i, two.columns))) for i in range(row.columns)]
        self.fly(*flights, scale=0.5, seconds=0.5)
        self.add(two)

    def silence(self, rows: dict[Grid, Any]) -> None:
        """Let the numbers come down into rows, and silence those of which nothing is left."""
        for number, row in enumerate(rows, 1):
            self.fly(*((self.x.copy_of(cell), row.cell_box(cell)) for cell in row.everywhere()), seconds=0.7)
            row.become(self.x.values)
            for column in np.flatnonzero(rows[row] == 0):
                self.hold(0.4 / number)
                row.put((0, int(column)), 0.0)
        self.hold(0.3)

    def add_up(self, rows: dict[Grid, Grid]) -> None:
        """Let the numbers of rows run together into their sums."""
        self.hold(0.4)
        flights = [
            (row.copy_of(cell), total.cell_box((0, 0))) for row, total in rows.items() for cell in row.everywhere()
        ]
        self.fly(*flights, seconds=0.7)
        for total in rows.values():
            total.show()

    def stamps(
        self, s: Overfitting, names: Sequence[Template], digit: Grid
    ) -> tuple[dict[str, list[Grid | None]], dict[Grid, Grid]]:
        """Make what each remedy changes: numbers of a layer, weights, the digit; and say what came from where.

        Where the frame is narrow, each has one stamp at most, and all remedies at once have none.
        """
        drawn: dict[str, Any] = {"form": "pixels", "ruled": True}
        made: dict[str, list[Grid | None]] = {}
        came: dict[Grid, Grid] = {}
        for name in names:
            all_at_once = name == ALL and self.frame.is_wide
            dropped, weights, moved = (
                Grid(s.dropped[0].reshape(2, -1), "output", scale=s.largest, **drawn),
                Grid(s.filter, "kernel", **drawn),
                Grid(s.digits[0], "input", scale=1.0, form="pixels"),
            )
            parts = {DROPOUT: dropped, DECAY: weights, AUGMENT: moved}
            row = [part if all_at_once or name == label else None for label, part in parts.items()]
            made[say(name)] = row if self.frame.is_wide else [next((part for part in row if part is not None), None)]
            came |= {part: old for part, old in ((dropped, self.first), (moved, digit)) if part in row}
        return made, came


def _all(s: Overfitting) -> list[tuple[Any, str]]:
    """List the numbers before dropout, and behind it, with their roles."""
    return [(s.hidden, "input"), *((y, "output") for y in s.dropped)]
