"""When not to use a convolution: columns in any order, points of a graph, the ends of a long sequence."""

from cnnviz import subjects
from cnnviz.stage import Column, Graph, Grid, Outline, Row, Stages, Window, say
from cnnviz.stage.language import Template

WAYS: tuple[Template, ...] = ("windows of 3", "holes that double", "attention")
ORDERS: tuple[Template, ...] = ("one row", "other order")


class WhenNotTo(
    Stages,
    subject=subjects.Unsuited,
    takeaway="A convolution takes near cells for related ones: where that is false, something else fits better.",
    concepts=("table", "graph", "sequence", "attention", "inductive bias"),
    seconds=41,
):
    """A table, a graph and a long sequence, and what is used there instead."""

    title = "When not to"
    subtitle = "neighbors that mean nothing"
    noun = "case"
    lines = ("table: its columns have no order", "graph: neighbors, but no grid", "sequence: first and last word")

    subject: subjects.Unsuited

    def tell(self, s: subjects.Unsuited) -> None:
        """Reorder columns, add up neighbors, count layers."""
        self.open_room()
        self.flat = self.frame.width > self.frame.height
        self.table(s)
        self.graph(s)
        self.sequence(s)

    def table(self, s: subjects.Unsuited) -> None:
        """Slide a window over a row in two orders."""
        peak = float(max(abs(values).max() for values in s.maps))
        rows = [Grid(row, "input", name, detail="", scale=9.0) for row, name in zip(s.rows, ORDERS, strict=True)]
        maps = [Grid(y, "output", "sums of three", detail="", scale=peak, hidden=True) for y in s.maps]
        sums = [
            Grid(y, "output", "dense", detail="", scale=2 * float(abs(y).max()) or 1.0, hidden=True) for y in s.sums
        ]
        kernel = Grid(s.kernel, "kernel", "window", detail="")
        weights = [Grid(w, "kernel", "weights", detail="", hidden=at > 0) for at, w in enumerate(s.weights)]
        self.act(1, Column(*rows, kernel), Column(*weights), Column(*sums))
        for one, other in zip(maps, weights, strict=True):  # the weights come where the window's sums have been
            one.settle(other.box.left, other.top, other.side)
        with self.beat("A window sees neighbors. But which columns of a table are neighbors?", focus=rows[0]):
            self.appear(*rows, kernel)
            self.rest(1.8)
        self.add(*maps)
        window = Window(rows[0], s.kernel.shape)
        with self.beat("It adds up three columns that stand side by side by chance.", focus=maps[0]):
            self.appear(window)
            self.walk(s.traces[0], window, lambda step: maps[0].show([step.output_index[1:]]), seconds=3.0)
        self.remove(window)
        window = Window(rows[1], s.kernel.shape)
        told: Template = "The same columns in another order: of these sums, none is where it was."
        if s.changed < s.maps[0].size:
            told = "The same columns in another order: most of these sums are others."
        with self.beat(told, focus=maps):
            self.appear(window)
            self.walk(s.traces[1], window, lambda step: maps[1].show([step.output_index[1:]]), seconds=3.0)
        self.remove(window)
        total = s.sums[0].item()
        told = "A dense layer has a weight for each column, which moves along: {total} in any order."
        with self.beat(told, total=total, focus=sums):
            self.vanish(*maps, kernel)
            self.appear(*weights, *sums)
            sums[0].show()
            ways = enumerate(s.order)
            self.fly(*((weights[0].copy_of((0, old)), weights[1].cell_box((0, new))) for new, old in ways), seconds=1.4)
            weights[1].show()
            self.hold(0.4)
            sums[1].show()
            self.rest(1.5)
        self.clear(*rows, *weights, *sums)

    def graph(self, s: subjects.Unsuited) -> None:
        """Draw the points, count their neighbors, then add these up."""
        links = Grid(s.links, "kernel", "neighbors", detail="", scale=2.0)
        counts = Grid(s.counts, "kernel", "count", detail="", scale=8.0)
        points = Grid(s.points, "input", "points", detail="", scale=9.0)
        added = Grid(s.added, "output", "sums", detail="", scale=float(s.added.max()), hidden=True)
        room = self.room.box
        size = (
            (0.34 * room.width, min(0.34 * room.width, room.height - 0.5)) if self.flat else (5.0, 0.36 * room.height)
        )
        graph = Graph(s.points.ravel().tolist(), s.links, s.places, *size, title="points and links")
        self.act(2, graph, Row(links, counts, points, added, gap=0.3))
        least, most = int(s.counts.min()), int(s.counts.max())
        told: Template = "In a graph, points have {least} to {most} neighbors: no window fits them all."
        with self.beat(told, least=least, most=most, focus=[graph.box, counts]):
            self.appear(graph)
            self.rest(0.8)
            self.appear(links, counts)
            self.rest(1.4)
        mark = Outline(links, (0, 0), 1, links.columns, color=self.theme.highlight)
        with self.beat("So each point adds up its neighbors, however many: a graph network.", focus=added):
            self.appear(points, added)
            self.add(mark)
            for row in range(links.rows):
                self.add(seen := graph.look(row, self.theme.highlight))
                mark.lay((row, 0))
                self.hold(0.5)
                added.show([(row, 0)])
                self.hold(0.5)
                self.remove(seen)
        self.remove(mark)
        self.clear(graph, links, counts, points, added)

    def sequence(self, s: subjects.Unsuited) -> None:
        """Count layers until both ends meet."""
        layers = {say(way): s.layers[way] for way in WAYS}
        detail = say("for {length} words", length=s.length)
        chart = self.bars(layers, "output", "layers until both ends meet", detail=detail)
        self.act(3, chart)
        told: Template = "The first of {length} words may matter to the last. How many layers until they meet?"
        with self.beat(told, length=s.length, focus=chart.box):
            self.appear(chart)
            self.rest(1.6)
        plain, holes, one = layers.values()
        told = "Windows of three: {plain}. With holes that double: {holes}."
        with self.beat(told, plain=plain, holes=holes, focus=chart.box):
            self.play(chart.made.grow([plain, holes, 0]), run_time=1.2)
            chart.made.show([plain, holes, 0])
            self.rest(0.8, focus=chart.box)
        told = "Attention meets in {one}, for it compares every pair of words: dear, but direct."
        with self.beat(told, one=one, focus=chart.box):
            self.play(chart.made.grow([plain, holes, one]), run_time=0.6)
            chart.made.show([plain, holes, one], 2)
        self.close(
            "A convolution trusts in near neighbors: where these mean nothing, it is out of place.", focus=chart.box
        )
