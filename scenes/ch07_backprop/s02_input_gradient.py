"""The gradient of an input: each cell of dY hands its share back through the kernel, which arrives rotated."""

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Sum, Window
from cnnviz.stage.half_turn import turn_onto
from cnnviz.stage.stories import turning_words as words
from cnnviz.stage.stories.shares import LOSSES, HandingOut
from cnnviz.stage.stories.sharing_grids import LARGER, TINY
from cnnviz.subjects.number import as_in_cell

_TERMS = 30  # that are written out


class InputGradient(
    HandingOut,
    subject=subjects.Backprop,
    kernel="1,2,3;4,5,6;7,8,9",
    dy="pattern",
    gif="backprop --wrt input",
    takeaway="dX is a full convolution of dY with the kernel rotated by 180°; above stride 1, zeros go in between.",
    concepts=("backpropagation", "gradient", "full convolution", "flipped kernel"),
    seconds=55,
):
    """How dX adds up, and the rotated kernel found in one of its cells."""

    title = "Gradient of the input"
    subtitle = "shares that add up"
    gives = "This output came from these cells of X: each gets {value} × its weight."
    lands = "The share lands where the window was: on the cells of dX that it came from."
    runs = "Each of the {count} cells of dY stamps the kernel onto dX, and the stamps add up."

    def tell(self, s: subjects.Backprop) -> None:
        """Hand out the shares, then find the rotated kernel in one cell of dX and slide it."""
        sharing = s.of_input()
        self.make_grids(sharing, s.picture.peak, "dY × W")
        dy, kernel, dx = self.givers, self.factors, self.target
        look: dict[str, Any] = {"detail": "", "texts": [row[::-1] for row in s.kernel.labels[::-1]]}
        turned = kernel.values[::-1, ::-1]
        self.arrived = Grid(turned, "kernel", "as they arrive", hidden=True, least=kernel.least, **look)
        self.turned = Grid(turned, "kernel", "W rotated", least=kernel.least, **look)
        dx.zoom, is_wide = LARGER, self.frame.width > self.frame.height
        orders = [[Column(dy, kernel), self.share, dx]] if is_wide else [[dy, kernel, self.share, dx]]
        self.place(*orders, later=[self.arrived])
        x = self.in_place_of(dx, s.trace.padded[0], s.picture.peak)
        with self.beat("Which cell of X moves the loss most?", focus=[x, dy]):
            self.rest(1.6)
        with self.beat(LOSSES[s.loss], focus=[dy]):
            self.play(FadeOut(x), FadeIn(dx), run_time=0.8)
            self.rest(0.4)
        self.hand_out(Window(dx, sharing[0].patch.shape, sharing.target_spacing), s.trace)
        self.remove(self.window, self.giver)
        self.cut(
            "What landed on the padding is lost: those zeros are no input."
            if s.trace.padding_mode == "zeros"
            else "What landed on the border goes to the cells that it was copied from."
        )
        step, ((above, _), (before, _)) = s.steepest, s.trace.padding
        cell = step.output_index[1] + above, step.output_index[2] + before
        self.mark = Outline(dx, cell, color=self.theme.highlight)
        self.discover(s, step)
        if s.rotated is None:
            sentence = "Each cell of dX collects from every window that it, or a copy of it, was in."
            self.close(sentence, focus=[self.mark])
        else:
            self.slide(s, step)

    def discover(self, s: subjects.Backprop, step: Any) -> None:
        """Ask one cell of dX which weights it was reached through, and lay them out as they come."""
        kernel, arrived = self.factors, self.arrived
        weight = Outline(kernel, (0, 0), color=self.theme.highlight)
        self.vanish(self.slot)
        self.instead(arrived)
        value = as_in_cell(float(self.sharing.result[step.output_index[1:]]))
        sentence = "{value} moves it most. Which cells of dY gave to it, by which weights?"
        with self.beat(sentence, value=value, focus=[self.mark]):
            self.appear(self.mark)
            self.rest(0.8)
            for number, (source, tap) in enumerate(zip(step.sources.tolist(), step.taps.tolist(), strict=True)):
                self.giver.lay((source[1], source[2]))
                weight.lay((tap[0], tap[1]))
                self.add(self.giver, weight)
                to = kernel.rows - 1 - tap[0], kernel.columns - 1 - tap[1]
                flight = kernel.copy_of((tap[0], tap[1])), arrived.cell_box(to)
                self.fly(flight, seconds=0.7 if number < 3 else 0.3)
                arrived.show([to])
                self.hold(0.1)
        self.remove(self.giver, weight)
        sentence = words.arrives(s, step)
        with self.beat(sentence, focus=[arrived, kernel]):
            turn_onto(self, kernel, arrived)
            self.rest(0.6)

    def slide(self, s: subjects.Backprop, step: Any) -> None:
        """Put zeros around dY, lay the rotated kernel on it and slide it over all cells."""
        rotated, given, zeros = s.rotated, self.givers, s.zeros
        look: dict[str, Any] = {"scale": given.scale_of_fill, "padding": zeros, "texts": s.spread_labels}
        spread = Grid(rotated.padded[0], "gradient", "dY and zeros", **look)
        dx = Grid(self.sharing.result, "gradient", "dX", scale=self.scale)
        total = Sum(rotated, self.turned.texts, roles=("gradient", "kernel", "gradient"))
        written = self.turned.values.size <= _TERMS and self.room(spread, dx, total)
        order = [spread, self.middle if written else self.turned, dx]
        came = [(given.copy_of(cell), at) for cell, at in s.among_zeros.items()]
        spread.hide(zero for zero in spread.everywhere() if zeros[zero])
        stood, side = {self.turned: self.arrived, dx: self.target}, given.side
        self.rearrange(*order, later=[spread, total], gone=[self.factors, self.mark], instead=stood)
        self.remove(given)
        self.fly(*((parts, spread.cell_box(at)) for parts, at in came), scale=spread.side / side, seconds=1.0)
        self.add(spread)
        spread.show()
        if written:
            self.appear(total)
        window = Window(spread, s.trace.weight.shape[2:], s.trace.dilation)
        mark = Outline(dx, (0, 0), color=self.theme.highlight)

        def show(step: Any) -> None:
            mark.lay(step.output_index[1:])
            dx.show([step.output_index[1:]])
            if written:
                total.write(step)

        best, between = rotated.at(step.output_index), max(s.trace.stride) > 1
        window.lay(best.padded_origin)
        with self.beat(words.MAKES[between], value=as_in_cell(best.result), focus=[window, mark]):
            show(best)
            self.appear(window, mark)
            self.rest(2.0)
        with self.beat("Slid over dY and its zeros, it makes every cell of dX.", focus=[window]):
            dx.sink()
            self.walk(rotated, window, show, seconds=7.0, noun="cell")
            total.clear()
            self.remove(mark)
            self.move(window, best.padded_origin, 0.5)
            show(best)
            self.add(mark)
        self.close(words.CLOSES[between], focus=[window, dx])

    def room(self, spread: Grid, dx: Grid, total: Sum) -> bool:
        """Find an order in which the sum has room, too, and numbers stay numbers; tell whether there is one."""
        for middle in (Column(self.turned, total), Row(self.turned, total)):
            self.middle = middle
            if self.fit(spread, middle, dx) > TINY and dx.has_numbers == self.target.has_numbers:
                return True
        return False
