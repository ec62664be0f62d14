"""The lesson that sends one picture through the small network and follows one number of each layer."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import FadeOut

from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.network import narration
from cnnviz.stage.network.comparison import Comparison
from cnnviz.stage.network.explain import PipelineLesson
from cnnviz.stage.network.line import table, unrolled, weighed, winner
from cnnviz.stage.network.pipeline import LAYERS, Pipeline
from cnnviz.stage.network.sums import several, single
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.reading import Reading


class ForwardLesson(PipelineLesson, subject=Forward):
    """Follow one number through every layer while the maps light up, to the prediction; then see a mistake."""

    title = "One digit through the network"

    subject: Forward

    def construct(self) -> None:
        """Tell the story."""
        self.reading, self.thread = self.subject.reading, self.subject.reading.thread()
        self.pipeline = Pipeline(self.reading, self.theme)
        self.open()
        self.first_layer()
        self.second_layer()
        self.pooling()
        self.flattening()
        self.dense()
        self.softmax()
        if self.subject.mistake is not None:
            self.fail(self.subject.mistake)
        self.close(narration.takeaway())

    def open(self) -> None:
        """Show the picture as numbers, and then the network it goes through."""
        grid = NumberGrid(self.reading.ink, role="input", scale=16.0, cell=0.56, theme=self.theme)
        self.add(grid)
        self.say(narration.opening(self.subject), fade=0)
        self.hold(1.5)
        self.say(narration.ink(self.subject))
        self.hold(1.0)
        self.layer("input")
        self.play(FadeOut(grid, target_position=self.pipeline.walls["input"], scale=0.35), run_time=0.7)
        self.add(self.pipeline)
        self.pipeline.light("input")
        self.hold(0.6)

    def first_layer(self) -> None:
        """Follow one window of the first convolution, then light all maps."""
        step, wall = self.thread.first, self.pipeline.walls["relu1"]
        self.say(narration.first(self.reading, self.thread))
        self.layer("relu1")
        window = self.pipeline.walls["input"].cell_box(0, _place(step.input_origin), *step.values.shape[1:])
        self.frame([window], "kernel")
        window_part, *rest = single(step, self.theme, scale=1.0, weights=_peak(step.weights))
        self.write([window_part, self.lead(window, window_part[0].box)])
        self.write(rest[:1])
        self.write(rest[1:])
        self.say(narration.add_up(self.thread))
        self.conclude(
            step, wall.values[step.output_index], wall.cell_box(step.output_index[0], _place(step.output_index[1:]))
        )
        self.hold(1.2)
        self.say(narration.lit(self.reading))
        self.light("relu1")

    def second_layer(self) -> None:
        """Follow one window through all maps of the first layer."""
        step, wall = self.thread.second, self.pipeline.walls["relu2"]
        before = self.pipeline.walls["relu1"]
        self.say(narration.second(self.reading))
        self.layer("relu2")
        corner, kernel = _place(step.input_origin), step.values.shape[1:]
        self.frame([before.cell_box(channel, corner, *kernel) for channel in step.input_channels], "kernel")
        for part in several(step, self.theme, scale=before.scale, weights=_peak(step.weights)):
            self.write([part])
        self.conclude(
            step, wall.values[step.output_index], wall.cell_box(step.output_index[0], _place(step.output_index[1:]))
        )
        self.hold(1.2)
        self.say(narration.parts(self.reading))
        self.light("relu2")

    def pooling(self) -> None:
        """Follow one window of the pooling."""
        step, wall = self.thread.pooled, self.pipeline.walls["pool1"]
        self.say(narration.pooled(step))
        self.layer("pool1")
        before = self.pipeline.walls["relu2"]
        window = before.cell_box(step.output_index[0], _place(step.input_origin), *step.values.shape)
        self.frame([window], "highlight")
        values, winning, largest = winner(step, self.theme, scale=before.scale)
        self.write([values, self.lead(window, values[0].box)])
        self.write([winning])
        self.write([largest])
        self.frame([window, wall.cell_box(step.output_index[0], _place(step.output_index[1:]))], "highlight")
        self.hold(0.8)
        self.light("pool1")

    def flattening(self) -> None:
        """Show in which order the maps become one line."""
        step = self.thread.pooled
        self.say(narration.flattened(self.reading, self.thread))
        self.layer("flatten1")
        own = self.pipeline.walls["pool1"].map_box(step.output_index[0])
        self.frame([own], "highlight")
        grid, line, frames, strip = unrolled(self.reading.maps("pool1"), step, self.thread.place, self.theme)
        self.write([grid])
        self.write([line])
        self.write([frames])
        self.frame([own, self.pipeline.walls["flatten1"].map_box(step.output_index[0])], "highlight")
        self.write([strip])
        self.hold(1.0)
        self.light("flatten1")

    def dense(self) -> None:
        """Add up one score."""
        step = self.thread.dense
        self.say(narration.dense(step))
        self.layer("dense1")
        maps = len(self.reading.maps("pool1"))
        for part in weighed(step, maps, self.theme, weights=_peak(step.weights)):
            self.write([part])
        self.pipeline.fan(self.reading.parts())
        self.pipeline.announce("dense1")
        self.hold(2.0)

    def softmax(self) -> None:
        """Turn scores into shares, and the largest into the answer."""
        self.say(narration.scores())
        self.clear_panel()
        reading = self.reading
        for line in table(reading.scores, reading.shares, reading.answer, self.theme):
            self.write([line])
        self.answer(reading, 0.9)
        self.say(narration.verdict(self.subject))
        self.hold(1.5)

    def fail(self, mistake: Reading) -> None:
        """Send the misread digit through, fast, and compare it with what it looks like."""
        self.say(narration.failing(self.subject))
        self.clear_panel()
        self.remove(self.pipeline)
        comparison = Comparison(self.subject, self.theme)
        self.pipeline = Pipeline(mistake, self.theme)
        self.pipeline.light("input")
        self.add(self.pipeline)
        self.write([comparison.first])
        self.hold(0.8)
        self.say(narration.mistaken(mistake))
        for layer in LAYERS[1:-1]:
            self.light(layer, seconds=0.5)
        self.pipeline.fan(mistake.parts())
        self.pipeline.announce("dense1")
        self.answer(mistake, 0.7)
        self.write([comparison.second])
        self.hold(1.0)
        self.say(narration.plausible(self.subject))
        self.write([comparison.alike])
        self.hold(2.0)


def _place(index: tuple[int, ...]) -> tuple[int, int]:
    row, column = index
    return row, column


def _peak(values: Any) -> float:
    return float(np.abs(values).max())
