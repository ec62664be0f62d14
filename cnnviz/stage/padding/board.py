"""All padding modes side by side: what each puts around the picture, and the map that follows from it."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnviz.engine.trace import ConvTrace
from cnnviz.stage.layout import LEFT, RIGHT
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.sheet import Sheet, readable
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.padding import Padding

TOP, BOTTOM, NAME_Y = 2.12, -2.6, 2.38
_GAP = 0.22  # between columns
_BETWEEN = 0.22  # between picture and map
_LARGEST_CELL = 0.5


def board(subject: Padding, theme: Theme, *, gray: bool) -> list[list[Any]]:
    """Return the parts of each mode's column: name, padded picture, map; inside the frames all modes agree.

    ``gray`` says whether a picture without numbers is shown as a photograph.
    """
    traces = subject.traces
    most = traces["zeros"]
    rows, out_rows = most.padded.shape[1], most.output_shape[1]
    widths = [max(trace.padded.shape[2], trace.output_shape[2]) for trace in traces.values()]
    cell = min(
        _LARGEST_CELL,
        (RIGHT - LEFT - _GAP * (len(traces) - 1)) / sum(widths),
        (TOP - BOTTOM - _BETWEEN) / (rows + out_rows),
    )
    gap = (RIGHT - LEFT - cell * sum(widths)) / len(traces)
    slack = (TOP - BOTTOM - _BETWEEN - (rows + out_rows) * cell) / 2
    y_in = TOP - slack - rows * cell / 2
    y_out = BOTTOM + slack + out_rows * cell / 2
    scale = max(float(np.abs(trace.fold()).max()) for trace in traces.values())
    found, left = [], LEFT + gap / 2
    for (mode, trace), width in zip(traces.items(), widths, strict=True):
        x = left + width * cell / 2
        left += width * cell + gap
        column = _Column(subject, trace, theme, cell, scale, gray)
        name = Label(mode, 22, theme.highlight, at=(x, TOP - slack + 0.26))
        found.append([name, *column.picture(x, y_in), *column.map(x, y_out)])
    return found


class _Column:
    def __init__(self, subject: Padding, trace: ConvTrace, theme: Theme, cell: float, scale: float, gray: bool) -> None:
        self.subject, self.trace, self.theme = subject, trace, theme
        self.cell, self.scale, self.gray = cell, scale, gray

    def picture(self, x: float, y: float) -> list[Any]:
        peak, trace = self.subject.picture.peak, self.trace
        photo = peak if self.gray else None
        sheet = self._sheet(trace.padded[0], (x, y), role="input", scale=peak, photo=photo, padding=trace.is_padding)
        (above, _), (before, _) = trace.padding
        inner = sheet.cell_box((above, before), *trace.input.shape[1:])
        return [sheet, Rectangle(inner, outline=self.theme.input, width=2.6)]

    def map(self, x: float, y: float) -> list[Any]:
        numbers = all(readable(trace.fold()[0], self.cell) for trace in self.subject.traces.values())
        sheet = self._sheet(self.trace.fold()[0], (x, y), role="output", scale=self.scale, numbers=numbers)
        (above, _), (before, _) = self.trace.padding
        inner = sheet.cell_box((above, before), *self.subject.traces["none"].output_shape[1:])
        return [sheet, Rectangle(inner, outline=self.theme.output, width=2.6)]

    def _sheet(self, values: Any, at: tuple[float, float], **look: Any) -> Sheet:
        return Sheet(values, cell=self.cell, theme=self.theme, at=at, **look)
