"""The lesson that runs several filters over one picture and stacks their maps."""

from __future__ import annotations

from itertools import pairwise

from manim import FadeIn, Mobject

from cnnviz.stage.conv.narration import count_word, purpose
from cnnviz.stage.depth.view import DepthView
from cnnviz.stage.glide import Glide
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.depth import Depth

_OPENING = "Several filters look at one picture, each for a pattern of its own. What comes out of the layer?"
_STRIPS = 12  # a map is painted in at most so many strips


class DepthLesson(Lesson, subject=Depth):
    """One filter, one map; several filters, a stack of maps: the depth of the output."""

    title = "Several filters"
    subtitle = "one map each · stacked into depth"

    subject: Depth

    def construct(self) -> None:
        """Tell the story of the layer, filter by filter."""
        subject = self.subject
        self.view = DepthView(subject, self.theme)
        self.told: list[Mobject] = []
        self.frame: Mobject | None = None
        self.grid: NumberGrid | None = None
        self.edge: Mobject
        number = len(subject.filters)
        self.add(*self.view.static)
        self.say(_OPENING if number > 1 else "One filter, one picture: what comes out of the layer?", fade=0)
        self.hold(0.6)
        name = subject.filters[0].title if subject.filters[0].source else "your own"
        self.say(f"The first filter, {name}, slides over the picture and makes one map.")
        self.bring(0, slow=4.5)
        weights = count_word(subject.trace.weight[0].size)
        self.say(f"It has {weights} weights and a bias to learn: {subject.parameters(1)} parameters.")
        self.hold(0.4)
        if number > 1:
            self.say("Another filter on the same picture: other weights, so another map, in front of the first.")
            self.bring(1, slow=2.4)
            self.hold(0.6)
            self.say("The number of maps is the depth of the output; height and width stay as they are.")
            self.hold(0.4)
        if number > 3:
            self.say("Every further filter adds one more map.")
            for index in range(2, number - 1):
                self.bring(index, slow=1.2)
                self.hold(0.6)
        if number > 2:
            last = subject.filters[-1]
            self.say(purpose(last))
            self.bring(number - 1, slow=2.4)
            self.hold(0.6)
        self.say(self.conclusion())
        self.hold(2.5)

    def conclusion(self) -> str:
        """Close with the answer."""
        number = len(self.subject.filters)
        if number == 1:
            return "One filter, one map: the output is 1 deep. A layer has as many maps as filters."
        word = count_word(number)
        return f"{word.capitalize()} filters, {word} maps: the output is {word} deep, whatever the depth of the input."

    def bring(self, index: int, slow: float) -> None:
        """Slide a filter over the picture in ``slow`` seconds and put its map in front of the others."""
        view = self.view
        self.step(index + 1, len(self.subject.filters), noun="filter")
        if self.frame is not None:
            self.remove(self.frame)
        self.frame = view.frame(index)
        self.play(FadeIn(self.frame, scale=1.15), run_time=0.4)
        if self.grid is not None:
            self.remove(self.grid, self.edge)
            view.stack.show(index - 1)
        view.stack.place(index)
        self.grid = view.numbers(index)
        if self.grid is not None:
            self.edge = Rectangle(self.grid.box, outline=self.theme.muted, width=1.6)
            self.add(self.grid, self.edge)
        runs = _runs(self.subject.maps.shape[1:], one_by_one=index == 0)
        for run in runs:
            self.slide(index, run, slow / len(runs))
        self.tell(index + 1)

    def slide(self, index: int, run: range, seconds: float) -> None:
        """Move the window over some positions and put what it finds into the map."""
        view, trace = self.view, self.subject.trace
        columns = self.subject.maps.shape[2]
        for cell, motion in ((run.start, False), (run.stop - 1, True)):
            shift = view.window_shift(trace.at((index, *divmod(cell, columns))))
            if motion and any(shift):
                self.play(Glide(view.window, shift), run_time=seconds)
            else:
                view.window.shift((*shift, 0))
                self.add(view.window)
                self.hold(seconds if motion else 0)
        if self.grid is None:
            view.stack.paint(index, run.stop)
            return
        for cell in run:
            self.grid.show(divmod(cell, columns))

    def tell(self, count: int) -> None:
        """Write the shape and the parameters that there are now."""
        self.remove(*self.told)
        self.told = [self.view.shape(count), self.view.count(count)]
        self.add(*self.told)


def _runs(shape: tuple[int, ...], *, one_by_one: bool) -> list[range]:
    """Cut the positions of a map into runs: whole rows, and the cells of the first row one by one where there are few.

    Examples
    --------
    >>> _runs((2, 3), one_by_one=True)
    [range(0, 1), range(1, 2), range(2, 3), range(3, 6)]
    """
    rows, columns = shape
    strips = min(rows, _STRIPS)
    starts = [rows * strip // strips * columns for strip in range(strips + 1)]
    if one_by_one and columns <= _STRIPS:
        starts = [*range(columns), *starts[1:]]
    return [range(first, after) for first, after in pairwise(starts)]
