"""Two networks that are counted part by part: columns of bars beside their diagrams, and sums in lines."""

from __future__ import annotations

from typing import Any

from manim import UP

from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.diagram import Diagram
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories import summary_words as words
from cnnviz.subjects.summaries import Read

LINES = 5  # of arithmetic, where they stand below the summaries


class Counting(Scene):
    """Numbers and sums of both networks; ``aside``, a sum stands in the line of its part."""

    subject: Any
    pair: list[Diagram]
    lines: Reckoning
    aside: bool
    columns: list[Any]
    done: int
    steps: int

    def column(self, diagram: Diagram, net: Read, *, work: bool = False) -> tuple[Any, Bars]:
        """Make the column of a network: its numbers to learn, or its work; bars of both have one scale."""
        counts, title = (net.macs, "multiply-adds") if work else (net.parameters, "parameters")
        peak = max(count for each in self.subject.read for count in (each.macs if work else each.parameters))
        made = diagram.column(title, f"{sum(counts):,}", counts, "gradient" if work else "kernel", peak=peak)
        self.columns += made
        return made

    def one(self, diagram: Diagram, net: Read, index: int, bars: Bars, seconds: float) -> None:
        """Let a number come, and below how it comes about."""
        self.done += 1
        self.step(self.done, self.steps, noun="part")
        bars.show([*net.parameters[: index + 1], *[0] * (len(net.parts) - index - 1)], upto=index + 1)
        if text := net.sum_of(index):
            number = net.costly.index(index) % LINES
            if not number and not self.aside:
                self.lines.clear()
            line = self.lines.line(number, [(text, "kernel"), (f" = {net.parameters[index]:,}", "text")])
            if self.aside:
                line.shift((diagram.y(index) - line.get_y()) * UP)
            self.appear(line, into=self.lines, seconds=0.3)
        self.rest(seconds if text else 0.3)

    def replace(self, *, work: bool) -> None:
        """Put other columns of bars in place of those that are there."""
        self.vanish(*self.columns)
        self.columns = []
        made = [self.column(*each, work=work)[1] for each in zip(self.pair, self.subject.read, strict=True)]
        self.add(*self.columns)
        counts = [net.macs if work else net.parameters for net in self.subject.read]
        self.play(*(bars.grow(each) for bars, each in zip(made, counts, strict=True)), run_time=1.0)
        for bars, each in zip(made, counts, strict=True):
            bars.show(each)

    def set_against(self, line: int, counts: tuple[int, int]) -> None:
        """Write how many times the smaller count the larger one is."""
        less, more = sorted(counts)
        runs = [(f"{more:,} / {less:,} ", "muted"), (words.quotient(more, less), "text")]
        self.appear(self.lines.line(line, runs), into=self.lines)
