"""What one deep neuron sees of the picture: 3, 5, 7 cells, and leaps where layers stride or pool."""

from typing import Any

from manim import FadeIn, Transform

from cnnviz import subjects
from cnnviz.stage import Lesson
from cnnviz.stage.receptive_field.cone import Cone
from cnnviz.subjects.field import Level, Sight

MOST_TOLD = 6  # layers; of more, only those with a stride, the first and the last are told


class ReceptiveField(
    Lesson,
    subject=subjects.Field,
    gif="receptive-field",
    takeaway="Each window widens the field by its reach times the jump: 3, 5, 7, and by leaps after strides and "
    "pooling.",
    concepts=("receptive field", "jump", "stride", "pooling", "depth"),
    seconds=57,
):
    """Open the cone of one deep neuron down to the input, layer by layer.

    NETWORK is one line as for `cnnviz shapes`: the input, then convolutions and poolings after > signs. If left out,
    three convolutions and then a network with pooling between are shown.

    cnnviz gif receptive-field
    cnnviz gif receptive-field "1x28x28 > conv 8 k5 > pool 2 > conv 16 k5 > pool 2" --image digit:7
    cnnviz gif receptive-field "3x64x64 > conv 8 k3 d2 > conv 8 k3 s2 > conv 8 k3" -o cone.gif
    """

    title = "Receptive field"
    subtitle = "what one neuron sees"

    def construct(self) -> None:
        """Grow the cone of each network, then name what it grows by."""
        self.shown: list[Any] = []
        self.grown = 0
        for number, subject in enumerate(self.subject.sights):
            self.grow(subject, first=not number)
        last = self.subject.sights[-1].levels[-1]
        seen = " × ".join(map(str, last.size))
        self.close(f"Each window widens the field by its reach times the jump: one neuron here sees {seen} cells.")

    def grow(self, subject: Sight, *, first: bool) -> None:
        """Add layer after layer, each with the cone of its neuron."""
        if not first:
            self.say("The same with pooling between: each pooling lets the next windows reach further.")
        levels = subject.levels
        self.remove(*self.shown)
        self.cone = cone = Cone(subject, self.theme)
        self.shown = [*cone.picture(), *cone.row(0), cone.heading(), *cone.rule()]
        self.lit: list[Any] = []
        self.add(*self.shown)
        if first:
            self.say("A deep neuron has no wire to the picture. What of the picture can reach it?", fade=0)
        self.hold(0.5)
        self.square = cone.square(0)
        for index in range(1, len(levels)):
            told = len(levels) - 1 <= MOST_TOLD or index in (1, len(levels) - 1) or levels[index].stride > 1
            self.add_layer(index, told)
        if subject is not self.subject.sights[-1]:
            sizes = ", ".join(str(level.size[1]) for level in levels[1:])
            self.say(f"{sizes}: while windows move cell by cell, every layer adds the same few cells.")
            self.hold(1.5)

    def add_layer(self, index: int, told: bool) -> None:
        """Put a layer on top and open its neuron's cone."""
        cone, levels = self.cone, self.cone.subject.levels
        if told:
            self.say(_sentence(levels[index - 1], levels[index]))
        self.grown += 1
        self.step(self.grown, sum(len(subject.levels) - 1 for subject in self.subject.sights))
        row = cone.row(index)
        self.shown += row
        self.play(FadeIn(*row), run_time=0.3)
        light, square = cone.light(index), cone.square(index)
        self.remove(*self.lit)
        self.lit = [light, *cone.put_in(index)]
        self.play(FadeIn(*self.lit), Transform(self.square, square), run_time=0.6 if told else 0.3)
        facts = cone.facts(index)
        self.shown += [facts, *self.lit, self.square]
        self.add(facts)
        self.hold(1.2 if told else 0.3)


def _sentence(before: Level, here: Level) -> str:
    size, jump, kernel = here.size[1], before.jump[1], here.kernel
    if before.size == (1, 1):
        return f"A neuron of the first layer sees one window: {' × '.join(map(str, here.size))} cells of the picture."
    reach = (kernel - 1) * here.dilation
    widened = f"its window reaches {reach} neuron{'s' if reach > 1 else ''} further"
    if kernel == 1:
        text = f"A 1 × 1 window looks at one neuron only: the field stays at {size} cells."
    elif jump > 1:
        text = f"{before.size[1]} + {reach} × {jump} = {size}: {widened}, and each is worth {jump} cells now."
    else:
        text = f"{before.size[1]} + {reach} = {size} cells: {widened}."
    return f"{text} Neighbors are now {here.jump[1]} cells apart." if here.stride > 1 else text
