"""From code to shapes: what each line of a network makes, what a wrong number says, and the same in Keras."""

from collections.abc import Sequence
from typing import Any

from cnnviz import subjects
from cnnviz.stage import Code, Column, Row, Scene
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.handover import Handover
from cnnviz.stage.stories import code_words as words
from cnnviz.subjects.code import Wrong

TORCH, KERAS = ("net = nn.Sequential(", ")"), ("net = keras.Sequential([", "])")
WIDE, WIDEST, HIGH, GAP = 0.6, 0.66, 0.54, 0.4  # shares of the stage for code; units between pictures


class FromCode(
    Scene,
    subject=subjects.Code,
    takeaway="A line of code reads the shape that the line above made; a number that does not fit stops it.",
    concepts=("PyTorch", "Keras", "shape", "parameters", "channels first", "error message"),
    seconds=42,
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
        self.build(s)
        with self.beat("A network in PyTorch. What does each line make?", focus=self.code.row(0)):
            self.code.light(0)
            self.note(0)
            self.rest(1.0)
        for lines, again in s.visits:
            self.read(s, lines, again=again)
        if s.wrong is not None:
            self.fail(s, s.wrong)
        if s.has_keras:
            self.translate(s)
        else:
            self.all_at_once(s)
        told: Template = "{total} numbers to learn: each line reads what the line above made."
        self.close(told, total=s.total, focus=self.sum)

    def build(self, s: subjects.Code) -> None:
        """Set muted code beside room for blocks."""
        stage, shapes = self.frame.stage, [part.label for part in s.parts]
        look: dict[str, Any] = {"texts": s.texts, "shapes": shapes, "total": s.total}
        self.code = Code(TORCH, s.torch, WIDE * stage.width, stage.height, **look)
        beside = self.code.extent(1.0)[0] <= WIDEST * stage.width
        if not beside:
            self.code = Code(TORCH, s.torch, stage.width, HIGH * stage.height, stack=True, **look)
        wide, high = self.code.extent(1.0)
        left = (stage.width - wide - GAP, stage.height) if beside else (stage.width, stage.height - high - GAP)
        self.blocks = Handover(s.parts, shapes, *left)
        self.arrange(Row(self.code, self.blocks, gap=GAP) if beside else Column(self.code, self.blocks, gap=GAP))
        self.blocks.put(*self.blocks.put_block(0, 1))
        self.add(self.code, self.blocks)

    def note(self, index: int) -> None:
        """Write behind a line what it makes."""
        part = self.subject.parts[index]
        self.appear(self.code.made(index, part.label, part.parameters), into=self.code, seconds=0.3)
        self.step(index, len(self.subject.lines), noun="line")

    def read(self, s: subjects.Code, lines: Sequence[int], *, again: bool) -> None:
        """Say what lines are told, and what they make."""
        last = s.lines[lines[-1]]
        said, fields = words.again(len(lines), last.part.label) if again else words.of(s, lines[0])
        with self.beat(said, focus=[self.code.row(index + 1) for index in lines], **fields):
            for index in lines:
                row = index + 1
                self.code.light(row)
                if words.is_told(s.lines[index]):
                    self.fly(([self.blocks.written[index][0].copy()], self.code.place(row, "in")), scale=0.6)
                if row == 1:
                    self.appear(self.code.head(), into=self.code, seconds=0.2)
                self.blocks.hand_on(self, 0.6 if again else 0.8)
                self.note(row)
            if lines[-1] == len(s.lines) - 1:
                self.appear(sum_ := self.code.sum(), into=self.code)
                self.sum = sum_

    def fail(self, s: subjects.Code, found: Wrong) -> None:
        """Write a wrong number: what is made ends there, and PyTorch says why."""
        row = found.index + 1
        gone = [self.code.notes[index] for index in range(row, len(s.parts))] + [self.sum]
        said, fields = words.wrong(found)
        with self.beat(said, focus=self.code.row(row), **fields):
            self.code.take(*gone)
            self.add(*gone)
            self.vanish(*gone)
            self.code.rewrite(row, found.call, wrong=("in",))
            self.blocks.refuse(self, row, found.given)
        told: Template = "PyTorch stops at this line: {given} is what it expects, {needed} is what it got."
        with self.beat(told, focus=self.code.row(row), **fields):
            lines = self.code.complain(found.message, self.blocks.below)
            self.appear(*lines)
            self.rest(2.0)
        self.vanish(*lines)
        self.code.light(row)
        self.appear(*gone, into=self.code)

    def translate(self, s: subjects.Code) -> None:
        """Write the same network for Keras, with its order of axes."""
        told: Template = "The same in Keras, where channels come last: {shape}."
        with self.beat(told, shape=s.keras_labels[1], focus=self.code.row(1)):
            self.blocks.labels, self.blocks.channel = s.keras_labels, -1
            self.blocks.go_back(self, 1)
            self.code.translate(self, KERAS, s.keras, s.keras_labels, [part.parameters for part in s.parts])
        focus = [self.code.row(index + 1) for index, line in enumerate(s.lines) if line.part.parameters]
        with self.beat("Its lines find out by themselves how many channels come in.", focus=focus):
            self.all_at_once(s)
            self.point(*focus)

    def all_at_once(self, s: subjects.Code) -> None:
        """Set each block at the height of its line, where they stand beside the code."""
        beside = self.blocks.box.left > self.code.box.right
        self.blocks.line_up(self, [self.code.y(row) for row in range(len(s.parts))] if beside else [])
