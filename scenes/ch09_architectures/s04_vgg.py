"""VGG: why small kernels in a row are worth a large one, and what they save."""

from collections.abc import Mapping, Sequence

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Reckoning, Row, Window
from cnnviz.stage.language import Template
from cnnviz.stage.stories.telling import Telling
from cnnviz.stage.text import text_width

Addition = tuple[tuple[int, int], Mapping[tuple[int, int], float]]
LARGE = 32  # of sums, where there is room


class Vgg(
    Telling,
    subject=subjects.Vgg,
    takeaway="Small kernels in a row see as far as a large one, with fewer weights and more ReLUs.",
    concepts=("VGG", "architectures", "receptive field", "3 x 3 kernels", "parameters"),
    seconds=36,
):
    """The network of one kernel size, and why that is 3 x 3."""

    title = "VGG"
    subtitle = "why 3 × 3"

    subject: subjects.Vgg

    def tell(self, s: subjects.Vgg) -> None:
        """Compare a run of small kernels with a large one; or read a network without such a run."""
        if s.run < 2:
            self.lay_out("How far does one get with nothing but 3 × 3 kernels?")
            self.measure()
            self.end()
            return
        self.ask(s)
        self.look_through(s)
        self.compare(s)

    def ask(self, s: subjects.Vgg) -> None:
        """Set the small kernels beside the large one."""
        side = s.sides[-1]
        look = {"detail": "", "form": "pixels", "ruled": True, "scale": 1.25}
        self.small = [Grid(each, "kernel", "3 × 3", note="+ ReLU", **look) for each in s.kernels[:-1]]
        self.large = Grid(s.kernels[-1], "kernel", f"{side} × {side}", note="+ ReLU", **look)
        told: Template = "Why kernels of 3 × 3 in a row, not one of {side} × {side}?"
        with self.beat(told, side=side, focus=[*self.small, self.large]):
            self.arrange(Row(*self.small, gap=0.25), self.large)
            self.rest(2.0)

    def order(self, s: subjects.Vgg, beside: Grid) -> list[object]:
        """Return small kernels and the room for sums below them, beside another picture."""
        widest = f"{s.weights[1]} × {s.maps} × {s.maps} = {s.totals[1]:,}"
        self.lines = Reckoning(text_width(widest, LARGE), 4, widest=widest, size=LARGE)
        rows = Row(*self.small, gap=0.25)
        return list(self.roomiest([Column(rows, self.lines), beside], [Column(rows, self.lines, beside)]))

    def look_through(self, s: subjects.Vgg) -> None:
        """Let each cell that is seen through some kernels see more through another one, and add up the ways."""
        side, last = s.sides[-1], s.placed[-1]
        look = {"scale": float(last.max()), "widest": [f"{last.max():g}"], "hidden": True}
        before = Grid(s.placed[0], "output", "1 × 1", detail="", **look)
        before.show([(side // 2, side // 2)])
        gone: list[Grid] = self.small
        for number, sees in enumerate(s.sides, 1):
            after = Grid(s.placed[0], "input", f"{number} × (3 × 3)", detail=f"{sees} × {sees}", **look)
            told: Template = "Through one 3 × 3 kernel a cell sees {sees} × {sees}."
            if number > 1:
                told = "Through another one, each of these sees 3 × 3: in all {sees} × {sees}."
            with self.beat(told, sees=sees, focus=after):
                self.rearrange(
                    before, after, gone=gone, instead={after: self.large} if number == 1 else {}, seconds=0.9
                )
                self.add_up(before, after, s.additions[number - 1], 1.6 + 1.2 * (number > 1))
            before, gone = after, [before]
        middle = Outline(before, (half := before.rows // 2, half), color=self.theme.highlight)
        with self.beat("The middle reaches the cell in {most} ways, a corner in one.", most=int(last.max())) as beat:
            beat.focus = [middle]
            self.appear(middle)
            self.rest(1.0)
        self.remove(middle)
        self.saw, self.gone = before, gone

    def add_up(self, before: Grid, after: Grid, additions: Sequence[Addition], seconds: float) -> None:
        """Slide a window over what the cells of one layer see, and add each one's ways to what it sees."""
        first, _ = additions[0]
        mark, window = (Window(before, (1, 1), cell=first), Window(after, (3, 3), cell=self.corner(additions[0])))
        self.add(mark, window)

        def add(addition: Addition) -> None:
            cell, numbers = addition
            self.move(mark, cell, 0.0)
            after.rewrite(numbers)

        self.walk(additions, window, add, seconds=seconds, at=self.corner)
        self.remove(mark, window)

    @staticmethod
    def corner(addition: Addition) -> tuple[int, int]:
        """Return the first cell of the window around a cell."""
        (row, column), _ = addition
        return row - 1, column - 1

    def compare(self, s: subjects.Vgg) -> None:
        """Count the weights of the small kernels and of the large one, then those of all maps."""
        (few, many), side = s.weights, s.sides[-1]
        for each in (*self.small, self.large):
            each.hide()
        with self.beat("How many weights do the small kernels have?", focus=self.small):
            self.rearrange(*self.order(s, self.saw), gone=self.gone)
            for kernel in self.small:
                self.walk(kernel.everywhere(), None, lambda cell, kernel=kernel: kernel.show([cell]), seconds=0.9)
        with self.beat("{few} weights, 9 in each of them.", few=few) as beat:
            beat.focus = [self.lines.reckon(self, 0, (f"{s.run} × 9 = ", "muted"), (f"{few}", "kernel"))]
        with self.beat("And one large kernel that sees as much?", focus=self.large):
            self.rearrange(*self.order(s, self.large), instead={self.large: self.saw})
            self.walk(self.large.everywhere(), None, lambda cell: self.large.show([cell]), seconds=2.4)
        with self.beat("It has {many} weights.", many=many) as beat:
            beat.focus = [self.lines.reckon(self, 1, (f"{side} × {side} = ", "muted"), (f"{many}", "kernel"))]
        told: Template = "With {maps} maps in and {maps} out: {little} against {much}."
        with self.beat(told, maps=s.maps, little=s.totals[0], much=s.totals[1]) as beat:
            for number, (each, total) in enumerate(zip(s.weights, s.totals, strict=True), 2):
                runs = (f"{each}", "kernel"), (f" × {s.maps} × {s.maps} = ", "muted"), (f"{total:,}", "text")
                beat.focus.append(self.lines.reckon(self, number, *runs))
        told = "As far a view for {few} weights instead of {many}, and a ReLU after each small kernel."
        self.close(told, few=few, many=many, focus=self.small)
