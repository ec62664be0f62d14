"""DeepDream: a photo, changed step by step so that a layer sees more of what it already sees in it."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Scene, Slot, Wall, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.stories.evidence import hang

SECONDS = 3.2  # for the steps of one size
TOLD: tuple[Template, ...] = (
    "First a small copy. On the whole, the steps let layer {where} answer more strongly.",
    "Then a larger copy, with all that was added so far: the number begins anew.",
    "At last in full size: now the fine details come in.",
)


class DeepDream(
    Scene,
    subject=subjects.Dreaming,
    takeaway="A dream shows what a layer knows, wherever the photo gives it an occasion.",
    concepts=("DeepDream", "gradient ascent", "octaves", "feature visualization"),
    seconds=30,
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
        with self.beat("What does this network see in the photo? Let it see more of that.", focus=self.photo):
            self.rest(2.4)
        knows: Template = "It learned stripes, checks, dots and rings, from drawn pictures, and nothing else."
        random: Template = "It has not learned yet: its weights are random."
        if s.examples or not s.learned:
            with self.beat(knows if s.learned else random, focus=self.tiles or self.photo):
                self.rest(1.6)
        for number, told in enumerate(TOLD):
            fields: dict[str, Any] = {"where": s.where} if number == 0 else {}
            with self.beat(told, focus=self.score, **fields):
                if self.tiles:
                    self.vanish(self.wall)
                    self.tiles = []
                self.add(self.place)
                self.climb(number)
        before, after = s.strengths[s.octaves[-1][0]], s.strengths[-1]
        told = "In full size its strength, half the mean square, went from {before} to {after}."
        with self.beat(told, before=before, after=after, focus=self.score):
            self.write(before, after)
            self.rest(1.4)
        self.close(
            "A dream shows what a layer knows, wherever the photo gives it an occasion.", focus=[self.place, self.photo]
        )

    def build(self) -> None:
        """Set the photo and the place of the dream."""
        s = self.s
        self.photo = Grid(**self.look(s.photo), title="photo")
        self.place = Grid(**self.look(s.photo), title="dream", hidden=True)
        self.score = Slot(4.4, 0.45)
        self.arrange(self.photo, Column(self.place, self.score, gap=0.15), gap=0.4, most=9.0)
        self.copy: Grid | None = None
        self.tiles: list[Grid] = []
        if s.examples:  # until the dream begins
            self.remove(self.place)
            box = self.place.box
            self.wall = Wall(box.width, self.place.top - self.frame.stage.bottom)
            self.wall.settle(box.left, self.place.top, 1.0)
            words, names = [(say("learned from"), self.theme.input)], [*map(say, s.examples)]
            self.tiles = hang(self.wall, [*s.examples.values()], words, names, role="input", photo=1.0)
            self.add(self.wall)

    def look(self, picture: Any, **more: Any) -> dict[str, Any]:
        """Say how a picture is drawn: in colors where it has some."""
        colors = picture if len(picture) == 3 else None
        return {
            "values": picture[0],
            "colors": colors,
            "detail": "",
            "photo": 1.0,
            "form": "pixels",
            "most": 9.0,
            **more,
        }

    def climb(self, number: int) -> None:
        """Show all steps of one size, in the place of the dream."""
        octave, box = self.s.octaves[number], self.place.box
        for step in octave:
            frame = self.s.frames[step]
            copy = Grid(**self.look(frame, side=min(box.width / frame.shape[2], box.height / frame.shape[1])))
            copy.settle(box.left, box.top, 1.0)
            self.remove(*([self.copy] if self.copy is not None else []))
            self.add(copy)
            self.copy = copy
            self.write(self.s.strengths[step])
            self.step(step + 1, len(self.s.frames))
            self.hold(SECONDS / len(octave))

    def write(self, *strengths: float) -> None:
        """Write how strongly the layer answers, or from where to where."""
        runs = [(f"{self.s.where}  ", self.theme.muted)]
        for number, strength in enumerate(strengths):
            runs += [(say(" to ") if number else "", self.theme.muted), (written(strength), self.theme.output)]
        self.score.put_line([run for run in runs if run[0]])
