"""The gradient of a filter: every position adds its window, times its dY."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Sum, Window
from cnnviz.stage.stories.shares import LOSSES, HandingOut
from cnnviz.stage.stories.sharing_grids import LARGER
from cnnviz.subjects.number import MINUS, as_in_cell

_TERMS = 30  # that are written out
MOST_TAGGED = 16  # windows that follow each other so slowly that what they carry can be read


class FilterGradient(
    HandingOut,
    subject=subjects.Backprop,
    image="3,1,4,1,5;9,2,6,5,3;5,8,9,7,9;3,2,3,8,4;6,2,6,4,3",
    kernel="1,2,3;4,5,6;7,8,9",
    dy="pattern",
    gif="backprop --wrt weight",
    takeaway="The gradient of a filter is a sum over all positions: dY there, times the window of X there.",
    concepts=("backpropagation", "gradient", "weight sharing"),
    seconds=39,
):
    """Hand the gradient of a convolution back, share by share.

    The gradient of the filter is a sum over all positions of the picture; that of the input shows which weights reach
    a pixel, and that they arrive rotated.

    cnnviz gif backprop
    cnnviz gif backprop --wrt input
    cnnviz gif backprop digit:3 --wrt input --kernel sobel-x
    cnnviz gif backprop photo.jpg --size 10 --stride 2 --dy squares -o dw.gif
    cnnviz gif backprop --wrt input --kernel edge-x --dy "1,0,0;0,0,0;0,0,2"
    """

    title = "Gradient of the filter"
    subtitle = "a sum over all positions"
    gives = "This output hands each weight {value} × the pixel that lay under it."
    lands = "One share for each weight."
    runs = "Every weight worked at every position: the shares of {count} windows add up."

    def tell(self, s: subjects.Backprop) -> None:
        """Hand out the shares of all positions, then look at the sum from one weight."""
        sharing, count = s.of_weight(), s.trace.weight[0, 0].size
        self.make_grids(sharing, s.picture.peak, "dY × window")
        x, dy, target = self.factors, self.givers, self.target
        labels = [[f"({text})" if text.startswith(MINUS) else text for text in row] for row in s.labels]
        self.sum = Sum(s.crossed, labels, roles=("input", "gradient", "gradient"), title="one weight")
        self.is_written = s.trace.dy.size <= _TERMS
        self.weights = Grid(s.kernel.values, "kernel", "W", texts=s.kernel.labels, least=target.least)
        x.zoom = LARGER
        high, wide = Column(dy, self.share), Column(self.weights, target)
        self.place(
            [x, high, wide],
            [Row(x, high), wide],
            [x, Row(dy, self.weights), Row(self.share, target)],
            later=[self.sum] * self.is_written,
        )
        window = Window(x, sharing[0].patch.shape, sharing.patch_spacing)
        with self.beat("Which of the {count} weights moves the loss most?", count=count, focus=[self.weights, x]):
            asked = Outline(self.weights, (0, 0), color=self.theme.highlight)
            self.add(asked)
            self.walk(self.weights.everywhere(), None, asked.lay, seconds=2.4)
            self.remove(asked)
        with self.beat(LOSSES[s.loss], focus=[dy]):
            self.rest(1.5)
        self.hand_out(window, s.trace)
        self.remove(window, self.giver)
        self.vanish(self.slot)
        if self.is_written:
            self.instead(self.sum)
        self.look_from_one_weight(s)

    def look_from_one_weight(self, s: subjects.Backprop) -> None:
        """Show that a cell of dW is dY laid on X, and move it over all cells."""
        x, target, shape, apart = self.factors, self.target, s.trace.dy.shape[1:], s.trace.stride
        if not x.has_numbers:
            shape, apart = tuple(a * (n - 1) + 1 for n, a in zip(shape, apart, strict=True)), (1, 1)
        laid = Window(x, shape, apart, color=self.theme.gradient)
        mark, weight = (Outline(grid, (0, 0), color=self.theme.highlight) for grid in (target, self.weights))
        steps = [s.crossed.at((0, *at)) for at in target.everywhere()]
        best = steps[int(abs(target.values).argmax())]

        def show(step: Any) -> None:
            mark.lay(step.output_index[1:])
            weight.lay(step.output_index[1:])
            if self.is_written:
                self.sum.write(step)

        laid.lay(best.padded_origin)
        with self.beat(
            "The largest, {value}: this weight met these pixels, and each counts as much as its dY.",
            value=as_in_cell(best.result),
            focus=[laid, mark],
        ):
            show(best)
            self.appear(laid, mark, weight)
            if len(steps) <= MOST_TAGGED:
                laid.take_up(self, self.givers)
            self.rest(1.0)
        with self.beat("So dW is a convolution of X, with dY as its kernel.", focus=[laid]):
            self.walk(steps, laid, show, seconds=5.0)
            self.sum.clear()
            self.remove(mark, weight)
            self.move(laid, best.padded_origin, 0.5)
            show(best)
            self.add(mark, weight)
        self.close(
            "The gradient of a filter: dY times the window of X, summed over all positions.", focus=[mark, weight]
        )
