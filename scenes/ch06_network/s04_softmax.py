"""Softmax and cross-entropy: scores become shares, a share becomes the loss, and the gradient is the share less 1."""

from cnnviz import subjects
from cnnviz.stage import Outline, cell_text
from cnnviz.stage.formula import number, tinted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.scoring import Scoring
from cnnviz.subjects.number import exact, relation
from cnnviz.subjects.softmax import State

DIGITS = 4  # of what is put into a formula: with those of a cell, what comes out could not be checked


class Softmax(
    Scoring,
    subject=subjects.Softmax,
    takeaway="Softmax makes shares of scores; cross-entropy raises the right score and lowers all others.",
    concepts=("softmax", "cross-entropy", "logits", "loss", "gradient"),
    seconds=43,
    gif="softmax",
):
    """Turn scores into shares, a loss, and gradients, all numbers worked.

    cnnviz gif softmax --scores 3,1,0.2 --label 2
    cnnviz gif softmax --scores 1,1,1,1 --constant -2
    """

    title = "Softmax"
    subtitle = "and cross-entropy: from scores to a loss"

    subject: subjects.Softmax

    def tell(self, s: subjects.Softmax) -> None:
        """Go from the scores to the loss, and back."""
        self.build(s)
        self.share(s)
        self.judge(s)
        self.learn(s)

    def share(self, s: subjects.Softmax) -> None:
        """Take powers, divide them by their sum, and add a constant to every score to no effect."""
        scores, powers, shares, *_ = self.columns
        state, first = s.state, number(s.state.powers[0], DIGITS)
        with self.beat("A network ends in scores, any numbers. How sure is it of each class?", focus=scores):
            self.rest(2.2)
        with self.beat("Each score becomes a power of e: now all are above 0, and large ones tower.", focus=powers):
            self.work("e^(s_0)", f"e^({number(state.scores[0])}) {self.result(state.powers[0])}")
            self.reveal(powers)
        with self.beat("Each power, divided by the sum {sum}, is a share of the whole.", sum=state.total, focus=shares):
            terms = " + ".join(map(number, state.powers))
            last = f"≈ {first} slash {number(state.total, DIGITS)} ≈ {self.colored(state.shares[0])}"
            self.work("p_0", put_in(f"{number(state.powers[0])} slash ({terms})", *state.powers), last)
            self.reveal(shares)
            self.draw(state)
        told: Template = "Add {constant} to every score: each power is multiplied by {factor}. The shares stay."
        with self.beat(told, constant=cell_text(s.constant), factor=s.factor, focus=shares):
            grown = f"e^({number(s.constant)}) dot e^({number(state.scores[0])})"
            last = f"≈ {number(s.factor, DIGITS)} dot {first} {self.result(s.moved.powers[0])}"
            self.work("e^(s_0 + c)", grown, last)
            self.become(s.moved)

    def judge(self, s: subjects.Softmax) -> None:
        """Ask how bad the shares are, and say which one counts."""
        losses, state, label = self.columns[3], s.state, s.label
        self.ladder.clear()
        self.become(state)
        with self.beat("How bad is a small share? The loss is −ln p: it grows as the share shrinks.", focus=losses):
            self.make_room(state)
            share, loss = number(state.shares[0], DIGITS), self.result(state.losses[0], "gradient")
            self.work("L_0", "- ln p_0", put_in(f"- ln {share} {loss}", state.shares[0], digits=DIGITS))
            self.reveal(losses)
        told: Template = "Class {label} is right: of all shares, only {share} counts. The loss is {loss}."
        self.mark = Outline(losses, (label, 0), color=self.theme.highlight)
        with self.beat(told, label=str(label), share=state.shares[label], loss=state.losses[label], focus=self.mark):
            self.ladder.clear()
            self.classes.put(*self.named(self.classes.box, label))
            self.add(self.mark)
            self.draw(state, label)
            share, loss = number(state.shares[label], DIGITS), self.result(state.losses[label], "gradient")
            self.work("L", f"- ln p_{label}", put_in(f"- ln {share} {loss}", state.shares[label], digits=DIGITS))

    def learn(self, s: subjects.Softmax) -> None:
        """Give the gradient, and go some steps against it."""
        label, share, gradient = s.label, number(s.state.shares[s.label], DIGITS), self.columns[-1]
        told: Template = "The gradient of each score is its share; that of the right one is its share less 1."
        with self.beat(told, focus=gradient):
            down = self.result(s.state.gradient[label], "negative")
            made = put_in(f"{share} - 1 {down}", s.state.shares[label], digits=DIGITS)
            self.work(f"partial L slash partial s_{label}", f"p_{label} - y_{label}", made)
            self.reveal(gradient)
        with self.beat("Steps against it raise the right score and lower the others.", focus=self.mark):
            self.before = s.state
            self.walk(s.steps, None, self.become, lambda state: self.go(state, label), seconds=2, noun="step")
        told, loss = "After {count} steps, the loss is {loss}.", s.steps[-1].losses[label]
        with self.beat(told, count=len(s.steps), loss=loss, focus=self.mark):
            self.rest(0.4)
        self.close("Softmax makes shares; the loss pulls the right score up, and all others down.", focus=gradient)

    def go(self, state: State, label: int) -> None:
        """Write where a step takes the right score, and bring the bars to it."""
        before, self.before = self.before, state
        numbers = [values[label] for values in (before.scores, before.shares)]
        score, share = (number(value, DIGITS + 1) for value in numbers)
        made = f"{score} - ({share} - 1) {self.result(state.scores[label], 'input')}"
        made = put_in(made, *numbers, digits=DIGITS + 1)
        self.ladder.append(*self.ladder.rungs(f"s_{label} <- s_{label} - (p_{label} - y_{label})", made))
        self.draw(state, label)

    def work(self, *rungs: str) -> None:
        """Write a formula, the numbers put in, and its value."""
        self.ladder.climb(self, self.ladder.rungs(*rungs), pause=0.3)

    def result(self, value: float, role: str = "output") -> str:
        """Write a result in its color, and whether it is rounded."""
        return f"{relation(value, cell_text(value))} {self.colored(value, role)}"

    def colored(self, value: float, role: str = "output") -> str:
        """Write a number in the color of its role."""
        return tinted(number(value), self.theme.role(role))


def put_in(rung: str, *values: float, digits: int | None = None) -> str:
    """Begin a rung with ``≈`` where a number put into it is rounded."""
    texts = [f"{value:.{digits}g}" if digits else cell_text(value) for value in values]
    return rung if all(map(exact, values, texts)) else f"≈ {rung}"
