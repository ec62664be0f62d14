"""Optimizers: steps down a true plane of losses, and what each learning rate is worth in the whole network."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Trail, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import units
from cnnviz.stage.text import size_within, text_width
from cnnviz.subjects.number import cell_text

WAYS: tuple[tuple[str, Template, str], ...] = (
    ("SGD 0.3", "SGD", "input"),
    ("SGD 3", "SGD", "output"),
    ("SGD 60", "SGD", "negative"),
    ("momentum 0.3", "momentum", "kernel"),
    ("Adam 0.3", "Adam", "highlight"),
)
NAMES: tuple[Template, ...] = ("SGD", "momentum 0.9", "Nesterov 0.9", "Adam")
DEEP = 3.0  # losses from here on have the strongest fill
LARGE, LEADING = 44, 1.6  # type beside the plane in a wide frame; from line to line, in type sizes
GAP = 0.14  # between rows of losses
LIST, WIDEST, FIRST = 8.3, 1.0, 0.25  # beside the plane, in a wide frame; a cell at most; behind names


class Optimizers(
    Scene,
    subject=subjects.Optimizers,
    takeaway="Every optimizer steps against the gradient; how far is what decides, and each has a rate of its own.",
    concepts=("gradient descent", "learning rate", "momentum", "Adam"),
    seconds=43,
):
    """Five ways from the same first weights, then four optimizers at seven learning rates."""

    title = "Down the loss"
    subtitle = "learning rate, momentum, Adam"

    subject: subjects.Optimizers

    def tell(self, s: subjects.Optimizers) -> None:
        """Let each way begin at the same weights of a plane, then compare rates."""
        first = s.plane.way("SGD 3")[0, 2]
        detail = say("on a plane of all weights") if self.frame.is_wide else ""
        look = {"detail": detail, "scale": DEEP, "form": "pixels", "legend": True}
        self.plane = Grid(s.plane.loss, "gradient", "loss", **look)
        named = [say("first weights"), *(f"{say(label)} {name.split()[-1]}" for name, label, _ in WAYS)]
        after, wide = f"88.88   {say('after {steps}', steps=88)}", self.frame.is_wide
        longest = max(named, key=len) + 3 * " " + after
        self.type = size_within(LIST - 3 * GAP, LARGE, longest) if wide else layout.LABEL
        self.numbers_at = max(text_width(name, self.type) for name in named) + 3 * GAP
        high = len(named) * LEADING * units(self.type)
        self.list = Slot(LIST if wide else self.numbers_at + text_width(after, self.type), high)
        self.arrange(self.plane, self.list, gap=4 * GAP)
        colors = [self.theme.text, *(self.theme.role(role) for *_, role in WAYS)]
        for row, (name, color) in enumerate(zip(named, colors, strict=True)):
            at = self.list.box.left, self.y(row)
            self.list.append(Label(name, self.type, color, at=at, align="left"))
        at = self.list.box.left + self.numbers_at
        self.asked = [
            Label("?", self.type, self.theme.muted, at=(at, self.y(row)), align="left") for row in range(1, len(named))
        ]
        self.list.append(*self.asked)
        self.write(0, self.theme.text, first)
        start = Trail(self.plane, s.cells("SGD 3")[:1], "text")
        self.add(start)
        with self.beat("Here training begins, at a loss of {loss}. How far should a step go?", loss=first, focus=start):
            self.rest(1.0)
        self.go(s, 0, "Steps of {rate} times the gradient: after {steps}, still {loss}.", 0.3)
        self.go(s, 1, "Of {rate} times: the same {steps} steps lead down to {loss}.", 3)
        self.go(s, 2, "Of {rate} times: across the valley and out of sight, to {loss}.", 60)
        self.go(s, 3, "Momentum keeps its speed: {rate} is enough for {loss}.", 0.3)
        self.go(s, 4, "Adam scales each weight's step by itself: also {rate}, and {loss}.", 0.3)
        self.stays = self.frame.is_wide or self.frame.height > self.frame.width  # beside the plane, or below it
        self.vanish(self.list, *([] if self.stays else [self.plane, start, *self.trails]))
        self.compare(s)

    def go(self, s: subjects.Optimizers, number: int, told: Template, rate: float) -> None:
        """Go one way, and write where it leads."""
        name, _, role = WAYS[number]
        way, trail = s.plane.way(name), Trail(self.plane, s.cells(name), role)
        self.trails = [*getattr(self, "trails", []), trail]
        color, steps, loss = self.theme.role(role), len(way) - 1, way[-1, 2]
        with self.beat(told, rate=rate, steps=steps, loss=loss, focus=trail.head):
            self.add(trail)
            self.play(trail.go(), run_time=2.2 if len(trail.cells) > 2 else 0.8)
            self.list.take(self.asked[number])
            self.write(number + 1, color, loss, steps)

    def y(self, row: int) -> float:
        """Return the middle of a line beside the plane."""
        return self.list.box.top - (row + 0.5) * LEADING * units(self.type)

    def write(self, row: int, color: str, loss: float, steps: int = 0) -> None:
        """Write beside a name where it led."""
        after = f"   {say('after {steps}', steps=steps)}" if steps else ""
        runs = [(cell_text(loss), color), (after, self.theme.muted)][: 1 + bool(steps)]
        at = self.list.box.left + self.numbers_at, self.y(row)
        self.list.append(Line(runs, self.type, at=at, align="left"))

    def compare(self, s: subjects.Optimizers) -> None:
        """Show the losses of the whole network by learning rate."""
        names: tuple[Template, ...] = ("learning rate", *NAMES)
        named, room = max(text_width(say(name), layout.LABEL) + FIRST for name in names), self.frame.stage
        if self.stays:
            room = self.frame.left_by(self.plane.box, 4 * GAP)
        side = min(WIDEST, (room.width - named) / len(s.rates), (room.height + GAP) / len(names) - GAP)
        look = {"role": "gradient", "scale": DEEP, "hidden": True, "side": side, "widest": ["2.27"]}
        rates = Grid(s.head, "kernel", scale=2.0, side=side, texts=[s.texts])
        rows = {name: Grid(losses[None], **look) for name, losses in zip(NAMES, s.losses, strict=True)}
        slots = [Slot(named, side) for _ in names]
        grids = [rates, *rows.values()]
        self.fit(Column(*(Row(*pair, gap=0.0) for pair in zip(slots, grids, strict=True)), gap=GAP), room=room)
        for name, slot, grid in zip(names, slots, grids, strict=True):
            at = (slot.box.left, slot.box.center[1])
            slot.put(Label(say(name), layout.LABEL, self.theme.role(grid.role), at=at, align="left"))
        self.appear(*slots, *grids)
        told: Template = "Now all weights, at {count} rates. Which optimizer comes lowest?"
        with self.beat(told, count=len(s.rates), focus=rates):
            for number, row in enumerate(rows.values(), 1):
                self.step(number, len(rows), noun="optimizer")
                self.walk(row.everywhere(), None, lambda cell, row=row: row.show([cell]), seconds=1.2)
        self.uncount()
        told = "At one small rate, {rate}, Adam is far ahead: {adam}, and SGD has hardly moved: {sgd}."
        sgd, adam, ink = s.losses[0, 0], s.losses[-1, 0], self.theme.text
        if adam > 0.5 * sgd:
            told = "At one small rate, {rate}: Adam {adam}, SGD {sgd}."
        marks = [Outline(grid, (0, 0), color=ink) for grid in (*grids[:2], grids[-1])]
        self.mark(marks, told, rate=s.texts[0], adam=adam, sgd=sgd)
        told = "At {rate} all end at {loss}: no better than guessing, whoever steps."
        if s.failed:
            marks = [Outline(grid, (0, len(s.rates) - 1), color=ink) for grid in grids]
            self.mark(marks, told, rate=s.texts[-1], loss=s.losses[0, -1])
        leader, second = s.ranking[:2]
        lit = {name: Outline(row, (0, s.best(name)), color=ink) for name, row in rows.items()}
        told = "Each at its best rate: {leader} is lowest, {loss}."
        if not s.ahead:
            told = "{leader}: {loss}; {second}: {other}. At their best, none is ahead."
        points = [s.best_point(name) for name in (leader, second)]
        loss, other = (f"{point.mean:.3f} ± {point.spread:.3f}" for point in points)
        with self.beat(told, leader=leader, loss=loss, second=second, other=other, focus=[lit[leader], lit[second]]):
            self.appear(*lit.values())
        self.close("Each learns in a window of rates of its own: compare them at their best.", focus=[*lit.values()])

    def mark(self, marks: list[Outline], told: Template, **fields: str | float) -> None:
        """Outline cells for as long as a sentence speaks of them."""
        with self.beat(told, focus=marks, **fields):
            self.appear(*marks)
        self.remove(*marks)
