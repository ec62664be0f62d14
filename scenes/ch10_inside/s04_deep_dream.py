"""DeepDream: a photo, changed step by step so that a layer sees more of what it already sees in it."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Slot, Wall, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.dreaming import GAP, Dreams, become, look
from cnnviz.stage.stories.evidence import hang

WIDE, BESIDE, BELOW, LOW = 0.41, 0.45, 0.4, 0.36  # of the stage's width and of its height: for what was learned from
STRIP, TALL, SQUARE = 0.48, 0.36, 0.62  # cells of what was learned from, in cells of the dream
SAID, NEXT = (3.4, 0.5), 0.12  # units: of the line on the answers; between two pictures of a row
SURER: Template = "Here it reads {after} in both: surer in the dream."
TOLD: tuple[Template, ...] = (
    "First a small copy. On the whole, the steps let layer {where} answer more strongly.",
    "Then a larger copy, with all that was added so far: the number begins anew.",
    "At last in full size: now the fine details come in.",
)


class DeepDream(
    Dreams,
    subject=subjects.Dreaming,
    takeaway="A dream shows what a layer knows, wherever the photo gives it an occasion.",
    concepts=("DeepDream", "gradient ascent", "octaves", "feature visualization"),
    seconds=36,
):
    """Let a layer see more of what it sees in a photo, from a small copy to a large one.

    cnnviz render ch10-s04-deep-dream --set image=photo:flower
    """

    title = "DeepDream"
    subtitle = "more of what it sees"

    subject: subjects.Dreaming

    def tell(self, s: subjects.Dreaming) -> None:
        """Show the photo, climb in three sizes, and compare."""
        self.s = s
        self.build()
        asked: Template = "What does this network see in the photo? Let it see more of that."
        if s.examples:
            asked = "It learned these drawn pictures only. What does it see in the photo? Let it see more."
        with self.beat(asked, focus=[self.photo, *self.tiles[:1]]):
            self.rest(2.4)
        if not s.learned:
            with self.beat("It has not learned yet: its weights are random.", focus=self.photo):
                self.rest(1.6)
        self.remove(self.photo)
        self.add(self.dream)
        for number, told in enumerate(TOLD):
            fields: dict[str, Any] = {"where": s.where} if number == 0 else {}
            with self.beat(told, focus=self.score, **fields):
                self.climb(number)
        before, after = s.strengths[s.octaves[-1][0]], s.strengths[-1]
        told = "In full size, half the mean square of its numbers went from {before} to {after}."
        with self.beat(told, before=before, after=after, focus=self.score):
            self.write(before, after)
            self.rest(1.4)
        self.uncount()
        self.compare()
        self.close(
            "A dream shows what a layer knows, wherever the photo gives it an occasion.", focus=self.lit or self.dream
        )

    def build(self) -> None:
        """Set the photo, and beside it what was learned from; the dream will take the photo's place."""
        s, stage = self.s, self.frame.stage
        self.photo = Grid(**look(s.photo), title="photo")
        self.dream = Grid(**look(s.photo), title="dream", hidden=True)
        is_wide, is_tall = self.frame.is_wide or stage.width > 2 * stage.height, stage.height > stage.width
        self.score = Slot(stage.width if is_tall else SAID[0], SAID[1])
        self.tiles: list[Grid] = []
        if not s.examples:
            self.arrange(self.photo, self.score, gap=GAP, most=9.0)
        elif is_wide:
            beside = stage.width * (WIDE if self.frame.is_wide else BESIDE)
            self.score = Slot(beside, SAID[1])
            self.wall = Wall(beside, stage.height - SAID[1] - GAP)
            self.arrange(Row(self.photo, Column(self.wall, self.score, gap=GAP), gap=1.5 * GAP), most=9.0)
        else:
            self.wall = Wall(stage.width, stage.height * (BELOW if is_tall else LOW))
            kind = Column if is_tall else Row
            self.arrange(Column(kind(self.photo, self.score, gap=GAP), self.wall, gap=GAP), gap=GAP, most=9.0)
        if s.examples:
            words, names = [(say("learned from"), self.theme.input)], [*map(say, s.examples)]
            self.tiles = hang(self.wall, [*s.examples.values()], words, names, role="input", photo=1.0)
        self.dream.settle(self.photo.box.left, self.photo.top, self.photo.side)

    def compare(self) -> None:
        """Let the photo come back beside its dream, and let the network read pieces of both."""
        s, dream = self.s, self.s.frames[-1]
        become(self.dream, dream)
        self.remove(*([self.copy] if self.copy is not None else []))
        gone: list[Any] = [self.score]
        if s.examples:
            gone += [part for part in self.wall.content if part not in self.tiles]
            self.wall.clear()
            self.remove(self.wall)
            self.add(*self.tiles, *gone[1:])
        width, height = self.frame.width, self.frame.height
        for tile in self.tiles:
            tile.zoom = STRIP if width > height else TALL if width < height else SQUARE
        row = [Row(*self.tiles, gap=NEXT)] if self.tiles else []
        with self.beat("Beside the photo: what did the network add?", focus=[self.photo, self.dream]):
            self.rearrange(self.photo, self.dream, *row, gone=gone, gap=GAP, most=9.0)
            self.rest(1.0)
        self.lit: list[Any] = []
        self.said: dict[Grid, Slot] = {}
        for one in s.readings:
            self.read(one)

    def read(self, one: Any) -> None:
        """Let the network read a piece of the photo, then the same piece of the dream; light what is like that."""
        told: Template = "Here it reads {before} in the photo, and {after} in the dream."
        if one.before[0] == one.after[0]:
            told = SURER if one.after[1] > one.before[1] else "Here it reads {after} in both."
        self.remove(*self.lit, *self.said.values())
        marks = [Outline(x, one.at, *one.shape, color=self.theme.highlight) for x in (self.photo, self.dream)]
        tile = self.tiles[[*self.s.examples].index(one.after[0])]
        self.lit = [*marks, Outline(tile, (0, 0), tile.rows, tile.columns, color=self.theme.highlight)]
        with self.beat(told, before=one.before[0], after=one.after[0], focus=self.lit):
            self.appear(*marks)
            self.tell_reading(self.photo, *one.before)
            self.hold(0.6)
            self.tell_reading(self.dream, *one.after)
            for other in self.tiles:
                other.only(other.everywhere() if other is tile else [])
            self.appear(self.lit[2])
            self.rest(1.4)
