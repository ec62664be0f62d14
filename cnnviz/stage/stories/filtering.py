"""Windows at work on the way through a network: convolutions and poolings, one number and then one map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from manim import FadeOut
from numpy.typing import NDArray

from cnnviz.stage.glide import SOON, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.meeting import MOST_SLICES, Meeting
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.sheet import Sheet
from cnnviz.stage.pictures.stack import Stack, Tunnel
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.stage.stories.passing import MOST_MAPS, Passing
from cnnviz.stage.text import Line
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.volumes import places

_LOW = 4.9  # units: a room for few slices
_POOLED = 1.6  # cells of the maps before: one that is pooled
_AFTER = 0.5  # cells of the maps before: a map that is made, beside them
_BESIDE = 1.6  # heights of a room: in a wider one, the sum stands beside the maps
_BEYOND = 1.0  # units between pictures: a window goes beyond the last map by a cell
_MEETING = 0.7  # of the width of a room, for what meets beside the maps
_NEAR = 0.5  # units between these and a map that grows
_ROWS = 12  # of a map, to be swept one by one


class Filtering(Passing):
    """What layers with windows do."""

    def convolve(self, look: Any, *, first: bool) -> None:
        """Lay a window on the maps, add up, and let the filter make its map."""
        trace, step = look.trace, look.trace.at(look.cell)
        index = self.s.station_of(look.layer)
        depth = len(trace.input)
        in_color = first and depth == 3 and not self.s.seen.known.is_row
        roles = CHANNELS if in_color else ("input",) if first else ("output",)
        low = not self.frame.is_wide and self.room.height < _LOW
        wide, high = self.room.width, self.room.height - 0.05
        beside = wide > _BESIDE * high
        meeting = Meeting(
            look, roles, 3 if low else MOST_SLICES, (_MEETING * wide, high) if beside else (wide, 0.5 * high)
        )
        chosen = [step.input_channels[one] for one in meeting.slices]
        scale, strongest = (float(np.abs(values).max()) or 1.0 for values in (trace.input, look.maps))
        light: dict[str, Any] = {"photo": scale} if first and depth == 1 and not self.s.seen.known.is_row else {}
        sheets = [
            self.sheet(trace.input[one], role, scale, **light) for one, role in zip(chosen, meeting.roles, strict=True)
        ]
        y = self.sheet(look.maps[look.cell[0]], "output", strongest, hidden=True, zoom=_AFTER)
        x = sheets[0]
        several, role = len(sheets) > 1, "input" if first else "output"
        named: dict[str, Any] = {} if first else {"title": "maps", "detail": f"{len(sheets)} / {depth}"}
        stack: Any = Stack(sheets, role=role, gap=0.55, folded=True, **named) if several else sheets[0]
        orders = [stack, Column(meeting, y, gap=0.4)], [stack, meeting, y], [stack, y, meeting]
        self.stage_act(*self.roomiest(*orders, gap=_BEYOND, most=0.6), gap=_BEYOND)
        self.add(meeting)
        self.drawn += [meeting]
        fields: dict[str, Any] = {"count": step.products.size}
        sentence: Template = "A filter lies on one window: {count} numbers meet {count} weights."
        if not first:
            sentence, fields = "The next filters look through all {depth} maps at once, at one place.", {"depth": depth}
        with self.beat(sentence, **fields) as beat:
            where: dict[str, Any] = {"cell": self.inside(step, x)}
            kernel = self.span(trace.weight.shape[2:], x)
            if self.holds(index - 1, trace.input):
                depths = [one / max(1, depth - 1) for one in chosen] if first else places(trace.input)
                self.dive(index - 1, stack, sheets, depths if first else [depths[one] for one in chosen])
            else:
                self.show(stack)
                if several:
                    self.play(stack.fan(), run_time=0.9)
            if several:
                window: Any = Tunnel(stack, kernel, **where)
                beat.focus = [*window.windows]
            else:
                window = Window(stack, kernel, trace.dilation if x.apart == 1 else (1, 1), **where)
                beat.focus = [window]
            self.show(window)
            *parts, end = meeting.parts()
            for part in parts:
                self.appear(part, into=meeting, seconds=0.35)
        sentence, fields = self.added(look)
        with self.beat(sentence, focus=[meeting.content[-1]], **fields) as beat:
            self.appear(end, into=meeting)
            self.show(y, seconds=0.3)
            cell = y.at(look.cell[1:])
            mark = Outline(y, cell, color=self.theme.text)
            self.fly(([end[-1][-1].copy()], y.cell_box(cell)), scale=0.6, seconds=0.6)
            y.show([cell])
            self.show(mark, seconds=0.2)
            beat.focus = [mark]

        swept = partial(self.sweep, look, window, x, y, mark)
        self.finish(look, index, (meeting, stack, y, mark), swept, first=first)

    def sheet(self, values: NDArray[np.floating], role: str, scale: float, **look: Any) -> Sheet:
        """Make a map of pixels, not too fine to be drawn."""
        return Sheet(values, role, scale=scale, form="pixels", **look)

    def inside(self, step: Any, sheet: Sheet) -> tuple[int, int]:
        """Return the cell of the unpadded maps at which a window begins."""
        return sheet.at(step.input_origin[-2:])

    def span(self, kernel: Sequence[int], sheet: Sheet) -> tuple[int, int]:
        """Return how many cells of a sheet a window is wide and high."""
        rows, columns = (max(1, round(size / sheet.apart)) for size in kernel)
        return rows, columns

    def added(self, look: Any) -> Said:
        """Say what the window has come to."""
        step = look.trace.at(look.cell)
        fields = {"count": step.products.size, "sum": step.result, "outcome": look.outcome}
        if look.squashed == "ReLU" and look.outcome == 0:
            return "All {count} products together are below 0: the ReLU stops them.", fields
        if look.squashed == "ReLU" and look.trace.bias is None:
            return "{count} products; above 0, the ReLU lets {outcome} pass.", fields
        if look.squashed == "ReLU":
            return "{count} products and a bias; above 0, the ReLU lets {outcome} pass.", fields
        if look.squashed:
            return "{count} products add up to {sum}; the activation makes {outcome} of it.", fields
        return "{count} products add up to {outcome}.", fields

    def finish(
        self,
        look: Any,
        index: int,
        act: tuple[Meeting, Any, Sheet, Outline],
        sweep: Callable[[], None],
        *,
        first: bool,
    ) -> None:
        """Sweep the map, then show all maps, and let the block rise where they are what it holds."""
        if first:
            with self.beat("The same weights at every place: one filter makes one map.", focus=[act[2]]):
                self.only_weights(*act)
                sweep()
        filters = len(look.trace.weight)
        dark = int((np.abs(look.maps).max(axis=(1, 2)) == 0).sum()) if filters <= MOST_MAPS else 0
        words: Template = "{filters} filters make {filters} maps: each lights up where its pattern is."
        if first and dark:
            words = "{filters} maps, each lit where its pattern is; some find it nowhere."
        if first and dark == 1:
            words = "{filters} maps, each lit where its pattern is; one finds it nowhere."
        if not first:
            words = "The next filters look at all of that: patterns of patterns."
        fields: dict[str, Any] = {"filters": filters} if first else {}
        with self.beat(words, **fields) as beat:
            if not first:
                self.only_weights(*act)
                sweep()
            beat.focus, shown = self.hang(look.maps, act[2], look.cell[0])
            self.rest(1.0)
            if index == self.risen and look.maps.shape == self.stations[index].shape:
                depths = places(look.maps)
                self.rest(0.2)
                self.rise(index, beat.focus, [depths[one] for one in shown])
                beat.focus = [self.stops[index].volume.front]

    def only_weights(self, meeting: Meeting, stack: Any, y: Sheet, mark: Outline) -> None:
        """Let the numbers of one place go before the window leaves it; the weights, the same for all, stay.

        The map takes the room that is left.
        """
        kept = [part for part in meeting.content[1] if isinstance(part, Grid)]
        gone = [*meeting.content[:1], *(p for p in meeting.content[1] if p not in kept), *meeting.content[2:]]
        meeting.put(*kept)
        self.add(*gone)
        if stack.box.right < meeting.box.left and len(kept) == 1:
            y.zoom = 1.0
            self.rearrange(stack, kept[0], y, gone=gone, room=self.room, gap=_BEYOND)
            return
        rooms = self.left_for(stack, kept)
        before, top, ring = y.box, y.top, mark.box
        self.fit(y, room=max(rooms, key=lambda room: min(room.width, room.height)))
        self.add(mark)
        moves = [Resettle(y, before, top), Resettle(mark.lay(mark.cell), ring)]
        self.play(*(FadeOut(part, rate_func=SOON) for part in gone), *moves, run_time=0.8)

    def left_for(self, stack: Any, kept: Sequence[Grid]) -> list[Box]:
        """Return the rooms for a map: beside or below the maps before and the weights, and below these alone."""
        room, boxes = self.room, [one.box for one in kept]
        right, low = max(box.right for box in boxes), min(box.bottom for box in boxes) - _NEAR
        wall = max(stack.box.right, right) + _NEAR
        rooms = [
            Box(min(wall, room.right - 0.01), room.bottom, room.right, room.top),
            Box(room.left, room.bottom, room.right, max(room.bottom + 0.01, min(stack.box.bottom - _NEAR, low))),
        ]
        if stack.box.right < min(box.left for box in boxes):
            left = stack.box.right + _NEAR
            rooms.append(Box(left, room.bottom, room.right, max(room.bottom + 0.01, low)))
        return rooms

    def sweep(self, look: Any, window: Any, x: Sheet, y: Sheet, mark: Outline | None = None) -> None:
        """Go over the map row by row, some rows at once where there are many; over one row from the left."""
        (rows, columns), trace = y.values.shape, look.trace
        (high, wide), shown = trace.output_shape[1:], 0
        if rows == 1:
            parts = min(columns, _ROWS)
            for column in sorted({round((part + 1) * columns / parts) for part in range(parts)}):
                step = trace.at((look.cell[0], 0, min(column * y.apart, wide) - 1))
                self.move(window, self.inside(step, x), 0.16)
                y.show((0, j) for j in range(shown, column))
                if mark is not None:
                    mark.lay((0, column - 1))
                shown = column
                self.hold(0.04)
            return
        for row in sorted({round((part + 1) * rows / min(rows, _ROWS)) for part in range(min(rows, _ROWS))}):
            step = trace.at((look.cell[0], min(row * y.apart, high) - 1, wide - 1))
            self.move(window, self.inside(step, x), 0.16)
            y.show((i, j) for i in range(shown, row) for j in range(columns))
            if mark is not None:
                mark.lay((row - 1, columns - 1))
            shown = row
            self.hold(0.04)

    def pool(self, look: Any) -> None:
        """Take what a pooling leaves of one window, then of one map."""
        trace, step = look.trace, look.trace.at(look.cell)
        index, channel = self.s.station_of(look.layer), look.cell[0]
        scale = float(np.abs(trace.input[channel]).max()) or 1.0
        x = Sheet(trace.input[channel], "output", "one map", scale=scale)
        side = min(0.9, 1.8 / max(step.values.shape))
        patch = Grid(step.values, "output", "window", detail="", scale=scale, side=side)
        result = Slot(2.6, 0.5)
        y = Sheet(look.maps[channel], "output", "pooled", scale=scale, hidden=True, zoom=_POOLED)
        self.stage_act(x, Column(patch, result), y)
        window = Window(x, self.span(step.values.shape, x), cell=self.inside(step, x))
        most = trace.kind == "max"
        sentence = "Average pooling takes the mean of {count} numbers: {outcome}."
        if most:
            sentence = "Max pooling keeps the largest of {count} numbers: {outcome}."
        with self.beat(sentence, count=step.values.size, outcome=look.outcome, focus=[window]):
            if self.holds(index - 1, trace.input):
                self.dive(index - 1, x, [x], [places(trace.input)[channel]])
            else:
                self.show(x)
            self.show(window, patch)
            marks = [Outline(patch, self.winner(step), color=self.theme.highlight)] if most else []
            text = cell_text(look.outcome)
            runs = [(f"{say('max') if most else say('mean')} ", self.theme.muted), (text, self.theme.output)]
            line = Line(runs, 26, at=(result.box.left, result.box.center[1]), align="left", bold=True)
            self.show(*marks, line)
            self.show(y, seconds=0.2)
            cell = y.at(look.cell[1:])
            self.fly(([line[-1].copy()], y.cell_box(cell)), seconds=0.6)
            y.show([cell])
            self.rest(0.6)
        with self.beat("Every window leaves one number, in every map.", focus=[y]):
            y.zoom = min(x.rows / y.rows, x.columns / y.columns)
            gone = [patch, *marks, line]
            self.drawn = [part for part in self.drawn if part not in gone]
            self.rearrange(x, y, gone=gone, room=self.room, gap=_BEYOND)
            self.sweep(look, window, x, y)
        if index != self.risen:
            return
        sentence = "The same in every map: {label} numbers are left."
        with self.beat(sentence, label=self.stations[index].label, focus=[self.stops[index].volume.front]):
            alike = look.maps.shape == self.stations[index].shape
            self.rise(index, *([y], [places(look.maps)[channel]]) if alike else ())

    def winner(self, step: Any) -> tuple[int, int]:
        """Return the cell of the largest number in its window."""
        row, column = np.unravel_index(
            int(np.argmax(np.where(step.is_padding, -np.inf, step.values))), step.values.shape
        )
        return int(row), int(column)
