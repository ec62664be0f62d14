"""One picture after the other under a line that says what is going on: stages of some work, or of a lecture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, LARGEST_CELL
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene

_GAP, _LINE = 0.35, 0.45
_LEAST = 3.8  # units: as high a chart may be in any room
_TALL, _WIDE = 0.62, 0.9  # of the room, for a chart: its height, and its width in a wide frame


class Stages(Scene):
    """A line above, a room below; every stage writes its line and sets its pictures.

    Attributes
    ----------
    lines : tuple of str
        What is written in each stage.
    noun : str
        What the counter counts.
    """

    lines: ClassVar[tuple[Template, ...]] = ()
    noun: Template = "stage"

    def open_room(self) -> None:
        """Set the line and the room."""
        stage = self.frame.stage
        self.line, self.room = Slot(stage.width, _LINE), Slot(stage.width, stage.height - _LINE - _GAP)
        self.arrange(Column(self.line, self.room, gap=_GAP))

    def act(self, number: int, *items: Any, gap: float = _GAP, most: float = LARGEST_CELL) -> None:
        """Write the line of a stage, counted from 1, and find places for its pictures."""
        self._name(number)
        self.fit(*items, room=self.room.box, gap=gap, most=most)

    def lead(self, number: int, *items: Any, gap: float = _GAP, **how: Any) -> None:
        """Write the line of a stage; what stands already travels to its place in it, see `Scene.rearrange`."""
        self._name(number)
        self.rearrange(*items, room=self.room.box, gap=gap, **how)

    def _name(self, number: int) -> None:
        self.step(number, len(self.lines), noun=self.noun)
        self.line.put_line([(say(self.lines[number - 1]), self.theme.kernel)])

    def clear(self, *pictures: Any) -> None:
        """Take pictures away, their titles, too."""
        self.vanish(*pictures)
        self.remove(*pictures)

    @property
    def chart_size(self) -> tuple[float, float]:
        """Width and height of a chart that has the room for itself, without its title."""
        box = self.room.box
        wide = box.width * (_WIDE if self.frame.is_wide else 1.0)
        return wide, min(max(_TALL * box.height, _LEAST), box.height - TITLE_HEIGHT)

    def bars(
        self,
        counts: Mapping[str, int],
        role: str,
        title: Template,
        *,
        detail: str = "",
        size: tuple[float, float] | None = None,
        **look: Any,
    ) -> Made:
        """Make a bar for each count, of all the room if no size is given."""
        write = {"write": lambda value: f"{value:,.0f}" if value else "", "widest": f"{max(counts.values()):,}"}
        look = {"role": role, "peak": max(counts.values()), "size": LABEL - 2, **write, **look}

        def make(box: Any) -> Bars:
            return Bars([*counts], box, theme=self.theme, **look)

        made = Made(*(size or self.chart_size), make, title, role=role)
        made.detail = detail
        return made

    def grow(self, chart: Made, counts: Sequence[float]) -> None:
        """Let the bars of a chart appear and grow."""
        self.appear(chart)
        self.play(chart.made.grow(counts), run_time=1.0)
        chart.made.show(counts)
        self.rest(0.8, focus=chart.box)

    def fill(self, grid: Grid, seconds: float = 2.0) -> None:
        """Show a grid row by row."""
        across = range(grid.columns)
        self.walk(range(grid.rows), None, lambda row: grid.show([(row, column) for column in across]), seconds=seconds)
