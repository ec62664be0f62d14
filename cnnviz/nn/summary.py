"""The summary of a network: every layer with its shape, its cost and what it sees, from shapes alone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnviz.engine.receptive_field import Size

if TYPE_CHECKING:
    from rich.table import Table

Shape = tuple[int, ...]
"""Of one example, without the N in front."""

HEADINGS = ("name", "layer", "output", "parameters", "MACs", "receptive field")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """What there is to say of one layer."""

    name: str
    layer: str
    """What it is, in a few words."""
    output: Shape
    """Of one example."""
    parameters: int
    """Numbers that training can change."""
    macs: int
    """Multiply-and-add steps of convolutions and dense layers for one example."""
    receptive_field: Size
    """Cells of the input that a cell of the output sees; infinite if it sees all, also beyond any border."""
    jump: Size
    """Cells of the input between neighbors in the output."""

    def cells(self) -> tuple[str, ...]:
        """Write each field as text."""
        return (
            self.name,
            self.layer,
            shape_text(self.output),
            f"{self.parameters:,}",
            f"{self.macs:,}",
            _seen(self.receptive_field),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """Every layer of a network in the order they run.

    ``print(summary)`` writes a table, ``rich.print(summary)`` a colored one, ``summary.json()`` a text for programs.
    """

    input: Shape
    rows: tuple[SummaryRow, ...]

    def __iter__(self) -> Iterator[SummaryRow]:
        return iter(self.rows)

    @property
    def output(self) -> Shape:
        """The shape that comes out at the end."""
        return self.rows[-1].output

    @property
    def parameters(self) -> int:
        """Numbers that training can change, in all layers."""
        return sum(row.parameters for row in self.rows)

    @property
    def macs(self) -> int:
        """Multiply-and-add steps of all layers for one example."""
        return sum(row.macs for row in self.rows)

    @property
    def receptive_field(self) -> Size:
        """That of the last layer which does not yet see everything; infinite if the first already does."""
        sizes = [row.receptive_field for row in self.rows if row.receptive_field != math.inf]
        return sizes[-1] if sizes else math.inf

    def __str__(self) -> str:
        table = [HEADINGS, ("input", "", shape_text(self.input), "", "", "1"), *(row.cells() for row in self.rows)]
        table.append(self._total())
        widths = [max(len(line[i]) for line in table) for i in range(len(HEADINGS))]
        lines = []
        for line in table:
            left = (cell.ljust(width) for cell, width in zip(line[:3], widths[:3], strict=True))
            right = (cell.rjust(width) for cell, width in zip(line[3:], widths[3:], strict=True))
            lines.append("  ".join((*left, *right)).rstrip())
        rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
        return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])

    def __rich__(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(show_footer=True)
        total = self._total()
        for heading, footer in zip(HEADINGS, total, strict=True):
            numeric = heading in HEADINGS[3:]
            table.add_column(heading, Text(footer), justify="right" if numeric else "left", overflow="fold")
        table.add_row("input", "", shape_text(self.input), "", "", "1")
        for row in self.rows:
            table.add_row(*(Text(cell) for cell in row.cells()))
        return table

    def json(self) -> str:
        """Write everything as one JSON object; a receptive field of null is the whole input."""
        layers = [
            {
                "name": row.name,
                "layer": row.layer,
                "output": row.output,
                "parameters": row.parameters,
                "macs": row.macs,
                "receptive_field": _plain(row.receptive_field),
                "jump": _plain(row.jump) if row.receptive_field != math.inf else None,
            }
            for row in self.rows
        ]
        whole = {
            "input": self.input,
            "output": self.output,
            "parameters": self.parameters,
            "macs": self.macs,
            "receptive_field": _plain(self.receptive_field),
            "layers": layers,
        }
        return json.dumps(whole, indent=2)

    def _total(self) -> tuple[str, ...]:
        return ("total", "", shape_text(self.output), f"{self.parameters:,}", f"{self.macs:,}", "")


def shape_text(shape: Shape) -> str:
    """Write ``(64, 28, 28)`` as ``64x28x28``."""
    return "x".join(map(str, shape))


def _seen(size: Size) -> str:
    if isinstance(size, tuple):
        return "x".join(_seen(side) for side in size)
    return "all" if size == math.inf else f"{size:g}"


def _plain(size: Size) -> Any:
    return None if size == math.inf else size
