"""The pipeline: one run of the real code from files to a test, and what leaking test digits claim, as measured."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Outline, Row, Stages, Table, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.answered import lifted
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.verdict import READ
from cnnviz.stage.stories.leaking import Leaking
from cnnviz.stage.stories.parting import join, part
from cnnviz.subjects.sheets import rows_for, wall_of

NAMES: tuple[Template, ...] = ("training", "validation", "test")
GAP, AWAY, SLIP, PITCH = 0.35, 1.9, 0.88, 9  # between pictures; sizes; pixels from digit to digit
FILTERS, LARGER = 2.6, 4.0  # units, for filters beside a curve; a digit beside weights


class Pipeline(
    Stages,
    Leaking,
    subject=subjects.Pipeline,
    takeaway="Put the test away before anything is learned, and open it once: only then its number is true.",
    concepts=("training", "validation", "test", "normalization", "leakage"),
    seconds=55,
):
    """From digits on disk to a number one can trust."""

    title = "The pipeline"
    subtitle = "one run of the real code"
    lines = (
        "data = digits()",
        "bincount(data.labels)",
        "split = digits_split()",
        "images = data.images / 16",
        "network = tiny_cnn()",
        "fit(network, split.train, validation=split.validation)",
        "evaluate(network, split.test)",
    )

    subject: subjects.Pipeline

    def tell(self, s: subjects.Pipeline) -> None:
        """Go through seven stages, then leak."""
        self.open_room()
        self.prepare_data(s)
        self.learn(s)
        tested, gone = self.test(s)
        self.uncount()
        self.leak(s, tested, self.lines_of_test, [tested, *gone, self.line])

    def prepare_data(self, s: subjects.Pipeline) -> None:
        """Load, look, split and scale."""
        room, look = self.room.box, {"scale": 1.0, "form": "pixels"}
        rows = rows_for(s.count, room.height, room.width)
        sheet = Grid(wall_of(s.images, rows), "input", "digits", detail=f"{s.count:,} × 8 × 8", **look)
        self.act(1, sheet)
        self.add(sheet)
        told: Template = "{count} written digits. How do they become a network that one can trust?"
        with self.beat(told, count=s.count, focus=sheet):
            self.rest(1.4)
        least, most = min(s.labels), max(s.labels)
        lines, each = (1, 10) if self.frame.is_wide else (2, 5)
        high, across = room.height / lines - TITLE_HEIGHT - GAP, lines * room.width / len(s.kinds) - GAP
        blocks = [wall_of(kind, rows_for(len(kind), high, across)) for kind in s.kinds]
        ten = [Grid(block, "input", str(i), detail=f"{s.labels[i]}", **look) for i, block in enumerate(blocks)]
        told = "Look before you learn: {least} to {most} of each, none is rare."
        with self.beat(told, least=least, most=most, focus=[ten[s.labels.index(n)] for n in (least, most)]):
            table = Table(*(ten[i : i + each] for i in range(0, len(ten), each)), gap=(GAP, GAP))
            self.act(2, table)
            part(self, sheet, ten)
            self.rest(0.8)
        wide = self.frame.is_wide
        self.lines_of_test = rows_for(s.parts["test"], room.height, room.width if wide else 2 * room.width)
        counts = {name: f"{count:,}" for name, count in s.parts.items()}
        down = dict(zip(NAMES, (rows, rows, self.lines_of_test), strict=True))
        walls = [Grid(wall_of(s.divided[n], down[n]), "input", n, detail=counts[n], **look) for n in NAMES]
        with self.beat("Split first: {test} digits are put away, until the end.", test=s.asked, focus=walls[-1]):
            self.act(3, *walls)
            join(self, ten, walls)
            walls[-1].sink()
            self.rest(0.8)
        ink = Grid(s.ink, "input", "as loaded", detail=say("0 to 16"), scale=16.0)
        scaled = Grid(s.scaled, "input", "scaled", detail=say("0 to 1"), scale=1.0, hidden=True, widest=["0.25"])
        look |= {"detail": counts["test"], "note": "locked", "side": AWAY / walls[-1].columns}
        away = Grid(walls[-1].values, "input", "test", **look)
        away.sink()
        self.away = [away][: self.frame.is_wide]  # beside all that follows, where there is room
        with self.beat("Scale: all numbers from 0 to 1, so that no input is too strong.", focus=scaled):
            instead = {away: walls[-1]} if wide else {}
            self.lead(4, ink, scaled, *self.away, gone=walls[: 3 - wide], instead=instead)
            self.fill(scaled, 1.6)
        self.last = [ink, scaled]

    def learn(self, s: subjects.Pipeline) -> None:
        """Design a network, train it, and keep its best epoch."""
        run, (wide, high) = s.run, self.chart_size
        sheets = [Grid(w, "kernel", n, detail=f"{s.parameters[n]:,}", form="pixels") for n, w in s.sheets.items()]
        told: Template = "Design: two convolutions and a dense layer, {first} + {second} + {dense} parameters."
        fields = dict(zip(("first", "second", "dense"), s.parameters.values(), strict=True))
        with self.beat(told, **fields, focus=sheets):
            self.last[1].zoom = LARGER
            self.lead(5, self.last[1], *sheets, *self.away, gone=self.last[:1])
            for sheet in sheets:
                self.point(sheet, seconds=0.6)
        losses = dict(zip(NAMES[:2], run.loss.T.tolist(), strict=True))
        axes = {"roles": ("input", "output"), "powers": True, "along": say("epoch"), "title": "loss"}
        if self.frame.width >= self.frame.height:
            wide, high = self.room.box.width - FILTERS - len(self.away) * (AWAY + 2 * GAP), 1.2 * high
        course = Course(losses, wide, min(high, self.room.box.height - TITLE_HEIGHT), **axes)
        with self.beat("Train: {epochs} epochs of cross-entropy and AdamW.", epochs=str(run.epochs), focus=course):
            self.lead(6, sheets[0], course, *self.away, gone=[self.last[1], *sheets[1:]])
            for epoch in range(1, run.epochs + 1):
                sheets[0].become(s.filters(epoch))
                self.play(course.go(epoch), run_time=0.08)
            course.show(run.epochs)
        told = "Keep the best by validation: epoch {best}. The test has no say in it."
        with self.beat(told, best=run.best, focus=[course.box, *self.away]):
            self.appear(course.mark(run.best, say("epoch {epoch}", epoch=run.best)), into=course)
            course.tell(run.best)
            sheets[0].become(s.filters(run.best))
        self.last = [sheets[0], *course.submobjects]

    def test(self, s: subjects.Pipeline) -> tuple[Grid, list[Any]]:
        """Test once, row by row, and take out what is read wrong; return the wall, and what else stands there."""
        down, look = self.lines_of_test, dict[str, Any](scale=1.0, form="pixels")
        tested = Grid(wall_of(s.tested, down), "output", "test digits", detail=f"{s.asked}", **look)
        tested.sink()
        look["side"] = (SLIP if self.frame.width >= self.frame.height else 2 * SLIP) / len(s.ink)
        slips = [Grid(ink, "input", str(label), detail=say(READ, answer=read), **look) for ink, label, read in s.slips]
        beside = (Column if self.away else Row)(*slips, gap=GAP / 2)
        instead = {tested: self.away[0]} if self.away else {}
        with self.beat("Test once, on digits that it never saw.", focus=tested):
            self.vanish(*self.last)
            self.lead(7, tested, instead=instead)
            for row in range(down):
                tested.show([(PITCH * row + i, j) for i in range(PITCH + 1) for j in range(tested.columns)])
                read = [place not in s.wrong for place in range(s.asked) if place % down <= row]
                tested.rename(tested.title, say("{right} of {asked} right", right=sum(read), asked=len(read)))
                self.hold(0.1)
        with self.beat("{right} of {asked} are read right.", right=s.right, asked=s.asked, focus=slips):
            places = [(PITCH * (i % down) + 1, PITCH * (i // down) + 1) for i in s.wrong]
            marks = [Outline(tested, at, PITCH - 1, PITCH - 1, color=self.theme.highlight) for at in places]
            self.appear(*marks)
            self.point(*marks)
            wrong = {slip: lifted(tested, down, at) for slip, at in zip(slips, s.wrong, strict=True)}
            self.add(*wrong.values())
            self.lead(7, tested, beside, instead=wrong)
            self.rest(1.0, focus=slips)
        return tested, [*marks, *slips]
