"""What is seen while the network learns: curves on the left, filters and a few digits with their shares beside them."""

from __future__ import annotations

import numpy as np
from manim import Animation, Group, VGroup

from cnnviz.stage import layout
from cnnviz.stage.layout import Box, pixel, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.curves import Curves
from cnnviz.stage.mobjects.map_wall import MapWall
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.text import Label, Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, share_text
from cnnviz.subjects.run import Run

_ROLES, _NAMES = ("input", "output"), ("training", "validation")
# All in pixels of a picture of 1280 x 720.
_LOSS, _ACCURACY = Box.of_pixels(40, 124, 604, 350), Box.of_pixels(40, 362, 604, 590)
_LEFT, _RIGHT = 660, 1240  # where the right half begins and ends
_WEIGHT = 20  # side of a weight
_DIGIT = (268, 84)  # upper edge and side of a digit
_BARS, _HALF = (362, 560), 64  # upper and lower edge of the bars, and half their width
_READ = 580


class Dashboard(Group):
    """A run as it was measured after one epoch.

    Attributes
    ----------
    curves : list of Curves
        Loss and accuracy.
    bars : list of Bars
        The shares of each digit.
    """

    def __init__(self, run: Run, theme: Theme) -> None:
        super().__init__()
        self.run, self.theme = run, theme
        loss, accuracy = (dict(zip(_NAMES, numbers.T.tolist(), strict=True)) for numbers in (run.loss, run.accuracy))
        self.curves = [
            Curves(loss, _LOSS, theme=theme, roles=_ROLES, title="loss", along="epoch", powers=True, widest="100 %"),
            Curves(
                accuracy,
                _ACCURACY,
                theme=theme,
                roles=_ROLES,
                title="accuracy",
                along="epoch",
                high=1.0,
                write=lambda share: f"{100 * share:.0f} %",
                legend=False,
            ),
        ]
        boxes = [
            Box.of_pixels(x - _HALF, _BARS[0], x + _HALF, _BARS[1]) for x in map(self._middle, range(len(run.labels)))
        ]
        self.bars = [
            Bars("0123456789", box, theme=theme, upward=True, write=None, size=layout.SMALLEST) for box in boxes
        ]
        self._changing = Group()
        self.add(*self.curves, *self.bars, self._pictures(), self._titles(), self._changing)
        self.show(0)

    def show(self, epoch: int) -> None:
        """Show what was measured after an epoch, at once."""
        for curves in self.curves:
            curves.show(epoch)
        for bars, shares, label in zip(self.bars, self.run.shares[epoch], self.run.labels.tolist(), strict=True):
            bars.show(shares.tolist(), label)
        self.remove(self._changing)
        self._changing = Group(self._filters(epoch), *self._numbers(epoch), *self._answers(epoch))
        self.add(self._changing)

    def towards(self, epoch: int) -> list[Animation]:
        """Return the animations that lead to what was measured after another epoch; `show` it afterwards."""
        shares = self.run.shares[epoch].tolist()
        drawn = [curves.draw(epoch) for curves in self.curves]
        return drawn + [bars.grow(row) for bars, row in zip(self.bars, shares, strict=True)]

    def mark(self, epoch: int) -> VGroup:
        """Return a line through both axes at an epoch."""
        marks = VGroup()
        for curves in self.curves:
            x = curves.point(_NAMES[1], epoch)[0]
            marks.add(Strokes([[(x, curves.plane.bottom), (x, curves.plane.top)]], self.theme.highlight, 2.0))
        return marks

    def frame(self, digit: int) -> Rectangle:
        """Return a frame around all that belongs to a digit."""
        x = self._middle(digit)
        box = Box.of_pixels(x - _HALF - 5, _DIGIT[0] - 7, x + _HALF + 5, _READ + 16)
        return Rectangle(box, outline=self.theme.highlight, width=3.0)

    def _filters(self, epoch: int) -> MapWall:
        filters = self.run.filters
        count, high, wide = filters.shape[1:]
        gap = (_RIGHT - _LEFT - count * wide * _WEIGHT) / (count - 1)
        wall = MapWall(
            filters[epoch],
            count,
            units(_WEIGHT),
            theme=self.theme,
            at=pixel((_LEFT + _RIGHT) / 2, 156 + high * _WEIGHT / 2),
            gap=(units(gap), 0.0),
            role="kernel",
            scale=float(np.abs(filters).max()),
        )
        wall.light_all()
        return wall

    def _numbers(self, epoch: int) -> list[Line]:
        """Write what was measured at the right end of each title."""
        loss, accuracy = (map(cell_text, self.run.loss[epoch].tolist()), map(share_text, self.run.accuracy[epoch]))
        colors, right = [self.theme.role(role) for role in _ROLES], pixel(604, 0)[0]
        lines = []
        for curves, (training, validation) in zip(self.curves, (loss, accuracy), strict=True):
            runs = [(f"{training}   ", colors[0]), (validation, colors[1])]
            y = curves.plane.top + units(layout.NOTE) * 1.1
            lines.append(Line(runs, layout.NOTE, at=(right, y), align="right"))
        return lines

    def _answers(self, epoch: int) -> list[Label]:
        """Say below each column what the digit is read as."""
        labels = []
        for column, answer in enumerate(self.run.answers[epoch].tolist()):
            color = self.theme.output if answer == self.run.labels[column] else self.theme.negative
            labels.append(Label(f"read as {answer}", layout.NOTE, color, at=pixel(self._middle(column), _READ)))
        return labels

    def _pictures(self) -> Group:
        top, side = _DIGIT
        group = Group()
        for column, ink in enumerate(self.run.ink):
            x = self._middle(column)
            box = Box.of_pixels(x - side / 2, top, x + side / 2, top + side)
            group.add(PixelImage(value_pixels(ink, "input", 16.0, self.theme), box))
            group.add(Rectangle(box, outline=self.theme.line, width=1.2))
        return group

    def _titles(self) -> VGroup:
        filters, theme = self.run.filters, self.theme
        shape = " × ".join(map(str, filters.shape[1:]))
        weights = f"{shape} weights, the strongest {cell_text(float(np.abs(filters).max()))}"
        titles = (("first filters", weights, 137), ("held-out digits", "shares of 0 to 9, the right one marked", 246))
        lines = ([(name, theme.text), (f"   {what}", theme.muted)] for name, what, _ in titles)
        heights = (y for *_, y in titles)
        return VGroup(
            *(Line(line, layout.NOTE, at=pixel(_LEFT, y), align="left") for line, y in zip(lines, heights, strict=True))
        )

    def _middle(self, column: int) -> float:
        return _LEFT + (column + 0.5) * (_RIGHT - _LEFT) / len(self.run.labels)
