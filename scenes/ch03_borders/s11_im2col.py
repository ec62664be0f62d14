"""im2col: windows become columns, the kernel a row, and the convolution one product of matrices."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Slot, Sum, Table, Window, counted
from cnnviz.stage.stories.copying import Copying
from cnnviz.stage.stories.little_box import larger

LINES = 1.5  # units: height of counts and products


class Im2col(
    Copying,
    subject=subjects.Im2col,
    takeaway="Windows as columns, kernels as rows: a convolution is one product of matrices, paid for with copies.",
    concepts=("im2col", "matrix product", "window", "GPU"),
    seconds=42,
    gif="im2col",
):
    """The windows of a small picture, copied into the columns of a matrix."""

    title = "im2col"
    subtitle = "one product of matrices"

    subject: subjects.Im2col

    def tell(self, s: subjects.Im2col) -> None:
        """Copy the windows, lay the kernel flat, multiply, and fold the result."""
        self.s = s
        self.build()
        with self.beat("A kernel slides from window to window. Could all of them be done at once?", focus=self.window):
            self.window.take_up(self, self.kernels[0])
            self.rest(1.4)
        with self.beat("Each window is copied into a column of its own.", focus=self.columns):
            self.window.put_down()
            self.carry(self.x, s.sources[0], self.columns, [(row, 0) for row in range(self.columns.rows)])
            self.walk(s.trace[: s.count], self.window, self.copy, seconds=6.0, noun="window")
            self.light([], [])
        self.look_at_copies()
        with self.beat("The kernel is laid flat, too: it becomes a row.", focus=self.kernels[0]):
            self.x.zoom = self.kernels[0].zoom = 1.0
            self.rearrange(*self.order, gap=0.4, later=[*self.kernels[1:], *self.maps])
            self.flatten(0)
        self.multiply()
        if len(s.filters) > 1:
            self.add_rows()
        self.at_once()
        sentence, pixels = "{copies} numbers in place of {pixels}: the price of one large product.", self.x.values.size
        self.close(sentence, copies=s.columns.size, pixels=pixels, focus=[self.columns, self.products])

    def build(self) -> None:
        """Set picture and kernels, the matrix above its products, the row beside these, and the maps."""
        s, look = self.s, {"scale": self.s.picture.peak}
        self.x = Grid(s.trace.padded[0], "input", "input", padding=s.trace.is_padding, **look)
        weights, results = float(abs(s.rows).max()), float(abs(s.products).max()) or 1.0
        self.kernels = [
            Grid(one.values, "kernel", "" if i else "kernel", detail="", scale=weights, texts=one.labels, least=0.36)
            for i, one in enumerate(s.filters)
        ]
        texts = [[text for row in one.labels for text in row] for one in s.filters]
        self.columns = Grid(s.columns, "input", "columns", hidden=True, **look)
        self.rows = Grid(s.rows, "kernel", "rows", scale=weights, texts=texts, hidden=True)
        self.products = Grid(s.products, "output", "rows × columns", detail="", scale=results, hidden=True)
        even = " " if self.frame.width > self.frame.height else ""  # below a title or not, maps begin at one height
        self.maps = [
            Grid(one, "output", "" if i else "feature map", detail=even * bool(i), scale=results, hidden=True)
            for i, one in enumerate(s.maps)
        ]
        wide, high = (3.8, LINES) if self.frame.is_wide else (2.8, 1.2)
        self.sum = Sum(s.trace, s.filters[0].labels, width=wide, height=LINES + 0.7)
        self.notes = Slot(wide, high)
        given, maps = Row(self.x, Column(*self.kernels, gap=0.15), gap=0.25), Column(*self.maps, gap=0.15)
        table, beside = Table([given, self.columns], [self.rows, self.products]), Column(self.notes, maps)
        high = Table([Column(given, self.notes), self.columns], [self.rows, self.products])
        tall = Column(given, self.columns, self.rows, self.products)
        flat = Column(given, self.rows), self.columns, Column(self.products, self.notes, Row(*self.maps), gap=0.15)
        orders = flat, (table, beside), (table, Row(self.notes, maps)), (high, maps), (tall, beside)
        self.order = self.roomiest(*orders, gap=0.4)
        first = Row(self.x, self.kernels[0]), self.columns
        larger(self, self.x, self.kernels[0], order=first)
        self.arrange(*first)
        self.window = Window(self.x, s.trace.weight.shape[2:])
        self.add(self.window)

    def copy(self, step: Any) -> None:
        """Fill the column of a window."""
        column = [(row, step.index) for row in range(self.columns.rows)]
        self.columns.show(column)
        self.light(self.s.sources[step.index], column)

    def look_at_copies(self) -> None:
        """Follow one pixel to all of its places."""
        s, cell = self.s, self.s.favorite
        ink, places = self.theme.highlight, s.places(cell)
        marks = [Outline(self.columns, place, color=ink, width=3.0) for place in places]
        source = Outline(self.x, cell, color=ink)
        sentence = counted("This pixel is copied once.", "This pixel is copied {count} times.", len(places))
        with self.beat(sentence, focus=[source]):
            self.vanish(self.window)
            self.light([cell], places)
            self.appear(source, *marks)
            self.point(*marks)
        self.light([], [])
        self.vanish(source, *marks)

    def multiply(self) -> None:
        """Multiply the first row with one column after the other, and fold the result."""
        s = self.s
        row, column = Window(self.rows, (1, self.rows.columns)), Window(self.columns, (self.columns.rows, 1))
        with self.beat("Row times column: number by number, then added up.") as beat:
            self.appear(row, column)
            self.carry(self.rows, row.cells(), self.columns, column.cells())
            self.sum.settle(self.notes.box.left, self.notes.box.top, 0.0)
            self.add(self.sum)
            for term in self.sum.terms(s.trace.at((0, 0, 0))):
                self.appear(term, into=self.sum)
            self.appear(self.sum.result(s.trace.at((0, 0, 0))), into=self.sum)
            self.products.show([(0, 0)])
            beat.focus = [mark := Outline(self.products, (0, 0), color=self.theme.output)]
            self.appear(mark)
            self.rest(0.6)
        self.vanish(mark, self.sum)
        with self.beat("So for every column: each window gives its number.", focus=self.products):
            show, at = (lambda step: self.products.show([(0, step.index)])), (lambda step: (0, step.index))
            self.walk(s.trace[: s.count], column, show, seconds=4.0, at=at, noun="column")
        self.vanish(row, column)
        with self.beat("Folded, the line is the feature map: the same numbers as by sliding.", focus=self.maps[0]):
            self.fold(0)

    def add_rows(self) -> None:
        """Let further kernels be further rows of the same product."""
        with self.beat("Another kernel is another row of the same product.", focus=self.rows):
            for index in range(1, len(self.kernels)):
                self.appear(self.kernels[index])
                self.flatten(index)
                self.products.show([(index, column) for column in range(self.products.columns)])
                self.fold(index)

    def at_once(self) -> None:
        """Let all rows meet all columns, and count what that costs."""
        with self.beat("One product does all windows at once: that is what GPUs are built for.", focus=self.products):
            self.products.hide()
            self.point(self.rows, self.columns)
            self.products.show()
            self.note(0, self.x)
            self.note(1, self.columns)
            self.point(self.products)
