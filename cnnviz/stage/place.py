"""Places, solved for the frame at hand: what stands beside what, as large as fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from cnnviz.stage.layout import LARGEST_CELL, Box

_HALVINGS, LEAST = 30, 0.005
_UP = 0.7  # a single line stands a little above the middle


class Item(Protocol):
    """What can be placed: it says how large it is when a cell has some size, and takes its place."""

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height, titles and notes included, at a cell of so many units a side."""

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""


class Column:
    """Items one below the other, as one item; their left edges align.

    Parameters
    ----------
    items : Item
    gap : float
        Between two of them.
    """

    def __init__(self, *items: Item, gap: float = 0.3) -> None:
        self.items, self.gap = items, gap

    def extent(self, cell: float) -> tuple[float, float]:
        """Return the widest width and the sum of the heights."""
        sizes = [item.extent(cell) for item in self.items]
        return max(width for width, _ in sizes), sum(height for _, height in sizes) + self.gap * (len(sizes) - 1)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Place all of them."""
        for item in self.items:
            item.settle(left, top, cell)
            top -= item.extent(cell)[1] + self.gap


class Row:
    """Items side by side that stay so in every frame, as one item; their upper edges align."""

    def __init__(self, *items: Item, gap: float = 0.4) -> None:
        self.items, self.gap = items, gap

    def extent(self, cell: float) -> tuple[float, float]:
        """Return the sum of the widths and the largest height."""
        sizes = [item.extent(cell) for item in self.items]
        return sum(width for width, _ in sizes) + self.gap * (len(sizes) - 1), max(height for _, height in sizes)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Place all of them."""
        for item in self.items:
            item.settle(left, top, cell)
            left += item.extent(cell)[0] + self.gap


class Inset:
    """A picture of columns that begins some of its columns further to the right.

    Parameters
    ----------
    item : Grid or Stems
    columns : int
    """

    def __init__(self, item: Any, columns: int) -> None:
        self.item, self.columns, self.items = item, columns, (item,)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return its width with what is before it, and its height."""
        wide, high = self.item.extent(cell)
        return wide + self._before(cell), high

    def settle(self, left: float, top: float, cell: float) -> None:
        """Place it."""
        self.item.settle(left + self._before(cell), top, cell)

    def _before(self, cell: float) -> float:
        return float(self.columns * self.item.size(cell)[0] / self.item.columns)


class Table:
    """Rows of items as one item: what stands one below the other begins at one left edge.

    Parameters
    ----------
    rows : sequence of Item
        Equally many each.
    gap : (float, float)
        Between two columns, and between two rows.
    """

    def __init__(self, *rows: Sequence[Item], gap: tuple[float, float] = (0.4, 0.3)) -> None:
        self.rows, self.gap = rows, gap
        self.items = [item for row in rows for item in row]

    def extent(self, cell: float) -> tuple[float, float]:
        """Return the sums of the widest widths and of the largest heights."""
        widths, heights = self._sizes(cell)
        across, down = self.gap
        return sum(widths) + across * (len(widths) - 1), sum(heights) + down * (len(heights) - 1)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Place all of them."""
        widths, heights = self._sizes(cell)
        for row, height in zip(self.rows, heights, strict=True):
            x = left
            for item, width in zip(row, widths, strict=True):
                item.settle(x, top, cell)
                x += width + self.gap[0]
            top -= height + self.gap[1]

    def _sizes(self, cell: float) -> tuple[list[float], list[float]]:
        sizes = [[item.extent(cell) for item in row] for row in self.rows]
        heights = [max(height for _, height in row) for row in sizes]
        return [max(width for width, _ in column) for column in zip(*sizes, strict=True)], heights


def arrange(items: Sequence[Item], room: Box, *, gap: float = 0.6, most: float = LARGEST_CELL) -> float:
    """Set items side by side, in as many lines as make their cells largest; return the side of a cell.

    ::

        wide   A  B  C         tall   A B
                                       C

    All items share one size of cell, so that a smaller map is seen to be smaller. What is left of the room is shared
    out evenly between and around them.

    Parameters
    ----------
    items : sequence of Item
    room : Box
        Where they stand.
    gap : float
        The least distance of two items.
    most : float
        The largest side of a cell, in units.
    """
    cell, lines = max(
        ((_largest(lines, room, gap, most), lines) for lines in _broken(list(items))),
        key=lambda found: (round(found[0], 6), -len(found[1])),
    )
    cell = max(cell, LEAST)  # rather too large for the room than gone
    heights = [max(item.extent(cell)[1] for item in line) for line in lines]
    spare = max(0.0, (room.height - sum(heights) - gap * (len(lines) - 1)) / (len(lines) + 1))
    top = room.top - (spare if len(lines) > 1 else _UP * spare)
    for line, height in zip(lines, heights, strict=True):
        widths = [item.extent(cell)[0] for item in line]
        free = (room.width - sum(widths)) / (len(line) + 1)
        left = room.left + free
        for item, width in zip(line, widths, strict=True):
            item.settle(left, top, cell)
            left += width + free
        top -= height + gap + spare
    return cell


def _largest(lines: Sequence[Sequence[Item]], room: Box, gap: float, most: float) -> float:
    """Return the largest cell with which the lines fit into the room, found by halving; 0 if none does."""
    low, high = 0.0, most
    if _fit(lines, room, gap, most):
        return most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _fit(lines, room, gap, middle) else (low, middle)
    return low


def _fit(lines: Sequence[Sequence[Item]], room: Box, gap: float, cell: float) -> bool:
    height = -gap
    for line in lines:
        sizes = [item.extent(cell) for item in line]
        if sum(width for width, _ in sizes) + gap * (len(sizes) - 1) > room.width:
            return False
        height += max(h for _, h in sizes) + gap
    return height <= room.height


def _broken(items: list[Item]) -> Iterator[list[list[Item]]]:
    """Break a line of items into lines in every way that keeps their order."""
    for cuts in range(2 ** (len(items) - 1)):
        lines = [[items[0]]]
        for index, item in enumerate(items[1:]):
            if cuts >> index & 1:
                lines.append([item])
            else:
                lines[-1].append(item)
        yield lines
