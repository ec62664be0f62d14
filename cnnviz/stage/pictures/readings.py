"""What networks read of digits, place by place: a canvas for each place, and below it a cell of each network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from manim import Transform
from numpy.typing import NDArray

from cnnviz.nn.experiments import Chart
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, NOTE, Box, units
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.spread import UNKNOWN
from cnnviz.stage.text import Label, size_within, text_width

_SIZE, _AWAY, _AIR = LABEL - 3, 0.25, 0.08  # type of names; units: behind them, and around cells
_LINE, _BELOW, _APART = units(1.3 * LABEL), 0.36, 0.12  # units: of a number, of words below a column, above a cell
_BETWEEN, _WIDEST = 0.2, "88.8 %"  # two bars, of a bar's width; the longest number


class Readings(Slot):
    """A table of shares read: in each cell a bar for every seed, as high as its share of the cell, and their mean.

    ::

              [ 7 ]  [  7]
        MLP   94.2 % 18.7 %
              █████  ▂▂▂▂▂
              middle 1 aside

    Parameters
    ----------
    chart : Chart
        Of shares; its places are the columns.
    roles : mapping of str to str
        Color role of each network: the rows.
    words : sequence of str
        Below the columns.
    pitch : float
        Units from one column to the next.
    height : float
        Units, without the title.
    named : bool
        Write the networks at the left.
    wide : float
        Units that it takes at least.
    """

    def __init__(
        self,
        chart: Chart,
        roles: Mapping[str, str],
        words: Sequence[str],
        pitch: float,
        height: float,
        title: Template,
        *,
        named: bool = True,
        wide: float = 0.0,
    ) -> None:
        self.chart, self.roles, self.words, self.pitch = chart, dict(roles), [*words], pitch
        self.before = self.names_width(roles) if named else 0.0
        self.inks: dict[int, NDArray[Any]] = {}
        self.known: set[int] = set()
        self.lit: tuple[str, int] | None = None
        super().__init__(max(wide, self.before + pitch * len(chart.places)), height, title)

    @staticmethod
    def names_width(roles: Mapping[str, str]) -> float:
        """Return the room for the names of networks."""
        return max(text_width(say(name), _SIZE) for name in roles) + _AWAY

    def draw(self, cell: float) -> None:
        """Draw names and empty cells, and what is known already."""
        super().draw(cell)
        theme = self.theme
        self.drawn: dict[tuple[str, int], tuple[Any, ...]] = {}
        self.images: dict[int, PixelImage] = {}
        every = [(name, column) for name in self.roles for column in range(len(self.words))]
        self.put(
            Tiles([self.canvas(column) for column in range(len(self.words))], fill=theme.cell, outline=theme.line),
            Tiles([bar for at in every for bar in self.bars(*at, [1.0] * self.seeds)], fill=theme.rail),
        )
        for name, role in self.roles.items() if self.before else ():
            y = self.place(name, 0).center[1]
            self.append(Label(say(name), _SIZE, theme.role(role), at=(self.box.left, y), align="left"))
        for column, text in enumerate(self.words):
            at, size = (
                (self.canvas(column).center[0], self.box.bottom + 0.4 * _BELOW),
                size_within(self.pitch, NOTE, text),
            )
            self.append(Label(text, size, theme.muted, at=at))
        for name, column in every:
            self._write(name, column, UNKNOWN, "muted")
        for column, ink in self.inks.items():
            self.stand(column, ink)
        for column in self.known:
            for name in self.roles:
                self._tell(name, column)

    @property
    def seeds(self) -> int:
        """How many bars a cell has."""
        return len(self.chart.series[0].points[0].values)

    def canvas(self, column: int) -> Box:
        """Return where the canvas of a column is."""
        side = self.pitch - 2 * _AIR
        left = self.box.left + self.before + column * self.pitch + _AIR
        return Box(left, self.box.top - side, left + side, self.box.top)

    def place(self, name: str, column: int) -> Box:
        """Return the room of a network's number and bars in a column."""
        canvas, row = self.canvas(column), list(self.roles).index(name)
        high = (canvas.bottom - self.box.bottom - _BELOW) / len(self.roles)
        top = canvas.bottom - row * high - _APART
        return Box(canvas.left, top - high + _APART, canvas.right, top)

    def column(self, column: int) -> Box:
        """Return a whole column, with its canvas."""
        canvas = self.canvas(column)
        return Box(canvas.left - _AIR, self.box.bottom, canvas.right + _AIR, canvas.top + _AIR)

    def bars(self, name: str, column: int, shares: Sequence[float]) -> list[Box]:
        """Return the bars of a cell, for so large shares."""
        room = self.place(name, column)
        wide, high = room.width / len(shares), room.height - _LINE
        thick = (1 - _BETWEEN) * wide
        return [
            Box(left, room.bottom, left + thick, room.bottom + share * high)
            for share, left in ((share, room.left + (at + _BETWEEN / 2) * wide) for at, share in enumerate(shares))
        ]

    def stand(self, column: int, ink: NDArray[Any]) -> None:
        """Show a digit on the canvas of a column."""
        self.inks[column] = ink.copy()
        if column in self.images:
            self.images[column].paint(self.pixels(ink))
        else:
            self.images[column] = self.append(PixelImage(self.pixels(ink), self.canvas(column)))

    def pixels(self, ink: NDArray[Any]) -> NDArray[Any]:
        """Return the pixels of a digit, of which 1 is the darkest ink."""
        return value_pixels(ink, "input", 1.0, self.theme)

    def bring(self, scene: Any, column: int, ink: NDArray[Any], start: Box, *, seconds: float = 0.7) -> None:
        """Let a digit travel from where it stands onto the canvas of a column."""
        image, end = PixelImage(self.pixels(ink), start), self.canvas(column)
        moved = image.animate.stretch_to_fit_width(end.width).stretch_to_fit_height(end.height)
        scene.play(moved.move_to((*end.center, 0)), run_time=seconds)
        scene.remove(image)
        self.stand(column, ink)

    def know(self, scene: Any, column: int, *, seconds: float = 0.7) -> None:
        """Let the bars of a column grow, and write the means."""
        grown = {name: self._tiles(name, column) for name in self.roles}
        flat = [self._tiles(name, column, 1e-4) for name in self.roles]
        scene.play(*map(Transform, flat, grown.values()), run_time=seconds)
        scene.remove(*flat)
        self.known.add(column)
        for name in self.roles:
            self._tell(name, column)

    def light(self, name: str, column: int) -> Rectangle:
        """Light a cell up, for good; return its outline."""
        self.lit = name, column
        self._tell(name, column)
        room = self.place(name, column)
        box = Box(room.left - _AIR, room.bottom - _AIR, room.right + _AIR, room.top + _AIR)
        outline: Rectangle = self.append(Rectangle(box, outline=self.theme.highlight, width=5.0))
        return outline

    def _tell(self, name: str, column: int) -> None:
        ink = "highlight" if self.lit == (name, column) else "text"
        self._write(name, column, f"{100 * self._point(name, column).mean:.1f} %", ink)
        self.drawn[name, column] += (self.append(self._tiles(name, column)),)

    def _write(self, name: str, column: int, text: str, ink: str) -> None:
        self.take(*self.drawn.get((name, column), ()))
        room = self.place(name, column)
        size = size_within(room.width, LABEL, _WIDEST)
        at = room.center[0], room.top - 0.42 * _LINE
        self.drawn[name, column] = (self.append(Label(text, size, self.theme.role(ink), at=at)),)

    def _tiles(self, name: str, column: int, share: float = 1.0) -> Tiles:
        values = [share * value for value in self._point(name, column).values]
        return Tiles(self.bars(name, column, values), fill=self.theme.role(self.roles[name]))

    def _point(self, name: str, column: int) -> Any:
        return self.chart[name].at(self.chart.places[column])
