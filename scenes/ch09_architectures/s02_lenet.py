"""LeNet-5: its parts and what they cost, and the table that says which maps the filters of its third layer read."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Reckoning, Row, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.mapping import Mapping, map_of
from cnnviz.subjects.lenet import NAMES

STEPS: tuple[Template, ...] = ("in 1998", "all maps read", "plain poolings", "outputs learned", "today")
LARGE = 36  # of sums, in a tall frame


class LeNet(
    Mapping,
    subject=subjects.LeNet,
    takeaway="LeNet-5 read digits with 60,000 parameters; a table gave its filters different maps to read.",
    concepts=("LeNet-5", "architectures", "parameters", "receptive field", "connection table"),
    seconds=44,
):
    """The network of 1998, part by part, and its table."""

    title = "LeNet-5"
    subtitle = "the network of 1998"

    subject: subjects.LeNet
    asked: Template = "What is a network that reads handwritten digits made of?"

    def tell(self, s: subjects.LeNet) -> None:
        """Read the network, and its table if it has one."""
        if s.weights is None:
            self.lay_out(self.asked, NAMES)
            self.measure()
            self.end()
            return
        self.read(self.asked, s.digit, s.maps, NAMES)
        self.weigh()
        self.work()
        self.connect(s)
        self.compare(s)

    def connect(self, s: subjects.LeNet) -> None:
        """Fill in the table, filters with equally many maps at a time."""
        maps, filters = s.weights.shape
        detail = say("{maps} maps × {filters} filters", maps=maps, filters=filters)
        look: dict[str, Any] = {"hidden": True, "most": 0.57}
        self.table = Grid(s.weights, "kernel", "weights of C3", detail=detail, **look)
        self.sums = Grid(s.totals, "output", "parameters of each filter", detail="", **look)
        read = [
            map_of(each, zoom=1 / len(each), title="S2" * (not number), detail="")
            for number, each in enumerate(s.maps["S2"])
        ]
        made = [map_of(each, zoom=1 / len(each), hidden=True) for each in s.maps["C3"]]
        stage = self.frame.stage
        self.beside = stage.height < 0.6 * stage.width
        wide = (0.33 if self.beside else 0.9) * stage.width
        size, changes = LARGE if stage.height > stage.width else LABEL, self.changes(s)
        widest = [s.added, *("".join(text for text, _ in line) for line in changes)]
        count = 2 + len(changes) if self.beside else max(len(changes), len(s.runs))
        self.lines = Reckoning(wide, count, widest=widest, size=size)
        table = Column(self.table, self.sums, Row(*made, gap=0.0), gap=0.14)
        told: Template = "C3 has {filters} filters, S2 gives it {maps} maps. Must each filter read every map?"
        with self.beat(told, maps=maps, filters=filters, focus=[*read[::2], self.table]):
            self.unfold(3, self.table, Row(Column(*read, gap=0.0), table, gap=0.1), self.lines, most=0.57)
            self.rest(2.2)
        for number, (first, many, each) in enumerate(s.runs):
            mark, total = Outline(self.table, (0, first), maps, many, color=self.theme.text), s.totals[0, first]
            told = counted(
                "{count} filter reads all {read} maps: {total} parameters.",
                "{count} filters read {read} maps each: {total} parameters a filter.",
                many,
            )
            with self.beat(told, read=each, total=total, focus=[mark, self.sums]):
                self.add(mark)
                runs = [(f"{each} × ", "text"), (f"{s.each}", "kernel"), (f" + 1 = {total}", "text")]
                self.appear(self.lines.line(number, runs), into=self.lines)
                columns = range(first, first + many)
                cells = [(row, column) for column in columns for row in range(maps) if s.weights[row, column]]
                self.walk(cells, None, lambda cell: self.table.show([cell]), seconds=1.8)
                self.sums.show([(0, column) for column in columns])
                for column in columns:
                    made[column].show()
            self.remove(mark)

    def compare(self, s: subjects.LeNet) -> None:
        """Add up, and compare with what is built today."""
        total = int(s.totals.sum())
        with self.beat("Together {total} parameters.", total=total):
            self.vanish(self.lines)
            self.appear(self.lines.line(0, [(s.added, "output")]), into=self.lines)
            self.rest(0.5)
        with self.beat("If each filter read every map: {full}.", full=s.full):
            self.appear(self.lines.line(1, [(s.filled, "muted")]), into=self.lines)
        told: Template = "Today all maps are read, poolings are plain and outputs learned: {modern} in all."
        with self.beat(told, modern=s.modern) as beat:
            if not self.beside:
                self.vanish(self.lines)
            for number, runs in enumerate(self.changes(s), 2 * self.beside):
                beat.focus = [self.lines.line(number, runs)]
                self.appear(*beat.focus, into=self.lines)
        told = "No: {total} parameters do instead of {full}, and no two filters read the same maps."
        counts = {"total": total, "full": s.full}
        if not self.beside:  # these have made room
            told, counts = "No: fewer parameters do, and no two filters read the same maps.", {}
        self.close(told, **counts, focus=[self.table, self.sums])

    def changes(self, s: subjects.LeNet) -> list[list[tuple[str, str]]]:
        """Write every change of the count with what makes it: one in a line beside the table, two below it."""
        pairs, each = list(zip(s.changes, STEPS, strict=True)), 1 if self.beside else 2
        lines = (pairs[start : start + each] for start in range(0, len(pairs), each))
        return [[run for pair in line for run in self.runs(*pair)] for line in lines]

    @staticmethod
    def runs(change: str, why: Template) -> list[tuple[str, str]]:
        """Write one change, or what all of them lead to."""
        return [(change, "output" if change.startswith("=") else "kernel"), (f"  {say(why)}   ", "muted")]
