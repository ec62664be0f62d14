"""Optimizers: steps down a true plane of losses, and what each learning rate is worth in the whole network."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Trail, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import units
from cnnviz.stage.text import text_width
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
LARGE, LEADING = 34, 2.1  # type beside the plane in a wide frame; from line to line, in type sizes
GAP = 0.14  # between rows of losses
WIDEST, NAMED = 0.85, 2.4  # of a cell, and of the names beside the rows


class Optimizers(
    Scene,
    subject=subjects.Optimizers,
    takeaway="Every optimizer steps against the gradient; how far is what decides, and each has a rate of its own.",
    concepts=("gradient descent", "learning rate", "momentum", "Adam"),
    seconds=39,
):
    """Five ways from the same first weights, then four optimizers at seven learning rates."""

    title = "Down the loss"
    subtitle = "learning rate, momentum, Adam"

    subject: subjects.Optimizers

    def tell(self, s: subjects.Optimizers) -> None:
        """Go down a plane, then compare rates."""
        self.descend(s)
        self.compare(s)

    def descend(self, s: subjects.Optimizers) -> None:
        """Let each way begin at the same weights."""
        first = s.plane.way("SGD 3")[0, 2]
        self.plane = Grid(
            s.plane.loss,
            "gradient",
            "loss",
            detail=say("on a plane of all weights") if self.frame.is_wide else "",
            scale=DEEP,
            form="pixels",
            legend=True,
        )
        self.type = LARGE if self.frame.is_wide else layout.LABEL
        named = [say("first weights"), *(f"{say(label)} {name.split()[-1]}" for name, label, _ in WAYS)]
        self.numbers_at = max(text_width(name, self.type) for name in named) + 3 * GAP
        after = text_width(f"88.88   {say('after {steps}', steps=88)}", self.type)
        self.list = Slot(self.numbers_at + after, len(named) * LEADING * units(self.type))
        self.arrange(self.plane, self.list)
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
            self.rest(2.2)
        self.go(s, 0, "Steps of {rate} times the gradient: after {steps}, still {loss}.", 0.3)
        self.go(s, 1, "Of {rate} times: the same {steps} steps lead down to {loss}.", 3)
        self.go(s, 2, "Of {rate} times: across the valley and out of sight, to {loss}.", 60)
        self.go(s, 3, "Momentum keeps its speed: {rate} is enough for {loss}.", 0.3)
        self.go(s, 4, "Adam scales each weight's step by itself: also {rate}, and {loss}.", 0.3)
        self.stays = self.frame.height > self.frame.width  # there is room for more below the plane
        self.vanish(self.list, *([] if self.stays else [self.plane, start, *self.trails]))

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
        named = max(NAMED, *(text_width(say(name), layout.LABEL) + 0.2 for name in names))
        side = min(WIDEST, (self.frame.stage.width - named) / len(s.rates))
        look = {"role": "gradient", "scale": DEEP, "hidden": True, "side": side, "widest": ["2.27"]}
        rates = Grid(s.head, "kernel", scale=2.0, side=side)
        rows = {name: Grid(losses[None], **look) for name, losses in zip(NAMES, s.losses, strict=True)}
        slots = [Slot(named, side) for _ in names]
        room = self.frame.left_by(self.plane.box, 4 * GAP) if self.stays else None
        grids = [rates, *rows.values()]
        self.fit(Column(*(Row(*pair, gap=0.0) for pair in zip(slots, grids, strict=True)), gap=GAP), room=room)
        for name, slot, grid in zip(names, slots, grids, strict=True):
            at = (slot.box.left, slot.box.center[1])
            slot.put(Label(say(name), layout.LABEL, self.theme.role(grid.role), at=at, align="left"))
        self.add(*slots, *grids)
        with self.beat(
            "Now all weights, at {count} rates. Which optimizer comes lowest?", count=len(s.rates), focus=rates
        ):
            self.rest(2.2)
        told: Template = "Small rates hardly move; the largest one leaves all bounds, whoever steps."
        if not s.failed:
            told = "Small rates hardly move; larger ones go down faster."
        with self.beat(told, focus=list(rows.values())):
            for number, row in enumerate(rows.values(), 1):
                self.step(number, len(rows), noun="optimizer")
                self.walk(row.everywhere(), None, lambda cell, row=row: row.show([cell]), seconds=1.0)
        marks = [
            Outline(grid, (0, 0), color=self.theme.text) for grid in (rates, *(rows[NAMES[place]] for place in (0, -1)))
        ]
        told = "At one small rate, {rate}, Adam is far ahead: {adam} against {sgd}."
        sgd, adam = s.losses[0, 0], s.losses[-1, 0]
        if adam > 0.5 * sgd:
            told = "At one small rate, {rate}: Adam {adam}, SGD {sgd}."
        with self.beat(told, rate=s.rates[0], adam=adam, sgd=sgd, focus=marks):
            self.appear(*marks)
        self.remove(*marks)
        lit = {name: Outline(row, (0, s.best(name)), color=self.theme.highlight) for name, row in rows.items()}
        lowest = s.losses.min()
        with self.beat(
            "Each at its best rate: {leader} is lowest, {loss}.", leader=s.leader, loss=lowest, focus=[lit[s.leader]]
        ):
            self.appear(*lit.values())
            self.rest(1.0)
        self.close("Each learns in a window of rates of its own: compare them at their best.", focus=[*lit.values()])
