"""The story that every architecture has: its parts, and where parameters, work and sight are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from manim import FadeIn, FadeOut

from cnnviz.stage.arranging import content_of, pictures
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.diagram import Diagram, finite
from cnnviz.stage.scene import Scene

PARTS: Template = "part by part"
YOURS: Template = "your network"  # what a network is called that has no name
QUESTION: Template = "What is this network made of?"
PARAMETERS: Template = "{count} parameters, {most} of them here."
EQUAL: dict[str, Template] = {
    "parameters": "{count} parameters, {most} in each of {rows} parts.",
    "multiply-adds": "{count} multiply-adds for a picture, {most} in each of {rows} parts.",
}  # where several have most


class Telling(Scene):
    """Tell of a network what every network has; a subclass asks first, and shows what only this one has."""

    diagram: Diagram
    columned: tuple[Any, ...] = ()

    def setup(self) -> None:
        """Head the scene with the network that it is about."""
        if not self.subject.is_usual:
            self.title, self.subtitle = self.subject.name, say(PARTS)
        super().setup()

    def draft(self, names: Mapping[str, str] | None = None) -> Diagram:
        """Give the diagram its place; no part of it is drawn yet."""
        s, stage = self.subject, self.frame.stage
        tall = stage.height > stage.width
        self.diagram = Diagram(s.parts, stage.width, stage.height, names=names, tall=tall)
        self.fit(self.diagram)
        return self.diagram

    def lay_out(self, question: Template, names: Mapping[str, str] | None = None) -> None:
        """Ask a question over the outline of the network, another one of any other, and let the parts come."""
        s, diagram = self.subject, self.draft(names)
        self.add(diagram)
        diagram.widen(1.0)
        hidden = [diagram.asked(index) for index in range(1, len(s.parts))]
        with self.beat(question if s.is_usual else QUESTION, focus=diagram.box):
            self.appear(diagram.part(0), *hidden, into=diagram)
            self.rest(1.2)
        told: Template = "{goes} goes in, {comes} comes out."
        shapes = s.parts[0].label, s.parts[-1].label
        with self.beat(told, goes=shapes[0], comes=shapes[1], focus=diagram.row(len(s.parts) - 1)):
            for index, asked in enumerate(hidden, 1):
                self.step(index, len(s.parts) - 1, noun="part")
                diagram.take(asked)
                self.appear(diagram.part(index), into=diagram, seconds=0.3)
            self.rest(0.8)
            self.play(diagram.gather(), run_time=0.8)

    def measure(self) -> None:
        """Say where the parameters are, where the work is, and how far it sees."""
        self.weigh()
        self.work()
        self.see()

    def work(self) -> None:
        """Say where the work is."""
        s = self.subject
        told: Template = "{count} multiply-adds for a picture, {most} of them elsewhere."
        if s.most(s.parameter_counts) == s.most(s.mac_counts):
            told = "{count} multiply-adds for a picture, {most} of them here, too."
        self.count("multiply-adds", s.macs, s.mac_counts, "gradient", told)

    def weigh(self) -> None:
        """Say where the parameters are."""
        s, told = self.subject, PARAMETERS
        self.count("parameters", s.parameters, s.parameter_counts, "kernel", told)

    def count(self, title: Template, total: int, values: Sequence[float], role: str, told: Template) -> None:
        """Let a column of bars grow, and point at the longest, or at all that are as long."""
        most = max(values)
        best = [index for index, value in enumerate(values) if value == most]
        fields: dict[str, Any] = {"count": total, "most": int(most)}
        if len(best) > 1:
            told, fields["rows"] = EQUAL[str(title)], len(best)
        self.vanish(*self.columned)
        with self.beat(told, **fields, focus=[self.diagram.row(index) for index in best]):
            self.grow(title, f"{total:,}", values, role, best)
            self.rest(0.8)

    def see(self) -> None:
        """Say how far a cell sees."""
        s = self.subject
        side, far = max(s.parts[0].shape[1:]), s.far
        told: Template = "One cell here sees {field} × {field} of {side} × {side}; behind it, each sees all."
        if s.fields[far] > side:
            told = "One cell here sees {field} × {field}: more than the whole input, {side} × {side}."
        if s.fields[far] == side:
            told = "One cell here sees {field} × {field}: the whole input."
        if far == len(s.parts) - 1:
            told = "One cell at the end sees {field} × {field} of {side} × {side}."
        self.vanish(*self.columned)
        with self.beat(told, field=int(s.fields[far]), side=side, focus=self.diagram.row(far)):
            self.grow("sees, cells a side", "", finite(s.fields), "output", far, peak=max(side, s.fields[far]))
            self.rest(0.8)

    def grow(
        self,
        title: Template,
        total: str,
        values: Sequence[float],
        role: str,
        best: int | Sequence[int],
        *,
        peak: float = 0.0,
    ) -> None:
        """Put a column of bars in place of the one before."""
        head, bars = self.diagram.column(title, total, values, role, peak=peak)
        self.columned = (head, bars)
        self.add(head, bars)
        self.play(bars.grow(values), run_time=1.2)
        bars.show(values, best=best)

    def unfold(self, index: int, first: Any, *items: Any, later: Sequence[Any] = (), **room: Any) -> None:
        """Let a picture grow out of the plate of a part while the diagram goes; other pictures come after it."""
        plate, gone = self.diagram.plate(index), content_of([self.diagram, *self.columned])
        self.remove(self.diagram)
        self.fit(*items, **room)
        new = [picture for picture in pictures(items) if picture is not first and picture not in later]
        self.add(first)
        grow = Resettle(first, plate, plate.top)
        away, come = FadeOut(*gone, rate_func=SOON), [FadeIn(*new, rate_func=LATE)] if new else []
        self.play(grow, away, *come, run_time=1.2)

    def end(self) -> None:
        """Close where there is no more to show."""
        s = self.subject
        told: Template = "Parameters, work and sight: in a network they are in different places."
        self.close(told, focus=self.diagram.row(s.most(s.mac_counts)))
