"""A cover on every place of a picture in turn, and what the answer loses."""

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Grid, Made, Outline, Row, Scene, Slot, cell_text
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, SMALLEST, Box
from cnnviz.stage.stories.evidence import input_grid, lit, part_of, spread, verdict
from cnnviz.stage.text import size_within


class Occlusion(
    Scene,
    subject=subjects.Occlusion,
    takeaway="What is covered when the score falls is what the network needs of the picture.",
    concepts=("occlusion", "attribution", "score"),
    seconds=26,
):
    """Cover a picture place by place, and keep how far the score of the answer falls."""

    title = "Occlusion"
    subtitle = "what an answer needs"

    subject: subjects.Occlusion

    def tell(self, s: subjects.Occlusion) -> None:
        """Let the cover lie here and there, then everywhere, and light what counts."""
        self.s = s
        self.build()
        with self.beat("Which part of this picture does the answer need?", focus=self.x):
            self.appear(verdict(s, self.answer.box), into=self.answer)
            self.rest(1.8)
        if not s.seen.learned:
            with self.beat("It has not learned yet: this answer is chance.", focus=self.answer):
                self.rest(1.0)
        with self.beat("A cover hides a part, and the network reads what is left.", focus=self.window):
            self.hide(0)
            self.appear(self.window)
            self.tell_loss(0)
            self.rest(1.8)
        self.sweep()
        self.weakest()
        self.strongest()
        self.close("Kept is where a cover took at least half of the most: there the network looked.", focus=[self.x])

    def build(self) -> None:
        """Set the picture, the map of what is lost, and the place of the answer."""
        s, stage = self.s, self.frame.stage
        self.x = input_grid(s)
        rows, columns = s.drop.shape
        shape = s.x.shape[2:]
        zoom = shape[1] / columns if s.seen.known.is_row else min(shape[0] / rows, shape[1] / columns)
        is_row = s.seen.known.is_row
        look = {"form": "pixels", "strip": True} if is_row else {}
        self.map = Grid(s.drop, "output", "score lost", zoom=zoom, most=9.0, hidden=True, **look)
        tall = stage.height > stage.width and not is_row
        low = not (is_row or tall or self.frame.is_wide)  # all that is written stands in one line
        wide = 4.6 if is_row else 2.5 if tall else 2.7 if low else 3.3
        self.answer, self.lost = (Slot(min(wide, stage.width), 0.5) for _ in range(2))
        self.scores = Made(min(wide, stage.width), 0.5 if low else 0.9 if is_row else 1.3, self.bars)
        said = Column(self.answer, self.lost, self.scores, gap=0.2)
        beside = Row(self.answer, self.lost, self.scores)
        orders = (
            [self.x, self.map, said],
            [self.x, Column(self.map, said, gap=0.2)],
            [Column(Row(self.x, self.map), beside, gap=0.2)],
        )
        if tall:
            self.arrange(Row(Column(self.x, self.map, gap=0.3), said, gap=0.25), most=9.0)
        else:
            self.arrange(*(orders[1] if is_row else self.roomiest(*orders, most=9.0)), most=9.0)
        theme = self.theme
        self.window = Outline(self.x, *part_of(self.x, s, range(s.size[0]), range(s.size[1])), color=theme.kernel)
        self.mark = Outline(self.map, (0, 0), color=theme.kernel)

    def bars(self, box: Box) -> Bars:
        """Make the score of the whole picture and that of the covered one."""
        s, write = self.s, lambda value: cell_text(float(value))
        peak = max(s.score, s.score - float(s.drop.min()), 1e-9)
        bars = Bars([say("whole"), say("covered")], box, theme=self.theme, peak=peak, write=write, widest="−88.8")
        bars.show([s.score, 0.0], upto=1)
        return bars

    def hide(self, index: int) -> None:
        """Lay the cover on a place."""
        s = self.s
        row, column = divmod(index, s.drop.shape[1])
        top, left = row * s.stride[0], column * s.stride[1]
        at, rows, columns = part_of(self.x, s, range(top, top + s.size[0]), range(left, left + s.size[1]))
        self.x.show()
        self.x.hide([(at[0] + i, at[1] + j) for i in range(rows) for j in range(columns)])
        self.window.lay(at)
        self.mark.lay((row, column))

    def tell_loss(self, index: int) -> None:
        """Write what is lost at a place."""
        s = self.s
        value = float(s.drop.flat[index])
        ink = self.theme.output if value >= 0 else self.theme.negative
        runs = [(say("score lost "), self.theme.muted), (written(value), ink)]
        size = max(SMALLEST, size_within(self.lost.box.width, LABEL, *(text for text, _ in runs)))
        self.lost.put_line(runs, size)
        self.scores.made.show([s.score, s.score - value])

    def sweep(self) -> None:
        """Go over all places."""
        s, count = self.s, self.s.drop.size
        self.add(self.map, self.mark)
        with self.beat(
            "{count} places, one after the other: each gets what the score loses.", count=count, focus=self.map
        ):
            for index in range(count):
                self.hide(index)
                self.tell_loss(index)
                self.map.show([divmod(index, s.drop.shape[1])])
                self.step(index + 1, count, noun="place")
                self.hold(max(0.04, min(0.5, 9.0 / count)))

    def weakest(self) -> None:
        """Go to the place where the score rises, if there is one."""
        value = float(self.s.drop.min())
        if value >= 0:
            return
        with self.beat("Covered here, it loses {value}, less than nothing: the score rises.", value=value) as beat:
            self.go(int(self.s.drop.argmin()))
            beat.focus = [self.window, self.mark]

    def go(self, index: int) -> None:
        """Lay the cover on a place, and tell what it takes."""
        self.hide(index)
        self.tell_loss(index)
        self.point(self.window, self.mark)

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
