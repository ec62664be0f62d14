"""What groups save: who reads whom, in small, above the bars of a layer of MobileNet."""

from __future__ import annotations

from math import ceil
from typing import Any

from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.ranking import Ranking
from cnnviz.stage.pictures.wiring import Wiring
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.groups import Groups

_WIDE, _HIGH, _APART = 2.8, 2.6, 0.09  # units: of a small picture; between two of them, in widths of the stage
_RATIO, _STEPS, _LINE, _LOW = 5.2, 6.8, 0.45, 4.8  # units: of lines; a low stage


class Saving(Scene, subject=Groups):
    """Counts what is saved.

    Attributes
    ----------
    gone : list
        What stood before that.
    """

    gone: list[Any]

    def kinds(self, s: Groups) -> list[Wiring]:
        """Make small pictures of who reads whom, with what each costs."""
        ink, all_of_them = self.theme, range(s.count)
        reads = {groups: [s.reads(groups, out) for out in all_of_them] for groups in s.kinds}
        of = say("{count} maps", count=s.count) if self.frame.is_wide else ""
        alone, mix = f"{s.cost(s.count).weights}", f"{s.mixing_cost.weights}"
        names = [say("full"), *(say("{groups} groups", groups=groups) for groups in s.kinds[1:-1])]
        stage = self.frame.stage
        high = min(_HIGH, stage.height / 3)
        wide = min(_WIDE, (1 - 2 * _APART) * stage.width / 3.4)
        made = [
            Wiring([reads[groups]], wide, high, name, [(f"{s.cost(groups).weights}", ink.kernel)], detail=of)
            for groups, name in zip(s.kinds, names, strict=False)
        ]
        both = [(alone, ink.kernel), (" + ", ink.muted), (mix, ink.kernel)]
        last = [reads[s.count], [all_of_them] * s.count]
        return [*made, Wiring(last, 1.4 * wide, high, say("depthwise, 1 × 1"), both, detail=of)]

    def count_layer(self, s: Groups) -> None:
        """Count a layer of MobileNet, both ways, below who reads whom."""
        few, many, stage = s.separable, s.plain, self.frame.stage
        names, (deep, out, side) = (say("full"), say("depthwise, 1 × 1")), s.shape
        low = stage.height < _LOW
        bars = Ranking(names, min(stage.width, 12.0), 1.3, title="" if low else "weights", widest=written(many.macs))
        shapes, ratio, steps = (Slot(width, _LINE) for width in (bars.size(0.0)[0], _RATIO, _STEPS))
        lines: Any = Row(ratio, steps) if self.frame.is_wide else Column(ratio, steps, gap=0.0)
        kinds = self.kinds(s)
        sentence = "A layer of MobileNet makes {out} maps out of {deep}. What is saved there?"
        below = Column(Row(*kinds, gap=_APART * stage.width), shapes, bars, lines, gap=0.1)
        self.vanish(*self.gone)
        self.rearrange(below, later=[bars], seconds=0.6)
        with self.beat(sentence, out=out, deep=deep) as beat:
            named = "MobileNet:  " if self.frame.is_wide else ""
            texts = (
                f"{named}{say('maps')}  {deep} × {side} × {side}   ",
                f"{say('new maps')}  {out} × {side} × {side}",
            )
            runs = [*zip(texts, (self.theme.input, self.theme.output), strict=True)]
            beat.focus = [self.write(shapes, runs, shapes.box.center[1])]
            self.appear(bars)
            self.rest(1.0)
        with self.beat("{few} weights in place of {many}.", few=few.weights, many=many.weights, focus=bars.box):
            bars.tell(self, many.weights, few.weights)
            self.appear(self.repeats(bars, few.weights / many.weights), into=bars)
            self.compare(ratio, say("weights"), many.weights, few.weights)
        with self.beat("{few} multiply-adds in place of {many}.", few=few.macs, many=many.macs) as beat:
            beat.focus = [self.compare(steps, say("multiply-adds"), many.macs, few.macs)]
            self.point(*beat.focus)
        self.close("Filter each map, then mix them: {times} times fewer weights.", times=s.times, focus=bars.box)

    def repeats(self, bars: Ranking, share: float) -> Strokes:
        """Cut the long bar into lengths of the short one."""
        box = bars.bar(0, 1.0)
        ends = [box.left + count * share * box.width for count in range(1, ceil(1 / share))]
        return Strokes([[(x, box.bottom), (x, box.top)] for x in ends], self.theme.ground, 3.0)

    def compare(self, place: Slot, name: str, many: int, few: int) -> Line:
        """Say how many times fewer."""
        ink, times = self.theme, many / few
        runs = [
            (f"{name}  ", ink.text),
            (f"{written(many)} / {written(few)} ", ink.muted),
            (written(times), ink.kernel),
        ]
        return self.write(place, runs, place.box.center[1])

    def write(self, place: Slot, runs: Any, y: float) -> Line:
        """Write a line into a place."""
        self.appear(made := Line(runs, LABEL, at=(place.box.left, y), align="left"), into=place)
        return made
