"""Inception: kernels of several sizes side by side, and 1 x 1 kernels in front that make them cheap."""

from cnnviz import subjects
from cnnviz.stage import Branches, Grid, Reckoning, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.telling import Telling

LARGE = 34  # of sums, where there is room


class Inception(
    Telling,
    subject=subjects.Inception,
    takeaway="An inception module looks with kernels of several sizes at once; 1 × 1 in front makes that cheap.",
    concepts=("GoogLeNet", "inception module", "1 x 1 convolution", "parameters", "architectures"),
    seconds=42,
):
    """The network of branches, and one of its modules."""

    title = "Inception"
    subtitle = "side by side, and cheap"

    subject: subjects.Inception

    def tell(self, s: subjects.Inception) -> None:
        """Read the network, and its first module if it has one."""
        if s.is_usual:
            self.ask(s)
        self.lay_out("This network takes all of them side by side, in module after module.")
        if s.module is None:
            self.measure()
            self.end()
            return
        self.weigh()
        self.gone = [self.diagram, *self.columned]
        self.naive(s)
        self.reduce(s)

    def ask(self, s: subjects.Inception) -> None:
        """Count what kernels of several sizes weigh, to ask which is best."""
        most = float(s.kernels[-1].size)
        look = {"detail": "", "scale": 2.0 * most, "widest": [f"{most:g}"], "hidden": True}
        kernels = [Grid(kernel, "kernel", " × ".join(map(str, kernel.shape)), **look) for kernel in s.kernels]
        self.arrange(*kernels)
        with self.beat("Which kernel is best: 1 × 1, 3 × 3 or 5 × 5?", focus=kernels):
            for kernel in kernels:
                cells = kernel.everywhere()
                self.walk(cells, None, lambda cell, kernel=kernel: kernel.show([cell]), seconds=0.3 * len(cells) ** 0.5)
        self.vanish(*kernels)

    def set_out(self, number: int) -> None:
        """Set a module beside the room for sums."""
        s, stage = self.subject, self.frame.stage
        module, maps = ((s.naive, s.naive_maps), (s.module, s.maps))[number]
        rows = max(map(len, s.module))
        size = " × ".join(map(str, s.shape[1:]))
        in_line = stage.width > 1.5 * stage.height
        self.saved = " + ".join(f"{part.parameters:,}" for part in s.module[s.best]) + f" < {s.before:,}"
        wide = 0.69 * stage.width if in_line else stage.width
        room = stage.width - wide - 0.6 if in_line else 0.85 * stage.width
        self.lines = Reckoning(room, 3, widest=[self.saved, *map(self.said, range(2))], size=LARGE)
        high = min(stage.height - (0.1 if in_line else self.lines.extent(1.0)[1] + 0.7), 1.6 + 1.75 * rows)
        ends = f"{s.reads} × {size}", f"{maps} × {size}"
        self.picture = Branches(module, *ends, wide, high, rows, reads=s.reads)
        self.rearrange(self.picture, self.lines, gone=self.gone)
        self.remove(*self.gone)
        self.gone = [self.picture, self.lines]

    def said(self, number: int) -> str:
        """Say how many parameters a module has."""
        if number:
            return say("with 1 × 1: {count}", count=self.subject.total)
        return say("as they are: {count}", count=self.subject.naive_total)

    def naive(self, s: subjects.Inception) -> None:
        """Show the module without 1 x 1 in front, and its price."""
        with self.beat("Side by side: each branch reads all {reads} maps.", reads=s.reads) as beat:
            self.set_out(0)
            beat.focus = [self.picture.box]
            for column in range(len(s.naive)):
                self.appear(self.picture.branch(column), into=self.picture)
            self.rest(0.6)
        with self.beat("What they learn: {total} parameters in one module.", total=s.naive_total) as beat:
            for column in range(len(s.naive)):
                self.appear(self.picture.counts(column), into=self.picture, seconds=0.3)
            beat.focus = [self.appear_line(0)]
        told: Template = "Stacked, {maps} maps come out of {reads}: the next module costs even more."
        if s.naive_maps <= s.reads:
            told = "Stacked, {maps} maps come out of {reads}."
        with self.beat(told, maps=s.naive_maps, reads=s.reads) as beat:
            beat.focus = [self.picture.end(1)]
            self.appear(*beat.focus, into=self.picture)

    def appear_line(self, number: int, row: int = 0) -> object:
        """Write down what a module costs."""
        line = self.lines.line(row, [(self.said(number), "kernel" if number else "muted")])
        self.appear(line, into=self.lines)
        return line

    def reduce(self, s: subjects.Inception) -> None:
        """Put 1 x 1 in front, and compare."""
        first, last = s.module[s.best][0], s.module[s.best][-1]
        with self.beat("Now 1 × 1 kernels go first: of {reads} maps they make few.", reads=s.reads) as beat:
            self.set_out(1)
            self.appear(self.lines.line(0, [(self.said(0), "muted")]), into=self.lines, seconds=0.2)
            for column in range(len(s.module)):
                self.appear(self.picture.branch(column), into=self.picture)
            beat.focus = [self.picture.room(s.best, 0)]
            self.rest(0.6)
        told: Template = "This kernel now reads {few} maps: {first} + {last} parameters instead of {before}."
        cost = {"first": first.parameters, "last": last.parameters, "before": s.before}
        with self.beat(told, few=first.shape[0], **cost, focus=self.picture.room(s.best, 1)):
            self.appear(self.picture.counts(s.best, lit=True), into=self.picture)
            self.appear(self.lines.line(2, [(self.saved, "text")]), into=self.lines)
            self.rest(1.0)
        self.appear(self.picture.end(1), into=self.picture)
        with self.beat("In all {total} instead of {naive}.", total=s.total, naive=s.naive_total) as beat:
            for column in range(len(s.module)):
                if column != s.best:
                    self.appear(self.picture.counts(column), into=self.picture, seconds=0.3)
            beat.focus = [self.appear_line(1, 1)]
            self.rest(1.0)
        told = "Several views at once, for {total} parameters: 1 × 1 in front makes it cheap."
        self.close(told, total=s.total, focus=self.picture.box)
