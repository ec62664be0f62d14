"""Average pooling, and global pooling: every number hands over its share."""

from manim import Transform

from cnnviz import subjects
from cnnviz.stage import Beam, Column, Grid, Outline, PoolingStory
from cnnviz.stage.language import Template
from cnnviz.stage.stories import pooling_words as words

MOST = 6  # windows that are looked through before the first is explained


class AveragePooling(
    PoolingStory,
    subject=subjects.Pooling,
    mode="avg",
    gif="pool --mode avg",
    takeaway="Every number hands over its share of the mean; over the whole map, one number is left.",
    concepts=("average pooling", "global pooling", "mean"),
    seconds=31,
):
    """Each window is replaced by its mean, and at last the whole map by one."""

    title = "Average pooling"
    subtitle = "in equal shares"

    subject: subjects.Pooling

    def build(self) -> None:
        """Set the pictures; the window's numbers come when it is explained."""
        super().build()
        self.remove(*self.patches)

    def wonder(self, first: int) -> None:
        """Show for some windows where their one number will stand."""
        ink, stops = self.theme.kernel, self.windows[first :: -(-len(self.windows) // MOST)]
        for step in [*stops, self.windows[first]]:
            self.move(self.window, step.padded_origin[-2:], 0.25 if step.index != first else 0.0)
            self.landing.lay(step.output_index[-2:])
            beam = Beam(self.landing, self.window.frame, ink)
            self.add(beam, self.landing)
            self.bring_to_back(beam)
            self.hold(0.6)
            self.remove(beam, self.landing)
        self.appear(*self.patches)

    def finish(self) -> None:
        """Let the windows melt into one over the whole map, whose mean is one number, as large as the map."""
        marks = self.gather()
        rows, columns = self.trace.input.shape[1:]
        (above, _), (before, _) = self.trace.padding
        with self.beat("And a window as large as the map?") as beat:
            self.make_room()
            frame = Outline(self.x, (above, before), rows, columns, color=self.theme.kernel, width=5.0)
            beat.focus = [frame]
            if marks:
                self.play(*(Transform(mark, frame) for mark in marks), run_time=0.8)
                self.remove(*marks)
            self.appear(frame, seconds=0.1 if marks else 0.4)
            self.rest(0.6)
        landing, count = Outline(self.one, (0, 0), color=self.theme.text), rows * columns
        told: Template = "Global average pooling: all {count} numbers have the same say, one is left."
        with self.beat(told, count=count, focus=[landing, frame]):
            answers = []
            for channel, slot in enumerate(self.lines):
                lines = self.spell(channel, self.s.whole[channel])
                answers.append([lines[-1][-1].copy()])
                for line in lines:
                    self.appear(line, into=slot, seconds=0.6)
            self.hold(0.4)
            self.fly(*((answer, self.one.box) for answer in answers), scale=0.6)
            self.one.show()
            self.add(landing)
            self.rest(1.0)
        high, wide = self.trace.output_shape[1:]
        self.close(
            "{rows} × {columns} in, {high} × {wide} means out; over the whole map, one is left.",
            rows=rows,
            columns=columns,
            high=high,
            wide=wide,
            focus=[landing, self.y],
        )

    def make_room(self) -> None:
        """Set the one number, as large as the map where the pooled cells are as large as their windows."""
        whole, peak = self.s.whole, self.s.picture.peak
        mean = whole.fold()
        gray = len(mean) == 1
        size = {"zoom": float(min(self.x.rows, self.x.columns))} if self.y.zoom > 1 else {"side": 1.0}
        self.one = Grid(
            mean.mean(axis=0),
            "output",
            "global average",
            detail=words.shape(mean.shape),
            scale=peak,
            photo=peak,
            hidden=True,
            texts=[[words.spelled(whole[0])[-1][0]]] if gray else None,
            colors=None if gray else mean,
            form="numbers" if gray else "pixels",
            most=9.0,
            **size,
        )
        if gray:
            self.y.zoom = 1.0
            orders = [
                [self.x, Column(self.y, *self.lines), self.one],
                [self.x, self.y, Column(self.one, *self.lines)],
                [Column(self.x, self.one), Column(self.y, *self.lines)],
            ]
            self.rearrange(*self.roomiest(*orders, gap=0.4, most=1.25), gone=self.patches, gap=0.4, most=1.25)
        else:
            self.vanish(*self.patches)
            self.rearrange(self.x, self.middle, Column(self.y, self.one), later=self.patches)
