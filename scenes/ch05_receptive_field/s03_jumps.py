"""Jumps: strides set neighbors apart and make every further window worth more; holes only widen."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Column, Lattice, Reckoning, Row, Slot
from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.field_words import added
from cnnviz.stage.stories.seeing import Seeing
from cnnviz.subjects.field import Sight

SUMS, TABLE = 2.9, 3.8  # units: room for what is added up, and for what it comes to
WIDEST, LARGE = "17 + 2 × 4 × 1 = 25", 32  # of the sums; type where they have more room
STRIDES: Template = "And with strides {each}?"
HOLES: Template = "And with holes in the window, dilations {each}?"
AGAIN: Template = "Again windows that move by one: {size} cells, and the neighbor looks {apart} on."


class Jumps(
    Seeing,
    subject=subjects.Jumps,
    takeaway="Strides and pooling multiply into the jump; every window after them adds its reach times the jump.",
    concepts=("receptive field", "jump", "stride", "pooling", "dilation", "VGG"),
    seconds=51,
):
    """Two neighbors of the last layer, and how far apart they look; then one network, layer by layer, on a photo."""

    title = "Jumps"
    subtitle = "where neighbors look"

    subject: subjects.Jumps

    def tell(self, s: subjects.Jumps) -> None:
        """Compare three stacks along a row, then go through a network."""
        plain, strided, holed = s.stacks
        self.lay(plain)
        told: Template = "Each sees {size} cells, its neighbor as many, {apart} on."
        with self.beat("One neuron sees a field of the picture. Where does its neighbor look?", focus=self.lattice.box):
            self.light(len(plain.levels) - 1, slow=True)
            self.rest(0.8)
        self.climb(plain, "stride {each}", (1,) * len(s.strides), "Windows that move by one: layer by layer.", told)
        told = "A step is worth more: {size} cells, and the neighbor looks {apart} on."
        self.climb(strided, "stride {each}", s.strides, STRIDES, told if max(s.strides) > 1 else AGAIN)
        told = "Holes widen it, too: {size} cells; but the neighbor looks {apart} on."
        self.climb(holed, "dilation {each}", s.dilations, HOLES, told if max(s.dilations) > 1 else AGAIN)
        self.travel(s, self.lattice.row, [self.place, self.sums, self.table, self.sums.heading])

    def lay(self, stack: Sight) -> None:
        """Find places for the rows of a stack, for sums, and for what they come to."""
        flat, stage = self.frame.width > self.frame.height, self.frame.stage
        self.lattice = Lattice(stack, (0.86 if flat else 0.52) * stage.height)
        self.sums = Reckoning(
            TABLE if flat else SUMS, 3, widest=WIDEST, size=LARGE if flat else LABEL, title="one cell sees"
        )
        self.table = Reckoning(TABLE, 3, widest="dilation 1, 2, 4: sees 15  jump 1")
        both = Column(self.sums, self.table) if flat else Row(self.sums, self.table)
        self.cell = self.fit(self.lattice, both)
        self.place = Slot(*self.lattice.extent(self.cell))
        self.arrange(self.place, both)
        self.row = 0
        self.set(stack)

    def set(self, stack: Sight) -> None:
        """Show the rows of a stack in the place of those before, from where their cells slide apart."""
        before = self.place.content
        self.lattice = Lattice(stack, self.lattice.tall)
        self.lattice.settle(self.place.box.left, self.place.box.top, self.cell)
        self.place.put(self.lattice)
        self.sums.clear()
        if before:
            self.play(*self.lattice.part(before[0]), run_time=1.0)

    def light(self, level: int, *, slow: bool = False) -> None:
        """Let a neuron and its neighbor look down; below, draw what they see and how far they are apart."""
        theme, lattice, here = self.theme, self.lattice, self.lattice.sight.levels[level]
        one, jump = here.shape[1] // 2 - 1, here.jump[1]
        start = here.start[1] + one * jump
        self.place.put(lattice)
        for step in lattice.look(level, one, theme.highlight):
            self.appear(step, into=self.place, seconds=0.4 if slow else 0.1)
        self.lanes = [lattice.bar(start, here.size[1], 0, theme.highlight), lattice.bar(start, jump, 1, theme.input)]
        self.appear(self.lanes[0], into=self.place, seconds=0.3)
        if not slow:
            other = lattice.look(level, one + 1, theme.text, filled=False)
            field = lattice.bar(start + jump, here.size[1], 1, theme.text)
            self.appear(*other, self.lanes[1], field, into=self.place, seconds=0.3)

    def climb(self, stack: Sight, name: Template, each: Sequence[int], asked: Template, told: Template) -> None:
        """Go up layer by layer, and add up what one cell sees and how far apart neighbors look."""
        size, jump, numbers = stack.levels[-1].size[1], stack.levels[-1].jump[1], ", ".join(map(str, each))
        with self.beat(asked, each=numbers, focus=self.place):
            self.set(stack)
            for level in range(1, len(stack.levels)):
                below, here = stack.levels[level - 1], stack.levels[level]
                self.light(level)
                runs = [*added(below, here), (f"{here.size[1]}", "highlight")]
                self.appear(self.sums.line(level - 1, runs), into=self.sums, seconds=0.2)
                self.rest(0.5)
        apart = counted("{count} cell", "{count} cells", jump)
        with self.beat(told, size=size, apart=apart, focus=[self.lanes[1], self.lanes[0]]):
            named = say("{way}: ", way=say(name, each=numbers))
            runs = [(say("sees {size}", size=size), "highlight"), (say("  jump {jump}", jump=jump), "input")]
            self.appear(self.table.line(self.row, [(named, "muted"), *runs]), into=self.table, seconds=0.3)
            self.row += 1
            self.rest(1.0)
