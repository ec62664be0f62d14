"""One number of a gradient on its way back: through a pooling, two ReLUs, a convolution, and into a filter."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from cnnviz.stage.language import Template, say
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column
from cnnviz.stage.stories.handing_back import HandingBack
from cnnviz.subjects.backward_pass import Back, Followed
from cnnviz.subjects.number import MINUS, as_in_cell, cell_text

MAP: Template = "map {number}"
SILENT: Template = "{silent} of {count} are 0"
AIR = 0.02  # units: of a cell, more than the smallest one that can be read
NOTE, SUMS = (3.3, 0.4), (2.2, 0.4)  # units, of what is written below a map


class Following(HandingBack):
    """The acts of one number, each named like what the layer does; what comes out of one goes into the next.

    Attributes
    ----------
    one : Followed
    map : Grid
        The map that the number is on.
    """

    one: Followed
    map: Grid

    def pool(self, back: Back) -> None:
        """Hand it to the winner of its window."""
        one, came = self.one, self.map
        (row, column), cell, count = one.window, one.cell, Slot(*NOTE)
        seen = self.sheet(one.forward[row : row + 2, column : column + 2], "output", "its window")
        self.map = self.field(back.maps[one.map], one.map)
        told: Template = "Pooling hands it to the winner of its window, {winner}; the others get nothing."
        with self.beat(told, winner=as_in_cell(float(one.forward[cell])), focus=[seen]):
            self.lay(came, seen, Column(self.map, count, gap=0.0), later=[self.map])
            self.hand_back(back)
            won = self.mark(seen, (cell[0] - row, cell[1] - column))
            self.fly((came.copy_of(one.pooled), seen.cell_box(won.cell)), seconds=0.6)
            self.unfold(self.map, back, one.map)
            self.mark(self.map, one.window, 2, 2, self.theme.kernel)
            flight = came.copy_of(one.pooled), self.map.cell_box(cell)
            self.fly(flight, scale=self.map.side / came.side, seconds=0.6)
            self.mark(self.map, cell)
            self.write_silent(count, back, one.value)
            self.rest(0.6)

    def gate(self, back: Back) -> None:
        """Let it through, for it came to a number above 0."""
        self.let_through(back, self.one.map, self.one.forward, self.one.cell)

    def gate_again(self, back: Back) -> None:
        """Let it through once more."""
        self.let_through(back, self.one.target, self.one.below, self.one.place)

    def let_through(self, back: Back, number: int, seen: NDArray[Any], cell: Cell) -> None:
        """Show what ReLU had left on the way there, and let go what came to its zeros."""
        above, count = Slot(*SUMS), Slot(*NOTE)
        forward = self.field(seen, number, "output", "relu, on the way there")
        told: Template = "ReLU lets through what came to a number above 0, such as {value}."
        value = float(seen[cell])
        with self.beat(told, value=as_in_cell(value), focus=[forward, self.map]):
            self.lay(Column(forward, above, gap=0.0), Column(self.map, count, gap=0.0))
            self.mark(forward, cell)
            self.write(above, (f"{cell_text(value)} > 0", self.theme.output))
            self.hand_back(back)
            self.map.become(back.maps[number])
            self.write_silent(count, back, float(back.maps[number][cell]))
            self.rest(0.6)

    def stamp(self, back: Back) -> None:
        """Stamp the kernel, times the number, onto a map in front."""
        one, before, sums, gradient = self.one, self.map, Slot(*SUMS), self.theme.gradient
        value, total = as_in_cell(one.value), cell_text(float(back.maps[one.target][one.place]))
        kernel = self.exactly(one.kernel, "kernel")
        stamp = self.sheet(one.stamp, "gradient", say("× {value}", value=value), least=kernel.least)
        self.map = self.field(back.maps[one.target], one.target)
        told: Template = "The convolution stamps its kernel, times {value}, onto the maps in front: stamps add up."
        with self.beat(told, value=value, focus=[stamp, self.map]):
            came = [before] * (self.frame.width != self.frame.height)  # a square has no room for it
            self.lay(*came, kernel, stamp, Column(self.map, sums, gap=0.0), later=[self.map, stamp])
            self.appear(stamp)
            self.hand_back(back)
            self.unfold(self.map, back, one.target)
            top, left = one.place[0] - one.tap[0], one.place[1] - one.tap[1]
            cells = [cell for cell in stamp.everywhere() if self.has(top + cell[0], left + cell[1])]
            flights = [(stamp.copy_of((i, j)), self.map.cell_box((top + i, left + j))) for i, j in cells]
            self.fly(*flights, scale=self.map.side / stamp.side, seconds=0.9)
            self.mark(stamp, one.tap)
            self.mark(self.map, one.place)
            part = cell_text(float(one.stamp[one.tap]))
            self.write(sums, (part, gradient), (" + … ≈ ", self.theme.muted), (total, gradient))
            self.rest(0.4)

    def gather(self, back: Back) -> None:
        """Multiply what has come back with what the filter saw."""
        one, place, value = self.one, self.one.weight, as_in_cell(float(self.one.reached))
        pixels = self.sheet(one.pixels, "input", "what it saw", scale=1.0, photo=1.0)
        share = self.sheet(one.shares, "gradient", say("× {value}", value=value))
        self.pull = self.sheet(one.pull, "gradient", say("dW of filter {number}", number=one.target))
        told: Template = "What its filter saw there, times {value}, is one share of dW: all {count} places add up."
        with self.beat(told, value=value, count=self.map.values.size, focus=[share, self.pull]):
            self.lay(self.map, pixels, share, self.pull, later=[share, self.pull])
            self.hand_back(back)
            self.pull.hide()
            self.mark(pixels, place)
            self.appear(share, self.pull)
            self.mark(share, place)
            self.rest(0.6)
            self.fly(*((share.copy_of(at), self.pull.cell_box(at)) for at in share.everywhere()), seconds=0.9)
            self.pull.show()
            self.mark(self.pull, place)
            self.rest(0.4)

    def write_silent(self, slot: Slot, back: Back, value: float) -> None:
        """Write the number, and how many of all are 0."""
        text = say(SILENT, silent=back.silent, count=back.maps.size)
        self.write(slot, (cell_text(value), self.theme.gradient), (f"    {text}", self.theme.text))

    def has(self, row: int, column: int) -> bool:
        """Tell whether the map has a cell."""
        return (row, column) in self.map.everywhere()

    def field(
        self, values: NDArray[Any], number: int, role: str = "gradient", title: Template = MAP, **look: Any
    ) -> Grid:
        """Make a whole map, as large as a kernel."""
        return self.whole(values, role, say(title, number=number) if title == MAP else title, **look)

    def exactly(self, values: NDArray[Any], title: Template) -> Grid:
        """Make a filter with three decimals, so that one step, or what it is multiplied by, can be reckoned."""
        texts = [[f"{value:.3f}".replace("-", MINUS) for value in row] for row in values.tolist()]
        least = smallest_cell({text for row in texts for text in row}) + AIR
        return self.sheet(values, "kernel", say(title, number=self.one.target), texts=texts, least=least)
