"""AlexNet: its parts and what they cost, 11 x 11 kernels in large steps, and two columns that seldom meet."""

from cnnviz import subjects
from cnnviz.stage import Branches, Column, Grid, Outline, Reckoning, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.telling import Telling
from cnnviz.subjects.alexnet import PRINTED

LARGE = 36  # of sums, where there is room


class AlexNet(
    Telling,
    subject=subjects.AlexNet,
    takeaway="AlexNet looks with 11 × 11 kernels in steps of 4, and lies on two cards that seldom talk.",
    concepts=("AlexNet", "architectures", "stride", "grouped convolution", "parameters", "ReLU", "dropout"),
    seconds=46,
):
    """The network of 2012, part by part, its first kernels and its two columns."""

    title = "AlexNet"
    subtitle = "the network of 2012"

    subject: subjects.AlexNet

    def tell(self, s: subjects.AlexNet) -> None:
        """Read the network, its first windows, and its columns if it has some."""
        self.lay_out("What was the network made of that won in 2012?")
        self.measure()
        if s.picture is None and not s.columns:
            self.end()
            return
        self.gone = [self.diagram, *self.columned]
        if s.picture is not None:
            self.slide(s)
        if s.columns:
            self.divide_up(s)
            self.add_up(s)

    def slide(self, s: subjects.AlexNet) -> None:
        """Let the first window run over the picture, and near its edge, enlarged."""
        x = Grid(s.picture.values[0], "input", "input", photo=s.picture.peak, colors=s.picture.values, form="pixels")
        widest = f"({PRINTED} − {s.kernel}) / {s.stride} + 1 = {s.exact:g}"
        last, back = s.origins[-1][1], max(0, s.origins[-1][1] - 3 * s.stride)
        low = max(0, s.stride * (s.count * 3 // 5) - 1)  # a row above windows below the middle
        part, share = s.picture.values[:, low : low + s.kernel + 2, back:], 1.5 if self.frame.is_wide else 1.0
        look = {"photo": s.picture.peak, "colors": part, "form": "pixels", "ruled": True, "detail": ""}
        edge = Grid(part[0], "input", "at the edge", zoom=share * s.side / part.shape[2], **look)
        wide = 0.4 * self.frame.stage.width if self.frame.is_wide else 0.6 * self.frame.stage.width
        lines = Reckoning(wide, 2, widest=max(widest, s.formula, key=len), size=LARGE)
        told: Template = "The first kernels are {kernel} × {kernel}; in steps of {stride} they make {count} windows."
        with self.beat(told, kernel=s.kernel, stride=s.stride, count=s.count) as beat:
            self.rearrange(x, Column(edge, lines), gone=self.gone)
            self.remove(*self.gone)
            mark = Outline(x, (low, back), *part.shape[1:], color=self.theme.input)
            window, near = (Window(grid, (s.kernel, s.kernel), cell=at) for grid, at in ((x, (0, 0)), (edge, (1, 0))))
            beat.focus = near
            self.add(mark, window)
            self.walk(s.origins[:8], window, seconds=2.0, at=lambda cell: cell)
            self.move(window, (low + 1, back), 0.8)
            self.add(near)
            cells = [(1, column) for column in range(0, last - back + 1, s.stride)]
            follow = lambda cell: window.lay((low + 1, cell[1] + back))  # noqa: E731
            self.walk(cells, near, follow, seconds=2.4, at=lambda cell: cell)
            self.appear(lines.line(0, [(s.formula, "output")]), into=lines)
        if s.is_usual:
            told = "The paper prints {printed}: {exact} windows, the last hangs over the edge. It was {side}."
            with self.beat(told, printed=PRINTED, exact=f"{s.exact:g}", side=s.side) as beat:
                beat.focus = [lines.line(1, [(widest, "muted")]), near]
                edge.sink((row, column) for row, column in edge.everywhere() if column + back >= PRINTED)
                self.appear(beat.focus[0], into=lines)
        self.gone = [x, edge, lines, mark, window, near]
        if not s.columns:
            self.close("Large steps make a large picture small at once.", focus=window)

    def divide_up(self, s: subjects.AlexNet) -> None:
        """Show the columns, side by side."""
        stage, rows = self.frame.stage, len(s.columns[0])
        in_line = stage.width > 1.3 * stage.height
        wide = 0.66 * stage.width if in_line else stage.width
        room = stage.width - wide - 0.6 if in_line else 0.85 * stage.width
        self.lines = Reckoning(room, 3, widest=[*map(self.said, range(3))], size=LARGE)
        high = min(stage.height - (0.1 if in_line else self.lines.extent(1.0)[1] + 0.7), 1.6 + 1.4 * rows)
        self.picture = Branches(s.columns, s.reads, s.makes, wide, high, rows, mixed=s.mixed)
        told: Template = "It was too large for one card of its time: each card got half of the filters."
        if not s.is_usual:
            told = "In the middle its filters lie in columns, side by side."
        with self.beat(told, focus=self.picture):
            self.rearrange(self.picture, self.lines, gone=self.gone)
            self.remove(*self.gone)
            self.appear(self.picture.end(1), into=self.picture, seconds=0.3)
            for column in range(len(s.columns)):
                self.appear(self.picture.branch(column), into=self.picture, seconds=0.8)

    def said(self, number: int) -> str:
        """Say how many parameters a variant has, and how many fewer that is."""
        s = self.subject
        if number == 0:
            return say("all connected: {count}", count=s.full)
        if number == 1:
            return say("in columns: {count}", count=s.parameters)
        return say("saved: {count}", count=s.full - s.parameters)

    def add_up(self, s: subjects.AlexNet) -> None:
        """Say where columns meet, and what they save."""
        told: Template = "Each column reads its own maps only."
        if s.mixed:
            told = "Each column reads its own maps; only here every filter reads those of all."
        crossing = self.picture.crossing()
        with self.beat(told, focus=crossing if s.mixed else self.picture.box):
            self.appear(crossing, into=self.picture)
        with self.beat("That leaves {count} parameters of {full}.", count=s.parameters, full=s.full) as beat:
            for column in range(len(s.columns)):
                self.appear(self.picture.counts(column), into=self.picture, seconds=0.3)
            for number, role in enumerate(("muted", "kernel")):
                beat.focus.append(self.lines.line(number, [(self.said(number), role)]))
                self.appear(beat.focus[-1], into=self.lines)
        saved = self.lines.line(2, [(self.said(2), "text")])
        self.appear(saved, into=self.lines)
        told = "Columns fitted small cards and saved {saved} weights; as groups they still do."
        self.close(told, saved=s.full - s.parameters, focus=saved)
