"""AlexNet: its parts and what they cost, 11 x 11 kernels in large steps, and two columns that seldom meet."""

from cnnviz import subjects
from cnnviz.stage import Branches, Grid, Reckoning, Window, say
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
        self.leave()
        if s.picture is not None:
            self.slide(s)
        if s.columns:
            self.divide_up(s)
            self.add_up(s)

    def slide(self, s: subjects.AlexNet) -> None:
        """Let the first window run over the picture."""
        x = Grid(s.picture.values[0], "input", "input", photo=s.picture.peak, colors=s.picture.values, form="pixels")
        widest = f"({PRINTED} − {s.kernel}) / {s.stride} + 1 = {s.exact:g}"
        wide = self.frame.stage.width * (0.45 if self.frame.is_wide else 0.85)
        lines = Reckoning(wide, 2, widest=max(widest, s.formula, key=len), size=LARGE)
        self.arrange(x, lines)
        window = Window(x, (s.kernel, s.kernel))
        told: Template = "The first kernels are {kernel} × {kernel}; in steps of {stride} they make {count} windows."
        with self.beat(told, kernel=s.kernel, stride=s.stride, count=s.count, focus=window):
            self.add(window)
            self.walk(s.origins[:8], window, seconds=3.0, at=lambda cell: cell)
            self.move(window, s.origins[-1], 1.2)
            self.appear(lines.line(0, [(s.formula, "output")]), into=lines)
        if s.is_usual:
            told = "The paper prints {printed}: that would be {exact} windows. It was {side}."
            with self.beat(told, printed=PRINTED, exact=f"{s.exact:g}", side=s.side) as beat:
                beat.focus = [lines.line(1, [(widest, "muted")])]
                self.appear(*beat.focus, into=lines)
        if not s.columns:
            self.close("Large steps make a large picture small at once.", focus=window)
            return
        self.vanish(x, window, lines)
        self.remove(x, window, lines)

    def divide_up(self, s: subjects.AlexNet) -> None:
        """Show the columns, side by side."""
        stage, rows = self.frame.stage, len(s.columns[0])
        in_line = stage.width > 1.3 * stage.height
        wide = 0.58 * stage.width if in_line else stage.width
        room = stage.width - wide - 0.6 if in_line else 0.85 * stage.width
        self.lines = Reckoning(room, 3, widest=[*map(self.said, range(3))], size=LARGE)
        high = min(stage.height - (0.1 if in_line else self.lines.extent(1.0)[1] + 0.7), 1.6 + 1.4 * rows)
        self.picture = Branches(s.columns, s.reads, s.makes, wide, high, rows, mixed=s.mixed)
        self.arrange(self.picture, self.lines)
        told: Template = "It was too large for one card of its time: each card got half of the filters."
        if not s.is_usual:
            told = "In the middle its filters lie in columns, side by side."
        self.appear(self.picture.end(1), into=self.picture, seconds=0.3)
        with self.beat(told, focus=self.picture.box):
            for column in range(len(s.columns)):
                self.appear(self.picture.branch(column), into=self.picture, seconds=0.8)
            self.rest(0.8)

    def said(self, number: int) -> str:
        """Say how many parameters a variant has."""
        s = self.subject
        if number == 0:
            return say("in columns: {count}", count=s.parameters)
        if number == 1:
            return say("all connected: {count}", count=s.full)
        return say("one column, 2014: {count}", count=s.modern)

    def add_up(self, s: subjects.AlexNet) -> None:
        """Say where columns meet, and what they save."""
        told: Template = "Each column reads its own maps only."
        if s.mixed:
            told = "Each column reads its own maps; only here every filter reads those of all."
        focus = [self.picture.room(column, row) for row in s.mixed or [0] for column in range(len(s.columns))]
        with self.beat(told, focus=focus):
            for column in range(len(s.columns)):
                self.appear(self.picture.counts(column), into=self.picture)
            self.rest(1.5)
        with self.beat("That leaves {count} parameters of {full}.", count=s.parameters, full=s.full) as beat:
            beat.focus = [self.lines.line(0, [(self.said(0), "kernel")])]
            self.appear(*beat.focus, into=self.lines)
            self.appear(self.lines.line(1, [(self.said(1), "muted")]), into=self.lines)
            if s.is_usual:
                self.appear(self.lines.line(2, [(self.said(2), "muted")]), into=self.lines)
        self.close("Columns were a way round small cards; as groups they save weights today.", focus=self.picture.box)
