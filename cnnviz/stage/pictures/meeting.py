"""A window of several maps meets its weights: slice over slice, each with its partial sum, and what becomes of all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from manim import Group

from cnnviz.stage.color import Color
from cnnviz.stage.language import say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.mobjects.number_grid import fits, grid_texts
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme, at_hand
from cnnviz.subjects.number import cell_text, exact
from cnnviz.subjects.worked import adding, adds_up, multiplying

MOST_SLICES = 5
_ONE, _SIDE, _WIDE, _TEXT = 0.95, 0.36, 1.16, 0.4
_SHORT = 4  # digits, where no more fit
"""Side of a cell of a single slice and of several, width of one of several, and height of a line."""


class Meeting(Slot):
    """Writes one step of a convolution out.

    ::

        one slice:   window  kernel  products        several:  windows   ▒ ▒ ▒
                                                               weights   ▒ ▒ ▒
                     sum + bias = ...  ReLU ...                sums      3 + 1 + ...

    Parameters
    ----------
    look : Look
        The number that is made.
    roles : sequence of str
        Color roles of the slices of the input.
    most : int
        How many slices are written out, those with the largest sums.
    room : (width, height)
        How large it may be, in units.
    """

    def __init__(
        self, look: Any, roles: Sequence[str], most: int = MOST_SLICES, room: tuple[float, float] = (9.0, 9.0)
    ) -> None:
        self.look, self.step = look, look.trace.at(look.cell)
        sums = self.step.channel_sums
        strongest = np.argsort(-np.abs(sums), kind="stable")[:most]
        self.slices = sorted(int(one) for one in strongest)
        self.roles = [roles[one % len(roles)] for one in self.slices]
        rows, columns = self.step.values.shape[1:]
        self.left_out = len(sums) - len(self.slices)
        if len(self.slices) == 1:
            self.side = min(_ONE, 2.8 / max(rows, columns), (room[0] - 1.0) / (3 * columns))
            wide, high = 3 * columns * self.side + 1.0, rows * self.side + 2.1 * _TEXT
        else:
            texts = 0.12 + 3.2 * _TEXT
            self.side = min(_SIDE, 1.08 / max(rows, columns), (room[1] - texts) / (2 * rows))
            width = len(self.slices) * _WIDE + bool(self.left_out) * _WIDE
            wide, high = width, 2 * rows * self.side + texts
        self.digits, self.texts = self._written()
        super().__init__(max(wide, sum(text_width(text, NOTE + 6) for text, _ in self._runs(at_hand()))), high)

    def parts(self) -> list[Group]:
        """Make windows, weights, then products or partial sums, then what becomes of them; to come one by one."""
        one = len(self.slices) == 1
        return [*(self._single() if one else self._several()), Group(self._end())]

    def _written(self) -> tuple[int, list[list[list[str]]]]:
        """Return the digits of sums, and a single slice's numbers, weights and products so that they come out."""
        step, total = self.step, float(self.step.products.sum())
        if len(self.slices) > 1:
            return adding(self._terms(), total), []
        three = [each[self.slices[0]] for each in (step.values, step.weights, step.products)]
        pairs = [*zip(*(each.ravel().tolist() for each in three[:2]), strict=True)]
        digits = adding(self._terms(), total)
        ways = [(last, multiplying(pairs, last)) for last in sorted({_SHORT, digits}, reverse=True)]
        for last, first in (*ways, (_SHORT, _SHORT)):
            texts = [grid_texts(each, n) for each, n in zip(three, (first, first, last), strict=True)]
            if fits(chain(*chain(*texts)), self.side):
                break
        return last, texts

    def _terms(self) -> list[float]:
        """Return what is added up: the products of a single slice, or the sums of slices, and of those left out."""
        sums = self.step.channel_sums
        if len(self.slices) == 1:
            return list(self.step.products[self.slices[0]].ravel().tolist())
        rest = [float(np.delete(sums, self.slices).sum())] if self.left_out else []
        return [*sums[self.slices].tolist(), *rest]

    def _single(self) -> list[Group]:
        (only,), step, wide = self.slices, self.step, self.step.values.shape[2] * self.side
        scale = float(np.abs(self.look.trace.padded).max())
        strongest = float(np.abs(self.look.trace.weight).max())
        grids = [
            Grid(step.values[only], self.roles[0], scale=scale, side=self.side, texts=self.texts[0]),
            Grid(step.weights[only], "kernel", scale=strongest, side=self.side, texts=self.texts[1]),
            Grid(step.products[only], "output", side=self.side, texts=self.texts[2]),
        ]
        products, made = step.products[only].ravel().tolist(), []
        is_exact = all(map(exact, products, chain(*self.texts[2])))
        for index, (grid, sign) in enumerate(zip(grids, ("", "×", "=" if is_exact else "≈"), strict=True)):
            left = self.box.left + index * (wide + 0.5)
            grid.settle(left, self.box.top, 1.0)
            made.append(Group(Label(sign, NOTE + 7, self.theme.muted, at=(left - 0.25, grid.box.center[1])), grid))
        return made

    def _several(self) -> list[Group]:
        step, high = self.step, self.step.values.shape[1] * self.side
        scale = float(np.abs(self.look.trace.padded).max())
        strongest = float(np.abs(step.weights).max())
        windows, kernels, sums = Group(), Group(), Group()
        for place, (one, role) in enumerate(zip(self.slices, self.roles, strict=True)):
            x, top = self.box.left + place * _WIDE + 0.05, self.box.top
            window = Grid(step.values[one], role, scale=scale, side=self.side, form="pixels", ruled=True)
            kernel = Grid(step.weights[one], "kernel", scale=strongest, side=self.side, form="pixels", ruled=True)
            window.settle(x, top, 1.0)
            kernel.settle(x, top - high - 0.12, 1.0)
            windows.add(window)
            kernels.add(kernel)
            sums.add(self._sum(self._terms()[place], window.box.center[0], plus=place > 0))
        if self.left_out:
            x = self.box.left + (len(self.slices) + 0.45) * _WIDE
            sums.add(self._sum(self._terms()[-1], x, plus=True))
            text, at = say("{more} more", more=self.left_out), (x, self.box.top - high)
            windows.add(Label(text, NOTE + 3, self.theme.muted, at=at))
        return [windows, kernels, sums]

    def _sum(self, value: float, x: float, *, plus: bool) -> Group:
        high = self.step.values.shape[1] * self.side
        y = self.box.top - 2 * high - 0.12 - 0.55 * _TEXT
        color = self.theme.output if value >= 0 else self.theme.negative
        sign = [Label("+", NOTE + 3, self.theme.muted, at=(x - _WIDE / 2, y))] if plus else []
        return Group(*sign, Label(cell_text(value, self.digits), NOTE + 3, color, at=(x, y)))

    def _end(self) -> Line:
        """Make the line of sum, bias, and what the activation leaves; the last part is the number."""
        at = (self.box.left, self.box.bottom + 0.6 * _TEXT)
        return Line(self._runs(self.theme), NOTE + 6, at=at, align="left")

    def _runs(self, theme: Theme) -> list[tuple[str, Color]]:
        step, look = self.step, self.look
        total, made = float(step.products.sum()), float(step.result)
        two, outcome = (total, float(step.bias)), cell_text(look.outcome)
        digits = max(self.digits, adding(two, made)) if look.trace.bias is not None else self.digits
        last = digits - (not adds_up(two, made, digits))
        texts = [cell_text(total, digits), cell_text(abs(step.bias), digits), cell_text(made, last), outcome]
        comes_out = self.digits == digits and adds_up(self._terms(), total, digits)
        runs = [(f"{say('sum')} " + "≈ " * (not comes_out), theme.muted), (texts[0], theme.text)]
        if look.trace.bias is not None:
            sign = f" {'+' if step.bias >= 0 else '−'} {say('bias')} "
            rounded = not all(exact(n, t) for n, t in zip((total, abs(step.bias), made), texts, strict=False))
            equals = " ≈ " if rounded else " = "
            runs += [(sign, theme.muted), (texts[1], theme.kernel), (equals, theme.muted), (texts[2], theme.text)]
        if look.squashed:
            runs += [
                (f"   {look.squashed} ", theme.muted),
                (texts[3], theme.output if look.outcome >= 0 else theme.negative),
            ]
        return runs
