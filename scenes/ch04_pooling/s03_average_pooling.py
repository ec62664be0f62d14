"""Average pooling, and global pooling: every number hands over its share."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, PoolingStory
from cnnviz.stage.stories import pooling_words as words


class AveragePooling(
    PoolingStory,
    subject=subjects.Pooling,
    mode="avg",
    gif="pool --mode avg",
    takeaway="Every number hands over its share of the mean; over the whole map, one number is left.",
    concepts=("average pooling", "global pooling", "mean"),
    seconds=29,
):
    """Each window is replaced by its mean, and at last the whole map by one."""

    title = "Average pooling"
    subtitle = "in equal shares"

    subject: subjects.Pooling

    def last_column(self) -> list[Any]:
        """Leave room for the one number below the pooled map."""
        whole, peak = self.s.whole, self.s.picture.peak
        mean = whole.fold()
        gray = len(mean) == 1
        self.one = Grid(
            mean.mean(axis=0),
            "output",
            "global average",
            detail=words.shape(mean.shape),
            scale=peak,
            photo=peak,
            side=1.0,
            hidden=True,
            texts=[[words.spelled(whole[0])[-1][0]]] if gray else None,
            colors=None if gray else mean,
            form="numbers" if gray else "pixels",
        )
        is_square = 0.6 < self.frame.stage.height / self.frame.stage.width < 1.2
        return [self.y, self.one] if is_square else [Column(self.y, self.one, gap=0.25)]

    def finish(self) -> None:
        """Lay a window over the whole map, and let its mean land below the pooled map."""
        self.gather()
        self.vanish(self.window, *self.patches, *self.lines)
        rows, columns = self.trace.input.shape[1:]
        (above, _), (before, _) = self.trace.padding
        frame = Outline(self.x, (above, before), rows, columns, color=self.theme.kernel, width=5.0)
        landing = Outline(self.one, (0, 0), color=self.theme.text)
        with self.beat("And a window as large as the map?", focus=[frame]):
            self.appear(frame)
            self.rest(1.2)
        with self.beat("Global average pooling: one number is left, whatever the size.", focus=[landing, frame]):
            lines = []
            for channel, slot in enumerate(self.lines):
                lines.append(self.spell(channel, self.s.whole[channel]))
                self.appear(lines[-1], into=slot)
            self.hold(0.4)
            self.bring(lines)
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

    def bring(self, lines: list[Line]) -> None:
        """Let the answers travel to the one cell."""
        self.fly(*(([line[-1].copy()], self.one.box) for line in lines), scale=0.6)
