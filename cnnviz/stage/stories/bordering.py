"""Pictures with borders filled in several ways, side by side with their maps."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.subjects.padding import Padding

_SMALL = 0.7  # cells of a picture, in cells of its map


class Bordering(Scene, subject=Padding):
    """Compares maps of one picture.

    Attributes
    ----------
    x, y : dict of str to Grid
        The picture and the map of each mode; all show what they hold.
    static, shown : list
        What stands: from the beginning, and of the last mode.
    """

    x: dict[str, Grid]
    y: dict[str, Grid]
    static: list[Any]
    shown: list[Any]

    def frame_inside(self, y: Grid) -> Outline:
        """Frame the part of a map in which all modes agree."""
        (above, _), (before, _) = self.subject.around
        bare = self.subject.traces["none"].output_shape[1:]
        return Outline(y, (0, 0) if y.values.shape == bare else (above, before), *bare, color=self.theme.output)

    def compare(self) -> None:
        """Let all modes stand side by side, or their maps alone where both cannot be read."""
        pairs = list(zip(self.x.values(), self.y.values(), strict=True))
        trial = [(Grid(x.values, title=x.title, zoom=_SMALL), Grid(y.values)) for x, y in pairs]
        self.fit(*(Column(*pair) for pair in trial), gap=0.3)
        alone = self.x["none"].has_numbers and not all(y.has_numbers for _, y in trial)
        kept, ys = pairs[-1][alone:], [y for _, y in pairs]
        gone = [*self.static, *(part for part in self.shown if part not in kept)]
        for x, y in pairs:
            x.zoom, y.title, y.detail = _SMALL, x.title if alone else "", ""
        columns = [Column(*pair, gap=0.2) for pair in pairs]
        frames = [self.frame_inside(y) for y in ys]
        with self.beat("Where do the five maps differ?", focus=ys):
            self.rearrange(*(ys if alone else columns), gone=gone, gap=0.3)
            self.appear(*(frame.lay(frame.cell) for frame in frames))
            self.hold(0.8)
            for y, frame in zip(ys, frames, strict=True):
                if y.has_numbers:  # what agrees steps back
                    (row, column), high, wide = frame.cell, frame.rows, frame.columns
                    y.sink((row + i, column + j) for i in range(high) for j in range(wide))
                self.hold(0.4)
        self.find_false_edge()
        self.close(
            "Inside the frame all five agree; they differ only at the border.",
            focus=frames,
            motion=lambda: self.point(*frames),
        )

    def find_false_edge(self) -> None:
        """Ring an answer that zeros made, and the one of the repeated border in the same place."""
        cell = self.subject.false_edge
        if cell is None or not self.y["zeros"].has_numbers:
            return
        ys = [self.y["zeros"], self.y["replicate"]]
        marks = [Outline(y, cell, color=self.theme.highlight) for y in ys]
        said: Template = "Zeros give {result}, an edge that is not there; replicate only {other}."
        with self.beat(said, result=ys[0].values[cell], other=ys[1].values[cell], focus=marks):
            self.appear(*marks)
            self.rest(1.0)
