"""Balls that roll down a landscape of losses, each its own way, beside a list of where they have come to."""

from __future__ import annotations

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import units
from cnnviz.stage.pictures.landscape import Landscape
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.trail import Trail
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, Line, size_within, text_width
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.optimizers import Optimizers
from cnnviz.subjects.plane import REACH

WAYS: tuple[tuple[str, Template, str], ...] = (
    ("SGD 0.3", "SGD", "input"),
    ("SGD 3", "SGD", "output"),
    ("SGD 60", "SGD", "negative"),
    ("momentum 0.3", "momentum", "kernel"),
    ("Adam 0.3", "Adam", "highlight"),
)
"""Ways down, as they are recorded; who goes; in which color."""
_LARGE, _LEADING, _LOOSE = 34, 1.7, 3.2  # type of the list; from line to line, in type sizes, at least and at most
_EVERY, _GAP, _SHARE = 3, 0.25, 0.38  # steps from number to number; between pictures; of the stage, for a list below


class Rolling(Scene):
    """A landscape with a list of ways down; each of them is gone in its turn."""

    def build(self, s: Optimizers) -> float:
        """Set landscape and list into the frame; return the first loss."""
        stage, first = self.frame.stage, s.plane.way("SGD 3")[0, 2]
        named = [say("first weights"), *(f"{say(label)} {name.split()[-1]}" for name, label, _ in WAYS)]
        after, beside = f"   {say('after {steps}', steps=88)}", self.frame.width > self.frame.height
        wide = 0.38 * stage.width if beside else stage.width
        longest = max(named, key=len) + 3 * " " + "88.88" + after
        lines, most = len(named), _LARGE if beside else _SHARE * stage.height / len(named) / _LEADING / units(1.0)
        self.type = size_within(wide - 2 * _GAP, min(_LARGE, most), longest)
        em = units(self.type)
        high = lines * (min(_LOOSE * em, stage.height / lines) if beside else _LEADING * em)
        room = (stage.width - wide - 2 * _GAP, stage.height) if beside else (stage.width, stage.height - high - _GAP)
        detail = say("on a plane of all weights") if self.frame.is_wide else ""
        self.land = Landscape(s.plane.loss, REACH, room[0], room[1] - TITLE_HEIGHT, "loss", detail)
        self.list = Slot(text_width(longest, self.type) + _GAP, high)
        self.numbers_at = max(text_width(name, self.type) for name in named) + _GAP
        self.arrange(*([self.land, self.list] if beside else [Column(self.land, self.list, gap=_GAP)]), gap=2 * _GAP)
        colors = [self.theme.text, *(self.theme.role(role) for *_, role in WAYS)]
        for row, (name, color) in enumerate(zip(named, colors, strict=True)):
            self.list.append(Label(name, self.type, color, at=(self.list.box.left, self.y(row)), align="left"))
        left, rows, ink = self.list.box.left + self.numbers_at, range(len(named)), self.theme.muted
        self.trails: list[Trail] = []
        self.told = [Label("?", self.type, ink, at=(left, self.y(row)), align="left") for row in rows]
        self.list.append(*self.told)
        self.write(0, self.theme.text, first)
        return float(first)

    def go(self, s: Optimizers, number: int, told: Template, rate: float) -> None:
        """Go one way, and write on the way where it leads."""
        name, _, role = WAYS[number]
        way = s.plane.way(name)
        spots, leaves = self.land.spots(way)
        trail = Trail(spots, role, leaves=leaves)
        self.trails, color, steps = [*self.trails, trail], self.theme.role(role), len(way) - 1
        with self.beat(told, rate=rate, steps=steps, focus=[trail.head]):
            self.add(trail)
            every = _EVERY if steps > _EVERY else 1
            for step in range(every, steps + 1, every):
                self.play(trail.go(min(step, len(spots) - 1)), run_time=2.3 * every / max(steps, 2 * _EVERY))
                self.write(number + 1, color, way[step, 2], step)

    def y(self, row: int) -> float:
        """Return the middle of a line beside the landscape."""
        return self.list.box.top - (row + 0.5) * self.list.box.height / (1 + len(WAYS))

    def write(self, row: int, color: str, loss: float, steps: int = 0) -> None:
        """Write beside a name where it has led so far."""
        after = [(f"   {say('after {steps}', steps=steps)}", self.theme.muted)] if steps else []
        runs, at = [(cell_text(loss), color), *after], (self.list.box.left + self.numbers_at, self.y(row))
        self.list.take(self.told[row])
        self.told[row] = self.list.append(Line(runs, self.type, at=at, align="left"))
