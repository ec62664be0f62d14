"""A cover on every place of a picture in turn, and what the answer loses."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Made, Outline, Resettle, Row, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.covering import Covering
from cnnviz.stage.stories.evidence import COUNTS, input_grid, lit, part_of, spread

LOW, NARROW, WIDE, LARGE = 1.15, 2.3, 2.7, 0.44  # units: bars below pictures, beside them; of the stage, beside one
GAP, TITLED, SECONDS = 0.35, 0.5, 7.5  # units; for all places


class Occlusion(
    Covering,
    subject=subjects.Occlusion,
    takeaway="What is covered when the score falls is what the network needs of the picture.",
    concepts=("occlusion", "attribution", "score"),
    seconds=27,
):
    """Cover a picture place by place, and keep how far the score of the answer falls."""

    title = "Occlusion"
    subtitle = "what an answer needs"

    subject: subjects.Occlusion

    def tell(self, s: subjects.Occlusion) -> None:
        """Let the cover lie here and there, then everywhere, and light what counts."""
        self.s = s
        self.build()
        asked: Template = "Which part of this picture does the answer need?"
        if s.chosen == s.seen.answer:
            asked = "The network reads {answer}. Which part of the picture does it need for that?"
        with self.beat(asked, focus=self.x, answer=s.name):
            self.play(self.scores.made.grow([s.score, 0.0, 0.0]), run_time=1.0)
            self.scores.made.show([s.score, 0.0, 0.0], upto=1)
            self.rest(1.8)
        if not s.seen.learned:
            with self.beat("It has not learned yet: this answer is chance.", focus=self.x):
                self.rest(1.0)
        with self.beat("A cover hides a part, and the network reads what is left.", focus=self.window):
            self.hide(0)
            self.appear(self.window)
            self.play(self.scores.made.grow(self.levels(0)), run_time=0.8)
            self.add(self.lost)
            self.tell_loss(0)
            self.rest(0.8)
        with self.beat("What the score loses goes into a map, where the cover lies.", focus=[self.lost, self.map]):
            self.widen()
            self.add(self.mark)
            self.fly(([part.copy() for part in self.lost.content[1:]], self.map.cell_box((0, 0))))
            self.map.show([(0, 0)])
            self.rest(0.6)
        self.sweep()
        self.weakest()
        self.strongest()
        self.close("Kept is where a cover took at least half of the most: there it lost most.", focus=[self.x])

    def build(self) -> None:
        """Set the picture, and the scores beside it; the map will come between."""
        s, stage = self.s, self.frame.stage
        is_row = s.seen.known.is_row
        self.x, shape = input_grid(s), s.x.shape[2:]
        rows, columns = s.drop.shape
        zoom = shape[1] / columns if is_row else min(shape[0] / rows, shape[1] / columns)
        look: dict[str, Any] = {"form": "pixels", "strip": True} if is_row else {}
        self.map = Grid(s.drop, "output", "score lost", zoom=zoom, most=9.0, hidden=True, **look)
        self.is_tall = stage.height > stage.width and not is_row
        self.is_low = is_row or not (self.is_tall or stage.width > 2 * stage.height)  # bars lie below
        named = say("score of {name}", name=s.name)
        wide, high = WIDE if self.frame.is_wide else NARROW, stage.height - TITLED
        wide, high = (stage.width, LOW) if self.is_low else (wide, high)
        self.narrow = self.scores = Made(wide, high, self.bars, named, role="output")
        if not (is_row or self.is_tall):
            high = LARGE * stage.height if self.is_low else high
            self.scores = Made(LARGE * stage.width, high, self.bars, named, role="output")
        self.arrange((Column if is_row else Row)(self.x, self.scores, gap=GAP), most=9.0)
        self.lost = Slot(0.0, 0.0)
        self.window = Outline(self.x, *part_of(self.x, s, range(s.size[0]), range(s.size[1])), color=self.theme.kernel)

    def widen(self) -> None:
        """Let the map come in beside the picture."""
        self.lost.clear()
        pair = (Column if self.s.seen.known.is_row or self.is_tall else Row)(self.x, self.map, gap=GAP)
        instead = {} if self.narrow is self.scores else {self.narrow: self.scores}
        self.rearrange((Column if self.is_low else Row)(pair, self.narrow, gap=GAP), instead=instead, most=9.0)
        self.scores = self.narrow
        self.mark = Outline(self.map, (0, 0), color=self.theme.kernel)
        self.add(self.lost)
        self.tell_loss(0)

    def hide(self, index: int) -> None:
        """Lay the cover on a place."""
        s = self.s
        row, column = divmod(index, s.drop.shape[1])
        top, left = row * s.stride[0], column * s.stride[1]
        at, rows, columns = part_of(self.x, s, range(top, top + s.size[0]), range(left, left + s.size[1]))
        self.x.show()
        self.x.hide([(at[0] + i, at[1] + j) for i in range(rows) for j in range(columns)])
        self.window.lay(at)

    def sweep(self) -> None:
        """Go over all places."""
        s, count = self.s, self.s.drop.size
        with self.beat(
            "{count} places, one after the other: each gets what the score loses.", count=count, focus=self.map
        ):
            for index in range(count):
                self.hide(index)
                self.mark.lay(divmod(index, s.drop.shape[1]))
                self.tell_loss(index)
                self.map.show([divmod(index, s.drop.shape[1])])
                self.step(index + 1, count, noun="place")
                self.hold(max(0.04, min(0.5, SECONDS / count)))

    def weakest(self) -> None:
        """Go to the place where the score rises, if there is one."""
        value = float(self.s.drop.min())
        if value >= 0:
            return
        with self.beat("Covered here, it loses {value}, less than nothing: the score rises.", value=value) as beat:
            self.go(int(self.s.drop.argmin()))
            beat.focus = [self.window, self.mark]

    def go(self, index: int) -> None:
        """Let the cover travel to a place, and tell what it takes."""
        stood = [(one, one.box) for one in (self.window, self.mark)]
        self.lost.clear()
        self.hide(index)
        self.mark.lay(divmod(index, self.s.drop.shape[1]))
        self.x.show()
        self.play(self.scores.made.grow(self.levels(index)), *(Resettle(*each) for each in stood), run_time=0.9)
        self.hide(index)
        self.tell_loss(index)

    def strongest(self) -> None:
        """Go to the place where most is lost, and leave lit what counts."""
        s = self.s
        index = int(s.drop.argmax())
        value = float(s.drop.flat[index])
        with self.beat("Here it loses most: {value}.", value=value, focus=[self.window, self.mark]):
            self.go(index)
            self.rest(1.0)
        self.remove(self.window)
        self.x.show()
        self.x.only(spread(self.x, s, lit(s.drop, s.x.shape[2:], s.size, s.stride)))
        self.map.only([cell for cell in self.map.everywhere() if s.drop[cell] >= COUNTS * s.drop.max()])
