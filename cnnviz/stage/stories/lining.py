"""From maps to a line of numbers, and from all of them to one score."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.pictures.grid import Form, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.stories.filtering import Filtering
from cnnviz.stage.text import Label, Line
from cnnviz.subjects.number import cell_text

_PART, _CELL = 8, 0.66  # numbers of a line that are shown, and their side


class Lining(Filtering):
    """What flattening and dense layers do."""

    def flatten(self, index: int) -> None:
        """Lay all numbers in a line, and follow one to its place."""
        assert self.s.thread.flattened is not None
        maps, (channel, row, column) = self.s.thread.flattened
        (_, rows, columns), line = maps.shape, maps.ravel()
        place = channel * rows * columns + row * columns + column
        scale = float(np.abs(maps).max()) or 1.0
        form: Form = "pixels" if rows == 1 and columns > 2 * _PART else "auto"
        x = Grid(maps[channel], "output", "map", detail=f"{channel}", scale=scale, form=form, strip=True)
        part, first = self.excerpt(line, place)
        strip = Grid(
            part[None], "output", "the line", detail=f"{first:,} … {first + len(part) - 1:,}", scale=scale, side=_CELL
        )
        formula = Slot(3.6, 0.5)
        self.stage_act(x, Column(strip, formula, gap=0.2))
        source, mark = (
            Outline(x, (row, column), color=self.theme.highlight),
            Outline(strip, (0, place - first), color=self.theme.highlight),
        )
        sentence = "Flatten: {values} numbers in one line, map by map. This one gets index {place}."
        with self.beat(sentence, values=line.size, place=place, focus=[mark]):
            self.show(x, source)
            self.show(strip)
            self.fly((x.copy_of((row, column)), strip.cell_box((0, place - first))))
            theme, at = self.theme, (formula.box.left, formula.box.center[1])
            ink = theme.muted
            runs = [
                (f"{channel} · {rows * columns} + {row} · {columns} + {column}", ink),
                (" = ", ink),
                (f"{place:,}", theme.highlight),
            ]
            self.show(mark, Line(runs, 24, at=at, align="left"), seconds=0.3)
            self.rise(index)

    def excerpt(self, line: NDArray[np.floating], place: int) -> tuple[NDArray[np.floating], int]:
        """Return the numbers around a place of a line, and where they begin."""
        first = max(0, min(place - _PART // 2, len(line) - _PART))
        return line[first : first + _PART], first

    def score(self, index: int) -> None:
        """Multiply the line with the weights of the answer's neuron, and add up."""
        step, theme, name = self.s.thread.dense, self.theme, self.s.called(self.s.answer)
        place = int(np.argmax(step.products))
        flattened = self.s.thread.flattened
        if flattened is not None and np.array_equal(flattened[0].ravel(), step.values):
            place = int(np.ravel_multi_index(flattened[1], flattened[0].shape))
        rows, names, side = [], [], min(_CELL, (self.below.height - 1.02) / 3)
        for values, role, _ in self.factors(step):
            part, first = self.excerpt(values, place)
            rows.append(Grid(part[None], role, scale=float(np.abs(values).max()) or 1.0, side=side))
            names.append(Slot(1.15, side))
        ends, end = Slot(5.6, 0.3), Slot(5.6, 0.45)
        self.stage_act(Column(Row(Slot(1.15, 0.3), ends), *map(Row, names, rows), Row(Slot(1.15, 0.4), end), gap=0.06))
        labels = [
            Label(say(title), NOTE + 1, theme.role(role), at=(slot.box.right - 0.05, slot.box.center[1]), align="right")
            for slot, (_, role, title) in zip(names, self.factors(step), strict=True)
        ]
        text, at = f"{first:,} … {first + len(part) - 1:,}", (ends.box.left, ends.box.center[1])
        heading = Label(text, NOTE, theme.muted, at=at, align="left")
        total = float(step.products.sum())
        texts = [cell_text(number) for number in (total, abs(step.bias), step.result)]
        sign = f" {'+' if step.bias >= 0 else '−'} {say('bias')} "
        runs = [(say("sum of all {all}: ", all=step.products.size), theme.muted), (texts[0], theme.text)]
        runs += [(sign, theme.muted), (texts[1], theme.kernel), (" ≈ ", theme.muted), (texts[2], theme.output)]
        sentence = "A weight for each of {all} numbers; the products add up to {score} for {answer}."
        with self.beat(sentence, all=step.products.size, score=step.result, answer=name) as beat:
            self.show(heading, seconds=0.2)
            for label, grid in zip(labels, rows, strict=True):
                self.show(label, grid, seconds=0.35)
            line = Line(runs, 24, at=(end.box.left, end.box.center[1]), align="left")
            self.show(line)
            beat.focus = [line[-1]]
            self.rise(index)

    def factors(self, step: Any) -> tuple[tuple[NDArray[np.floating], str, Template], ...]:
        """Return what meets in a dense layer, with role and name."""
        return (
            (step.values, "output", "numbers"),
            (step.weights, "kernel", "weights"),
            (step.products, "output", "products"),
        )
