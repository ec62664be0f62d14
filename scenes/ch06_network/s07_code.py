"""From code to shapes: what each line of a network makes, what a wrong number says, and the same in Keras."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.nn.code import Call
from cnnviz.stage import Scene, listing
from cnnviz.stage.language import Template
from cnnviz.stage.stories import code_words as words
from cnnviz.subjects.code import Wrong

TORCH, KERAS = ("net = nn.Sequential(", ")"), ("net = keras.Sequential([", "])")


class FromCode(
    Scene,
    subject=subjects.Code,
    takeaway="A line of code reads the shape that the line above made; a number that does not fit stops it.",
    concepts=("PyTorch", "Keras", "shape", "parameters", "channels first", "error message"),
    seconds=41,
    gif="code",
):
    """Every line of a network with what it makes; a wrong number, and the same network in Keras.

    cnnviz gif code
    cnnviz gif code --network "3x32x32 > conv 16 k5 > relu > pool 2 > flatten > dense 10"
    """

    title = "From code to shapes"
    subtitle = "a line, and what it makes"

    subject: subjects.Code

    def tell(self, s: subjects.Code) -> None:
        """Read the code line by line, break it, and write it in another language."""
        self.place(TORCH, s.torch, ())
        with self.beat("A network in PyTorch. What does each line make?", focus=self.code.row(0)):
            self.rest(1.0)
            self.make(0)
            self.rest(1.0)
        for lines, again in s.visits:
            self.read(s, lines, again=again)
        if s.wrong is not None:
            self.fail(s, s.wrong)
        if s.has_keras:
            self.translate(s)
        told: Template = "{total} numbers to learn: each line reads what the line above made."
        self.close(told, total=s.total, focus=self.head[1])

    def place(self, brackets: tuple[str, str], calls: Sequence[Call], labels: Sequence[str]) -> None:
        """Set muted code beside a diagram that is still empty."""
        s, room = self.subject, self.frame.stage
        self.code, self.diagram, both = listing(brackets, calls, s.parts, room, labels=labels, texts=s.texts)
        self.arrange(both)
        self.counts = [part.parameters for part in s.parts]
        self.head, self.bars = self.diagram.column("parameters", f"{s.total:,}", self.counts, "kernel")
        self.done = 0

    def make(self, index: int, seconds: float = 0.4) -> None:
        """Light a line, and let what it makes appear at its height; line 0 is what goes in."""
        self.code.light(index)
        self.appear(self.diagram.part(index), into=self.diagram, seconds=seconds)
        if index == 1:
            self.add(self.head[0], self.bars)
        self.done = index + 1
        self.bars.show([*self.counts[: self.done], *[0] * (len(self.counts) - self.done)], upto=self.done)
        self.step(index, len(self.counts) - 1, noun="line")

    def read(self, s: subjects.Code, lines: Sequence[int], *, again: bool) -> None:
        """Say what lines are told, and what they make."""
        last = s.lines[lines[-1]]
        said, fields = words.again(len(lines), last.part.label) if again else words.of(s, lines[0])
        rows = [self.code.row(index + 1) for index in lines]
        with self.beat(said, focus=[*rows, self.diagram.row(lines[-1] + 1)], **fields):
            for index in lines:
                if index and words.is_told(s.lines[index]):
                    number = self.code.place(index + 1, "in")
                    self.fly(([self.diagram.label(index).copy()], number), scale=0.5)
                self.make(index + 1)
                self.rest(0.3)
            if lines[-1] == len(s.lines) - 1:
                self.appear(self.head[1])

    def fail(self, s: subjects.Code, found: Wrong) -> None:
        """Write a wrong number: what is made ends there, and PyTorch says why."""
        row = found.index + 1
        gone = [self.diagram.part(index) for index in range(row, len(s.parts))]
        said, fields = words.wrong(found)
        with self.beat(said, focus=self.code.row(row), **fields):
            self.diagram.take(*gone)
            self.add(*gone)
            self.vanish(*gone, self.head, self.bars)
            self.code.rewrite(row, found.call, wrong=("in",))
            self.rest(1.5)
        told: Template = "PyTorch stops at this line: {given} is what it expects, {needed} is what it got."
        with self.beat(told, focus=self.code.row(row), **fields):
            lines = self.code.complain(found.message, self.diagram.below(row - 1))
            self.appear(*lines)
            self.rest(2.0)
        self.vanish(*lines)
        self.code.light(row)
        if not s.has_keras:
            self.appear(*gone, into=self.diagram)
            self.add(self.head, self.bars)

    def translate(self, s: subjects.Code) -> None:
        """Write the same network for Keras, with its order of axes."""
        self.vanish(self.code, self.diagram, *[self.head, self.bars] * (s.wrong is None))
        self.remove(self.code, self.diagram)
        self.place(KERAS, s.keras, s.keras_labels)
        told: Template = "The same in Keras, where channels come last: {shape}."
        with self.beat(told, shape=s.keras_labels[1], focus=self.diagram.row(1)):
            for index in range(len(s.parts)):
                self.make(index, 0.2)
            self.appear(self.head[1])
        focus = [self.code.row(index + 1) for index, line in enumerate(s.lines) if line.part.parameters]
        with self.beat("Its lines find out by themselves how many channels come in.", focus=focus):
            self.rest(1.0)
