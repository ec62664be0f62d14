"""From maps to a line of numbers, and from all of them to one score."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
from manim import FadeIn
from numpy.typing import NDArray

from cnnviz.stage.glide import LATE, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.mobjects.number_grid import fits, grid_texts
from cnnviz.stage.pictures.band import Band
from cnnviz.stage.pictures.grid import Form, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.stories.filtering import Filtering
from cnnviz.stage.text import Label, Line, size_within
from cnnviz.subjects.number import MINUS, cell_text
from cnnviz.subjects.volumes import places
from cnnviz.subjects.worked import multiplying

_PART, _TALL_PART = 8, 5  # numbers of a line that are shown, and in a tall frame
_CELL, _WORDS = 0.85, 1.5  # their side, and room for words before them
_FEW = 4  # digits of a product


class Lining(Filtering):
    """What flattening and dense layers do."""

    def flatten(self, index: int) -> None:
        """Lay all numbers in a line, and follow one to its place."""
        assert self.s.thread.flattened is not None
        maps, (channel, row, column) = self.s.thread.flattened
        (_, rows, columns), line = maps.shape, maps.ravel()
        place = channel * rows * columns + row * columns + column
        scale = float(np.abs(maps).max()) or 1.0
        form: Form = "pixels" if rows == 1 and columns > 2 * self.part else "auto"
        x = Grid(maps[channel], "output", "map", detail=f"{channel}", scale=scale, form=form, strip=True, zoom=1.6)
        part, first = self.excerpt(line, place)
        side, detail = min(_CELL, self.room.width / self.part), f"{first:,} … {first + len(part) - 1:,}"
        strip = Grid(part[None], "output", "part", detail=detail, scale=scale, side=side)
        formula = Slot(3.6, 0.5)
        band = Band(line, scale, self.room.width, "the line", detail=f"{line.size:,}")
        top = Row(x, Column(strip, formula, gap=0.2), gap=0.8)
        self.stage_act(Column(top if self.frame.width > self.frame.height else Column(*top.items), band))
        source, mark = (
            Outline(x, (row, column), color=self.theme.highlight),
            Outline(strip, (0, place - first), color=self.theme.highlight),
        )
        sentence = "Flatten: {values} numbers in one line, map by map. This one gets index {place}."
        with self.beat(sentence, values=line.size, place=place, focus=[mark]):
            if self.holds(index - 1, maps):
                self.dive(index - 1, x, [x], [places(maps)[channel]])
            self.show(source, band, strip) if self.drawn else self.show(x, source, band, strip)
            self.fly((x.copy_of((row, column)), strip.cell_box((0, place - first))))
            theme, at = self.theme, (formula.box.left, formula.box.center[1])
            ink = theme.muted
            runs = [
                (f"{channel} · {rows * columns} + {row} · {columns} + {column}", ink),
                (" = ", ink),
                (f"{place:,}", theme.highlight),
            ]
            self.show(mark, band.mark(place), Line(runs, 26, at=at, align="left"), seconds=0.3)
        sentence = "All {values} stand in one line now: that is what a dense layer reads."
        with self.beat(sentence, values=line.size, focus=[self.stops[index].volume.front]):
            self.rise(index, stood=band.stripes)

    @property
    def part(self) -> int:
        """How many numbers of a line are shown: as many as can be read."""
        return _PART if self.frame.width >= self.frame.height else _TALL_PART

    def excerpt(self, line: NDArray[np.floating], place: int) -> tuple[NDArray[np.floating], int]:
        """Return the numbers around a place of a line, and where they begin."""
        first = max(0, min(place - self.part // 2, len(line) - self.part))
        return line[first : first + self.part], first

    def score(self) -> None:
        """Multiply the line with the weights of the answer's neuron, and add up."""
        step, theme, name = self.s.thread.dense, self.theme, self.s.called(self.s.answer)
        place = int(np.argmax(step.products))
        flattened = self.s.thread.flattened
        if flattened is not None and np.array_equal(flattened[0].ravel(), step.values):
            place = int(np.ravel_multi_index(flattened[1], flattened[0].shape))
        side = min(1.15, (self.room.height - 1.02) / 3, (self.room.width - _WORDS - 0.4) / self.part)
        rows, names = [], []
        factors = [self.excerpt(one, place)[0] for one in (step.values, step.weights)]
        digits = multiplying(zip(*(one.tolist() for one in factors), strict=True))
        if not fits(chain(*grid_texts(np.stack(factors), digits)), side):
            digits = _FEW
        for values, role, _ in self.factors(step):
            part, first = self.excerpt(values, place)
            texts = grid_texts(part[None], _FEW if values is step.products else digits)
            rows.append(Grid(part[None], role, scale=float(np.abs(values).max()) or 1.0, side=side, texts=texts))
            names.append(Slot(_WORDS, side))
        span, end = Slot(5.6, 0.3), Slot(5.6, 0.45)
        above, below = Row(Slot(_WORDS, 0.3), span), Row(Slot(_WORDS, 0.4), end)
        self.stage_act(Column(above, *map(Row, names, rows), below, gap=0.06))
        labels = [
            Label(say(title), NOTE + 5, theme.role(role), at=(slot.box.right - 0.05, slot.box.center[1]), align="right")
            for slot, (_, role, title) in zip(names, self.factors(step), strict=True)
        ]
        text, at = f"{first:,} … {first + len(part) - 1:,}", (span.box.left, span.box.center[1])
        heading = Label(text, NOTE, theme.muted, at=at, align="left")
        total = float(step.products.sum())
        ends = [_finer(number) for number in (total, abs(step.bias))] + [cell_text(step.result)]
        sign = f" {'+' if step.bias >= 0 else '−'} {say('bias')} "
        runs = [(say("sum of all {all}: ", all=step.products.size), theme.muted), (ends[0], theme.text)]
        runs += [(sign, theme.muted), (ends[1], theme.kernel), (" ≈ ", theme.muted), (ends[2], theme.output)]
        with self.beat("Each number of the line meets a weight of its own.", focus=rows[2:]):
            before = self.stops[self.risen - 1].volume
            self.leave(Resettle(rows[0], before.box), FadeIn(heading, labels[0], rate_func=LATE))
            self.drawn += [rows[0], heading, labels[0]]
            for label, grid in zip(labels[1:], rows[1:], strict=True):
                self.show(label, grid, seconds=0.35)
        sentence = "Products and a bias add up to {score} for {answer}."
        with self.beat(sentence, score=step.result, answer=name) as beat:
            size = size_within(self.room.right - end.box.left, 26, *(text for text, _ in runs))
            line = Line(runs, size, at=(end.box.left, end.box.center[1]), align="left")
            self.show(line)
            beat.focus = [line[-1]]

    def factors(self, step: Any) -> tuple[tuple[NDArray[np.floating], str, Template], ...]:
        """Return what meets in a dense layer, with role and name."""
        return (
            (step.values, "output", "numbers"),
            (step.weights, "kernel", "weights"),
            (step.products, "output", "products"),
        )


def _finer(number: float) -> str:
    """Write a number with a digit more than a cell has, so that what is added up of two comes out."""
    return f"{number:.3f}".replace("-", MINUS) if 1e-3 <= abs(number) < 1e3 else cell_text(number)
