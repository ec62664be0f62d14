"""Optimizers: balls down a true landscape of losses, and what each learning rate is worth in the whole network."""

from cnnviz import subjects
from cnnviz.stage import Descent, Table, Trail
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.rolling import WAYS, Rolling

NAMES: tuple[Template, ...] = ("SGD", "momentum 0.9", "Nesterov 0.9", "Adam")
KINDS = (1, 3, 3, 4)  # of each, the way that its balls come from
ROLES = ("output", "kernel", "kernel", "highlight")
RANKED: dict[int, Template] = {
    1: "Each at its best rate: {leader} is lowest, {loss}.",
    2: "{leader}: {loss}; {second}: {other}. Both are ahead of the other two.",
    3: "{leader}: {loss}; {second}: {other}. Only {last} is clearly behind.",
    4: "{leader}: {loss}; {second}: {other}. At their best, none is ahead.",
}  # by how many are ahead of all others
GAP, TOP = 0.25, 2.4  # between pictures; the loss at the upper end of the axes


class Optimizers(
    Rolling,
    subject=subjects.Optimizers,
    takeaway="Every optimizer steps against the gradient; how far is what decides, and each has a rate of its own.",
    concepts=("gradient descent", "learning rate", "momentum", "Adam"),
    seconds=46,
):
    """Five ways from the same first weights, then four optimizers at seven learning rates."""

    title = "Down the loss"
    subtitle = "learning rate, momentum, Adam"

    subject: subjects.Optimizers

    def tell(self, s: subjects.Optimizers) -> None:
        """Let a ball go each way from the same weights, then compare rates."""
        first = self.build(s)
        start = Trail([self.land.spot(*s.plane.way("SGD 3")[0])], "text")
        with self.beat("Here training begins, at a loss of {loss}. How far should a step go?", loss=first, focus=start):
            self.appear(start, seconds=0.6)
            tries = [Trail(self.land.spots(s.plane.way(name)[:2])[0], role) for name, _, role in WAYS[:3]]
            for each in tries:
                self.add(each)
                self.play(each.go(), run_time=0.7)
            self.rest(1.0)
            self.vanish(*tries)
        self.go(s, 0, "{steps} steps of {rate} times the gradient: do they arrive in the valley?", 0.3)
        self.go(s, 1, "Of {rate} times, ten times as far: the ball comes down into the valley.", 3)
        self.go(s, 2, "Of {rate} times: it shoots across the valley and out of sight.", 60)
        self.go(s, 3, "Momentum keeps its speed: the same {rate} now leads all the way down.", 0.3)
        self.go(s, 4, "Adam scales each weight's step by itself: with {rate} it comes down, too.", 0.3)
        self.remove(start)
        self.compare(s)

    def compare(self, s: subjects.Optimizers) -> None:
        """Let balls go down the loss of the whole network, one for each learning rate."""
        stage, count = self.frame.stage, 2 if self.frame.width >= self.frame.height else 1
        wide, lines = (stage.width - (count - 1) * 2 * GAP) / count, len(NAMES) // count
        size = {"width": wide, "height": (stage.height - (lines - 1) * GAP) / lines - TITLE_HEIGHT}
        looks = zip(NAMES, s.losses.tolist(), ROLES, strict=True)
        all_of = {name: Descent(name, s.texts, losses, TOP, role, **size) for name, losses, role in looks}
        four = [*all_of.values()]
        self.fit(Table(*(four[i : i + count] for i in range(0, len(four), count)), gap=(2 * GAP, GAP)))
        heads = [self.trails[number].spots[-1] for number in KINDS]
        self.vanish(self.land, self.land.heading, self.list, *self.trails, seconds=0.5)
        self.remove(self.land)
        told: Template = "Now all weights, at {count} rates. Which optimizer comes lowest?"
        with self.beat(told, count=len(s.rates), focus=[]):
            self.add(*four)
            self.play(*(each.gather(head) for each, head in zip(four, heads, strict=True)), run_time=1.2)
            for number, each in enumerate(four, 1):
                self.step(number, len(four), noun="optimizer")
                self.play(each.fall(), run_time=1.1)
                each.write()
        told = "At one small rate, {rate}, Adam is far ahead: {adam}, and SGD has hardly moved: {sgd}."
        sgd, adam, ink = s.losses[0, 0], s.losses[-1, 0], self.theme.text
        if adam > 0.5 * sgd:
            told = "At one small rate, {rate}: Adam {adam}, SGD {sgd}."
        self.mark([four[0].mark(0, ink), four[-1].mark(0, ink)], told, rate=s.texts[0], adam=adam, sgd=sgd)
        told = "At {rate} all end at {loss}: no better than guessing, whoever steps."
        if s.failed:
            last = len(s.rates) - 1
            self.mark([each.mark(last, ink) for each in four], told, rate=s.texts[last], loss=s.losses[0, last])
        (leader, second, *_, last), told = s.ranking, RANKED[s.ahead]
        said = {name: f"{s.best_point(name).mean:.3f} ± {s.best_point(name).spread:.3f}" for name in NAMES}
        lit = {name: each.mark(s.best(name), self.theme.highlight) for name, each in all_of.items()}
        numbers = {"leader": leader, "loss": said[leader], "second": second, "other": said[second], "last": last}
        with self.beat(told, focus=[lit[leader], lit[second]], **numbers):
            self.appear(*lit.values(), *(each.remark(said[name]) for name, each in all_of.items()))
        self.close("Each learns in a window of rates of its own: compare them at their best.", focus=[*lit.values()])

    def mark(self, marks: list[object], told: Template, **fields: str | float) -> None:
        """Outline columns for as long as a sentence speaks of them."""
        with self.beat(told, focus=marks, **fields):
            self.appear(*marks)
        self.remove(*marks)
