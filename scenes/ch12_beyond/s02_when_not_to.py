"""When not to use a convolution: columns in any order, points of a graph, the ends of a long sequence."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Graph, Grid, Outline, Row, Stages, Table, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.unsuited import Ends, Names, reorder

WAYS: tuple[Template, ...] = ("windows of 3", "holes that double", "attention")
ORDERS: tuple[Template, ...] = ("a flat", "other order")
GAP, MOST = 0.3, 1.5  # units: between pictures, and a cell at most


class WhenNotTo(
    Stages,
    subject=subjects.Unsuited,
    takeaway="A convolution takes near cells for related ones: where that is false, something else fits better.",
    concepts=("table", "graph", "sequence", "attention", "inductive bias"),
    seconds=45,
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
        """Slide a window over a row in two orders, then give each column a weight."""
        peak = float(max(abs(values).max() for values in s.maps))
        look: dict[str, Any] = {"detail": "", "most": MOST}
        rows = [
            Grid(row, "input", name, scale=9.0, hidden=at > 0, **look)
            for at, (row, name) in enumerate(zip(s.rows, ORDERS, strict=True))
        ]
        maps = [Grid(y, "output", "sums of three", scale=peak, hidden=True, **look) for y in s.maps]
        kernel = Grid(s.kernel, "kernel", "window", **look)
        names = [Names(row, order) for row, order in zip(rows, [range(len(s.order)), s.order], strict=True)]
        one, other = (Column(row, below, gap=0.0) for row, below in zip(rows, names, strict=True))
        self.lead(1, Column(one, Row(kernel, maps[0], gap=2 * GAP)), most=MOST, seconds=0.4)
        window = Window(rows[0], s.kernel.shape)
        with self.beat("A window sees neighbors. But which columns of a table are neighbors?", focus=[rows[0], window]):
            self.appear(window)
            self.rest(1.8)
            window.take_up(self, kernel)
        told: Template = "Level, twice the age, less the baths: {sum}. Neighbors by chance, no meaning."
        with self.beat(told, sum=s.maps[0][0, 0].item(), focus=maps[0]):
            self.walk(s.traces[0], window, lambda step: maps[0].show([step.output_index[1:]]), seconds=3.6)
        self.remove(window)
        told = "The same columns in another order: of these sums, none is where it was."
        if s.changed < s.maps[0].size:
            told = "The same columns in another order: most of these sums are others."
        with self.beat(told, focus=maps):
            best = self.best([Table([one, maps[0]], [other, maps[1]])], [Column(one, maps[0], other, maps[1])])
            self.lead(1, *best, gone=[kernel], later=[names[1]], most=MOST, seconds=0.8)
            reorder(self, names, rows, s.order)
            self.add(window := Window(rows[1], s.kernel.shape))
            window.take_up(self, kernel, seconds=0.0)
            self.walk(s.traces[1], window, lambda step: maps[1].show([step.output_index[1:]]), seconds=2.4)
        self.remove(window)
        self.weigh(s, names, [one, other], maps)

    def weigh(self, s: subjects.Unsuited, named: list[Names], tables: list[Column], maps: list[Grid]) -> None:
        """Give each column a weight that moves with it."""
        look: dict[str, Any] = {"detail": "", "most": MOST}
        weights = [Grid(w, "kernel", "weights", hidden=at > 0, **look) for at, w in enumerate(s.weights)]
        sums = [Grid(y, "output", "rent", scale=2 * float(abs(y).max()) or 1.0, hidden=True, **look) for y in s.sums]
        names = [Names(grid, one.order) for grid, one in zip(weights, named, strict=True)]
        below = [Column(grid, one, gap=0.0) for grid, one in zip(weights, names, strict=True)]
        lines = list(zip(tables, below, sums, strict=True))
        told: Template = "A dense layer has a weight for each column, which moves along: {total} in any order."
        with self.beat(told, total=s.sums[0].item(), focus=sums):
            orders = [Table(*lines, gap=(0.2, GAP))], [Table(*([Column(x, w, gap=0.1), y] for x, w, y in lines))]
            self.lead(1, *self.best(*orders), gone=maps, later=[names[1]], most=MOST, seconds=0.8)
            sums[0].show()
            reorder(self, names, weights, s.order)
            sums[1].show()
            self.rest(0.6)
        self.here = [*weights, *sums, *named, *names, *(table.items[0] for table in tables)]

    def best(self, *orders: list[Any]) -> Any:
        """Return the order with the largest cells in the room."""
        return self.roomiest(*orders, room=self.room.box, most=MOST)

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
        shown = graph, Row(links, counts, points, added, gap=GAP)
        least, most = int(s.counts.min()), int(s.counts.max())
        told: Template = "In a graph, points have {least} to {most} neighbors: no window fits them all."
        with self.beat(told, least=least, most=most, focus=[graph, counts]):
            self.lead(2, *shown, gone=self.here, later=[points, added])
            self.rest(1.2)
        mark = Outline(links, (0, 0), 1, links.columns, color=self.theme.highlight)
        with self.beat("So each point adds up its neighbors, however many: a graph network.", focus=added):
            self.appear(points, added)
            self.add(mark)
            for row in range(links.rows):
                self.add(seen := graph.look(row, self.theme.highlight))
                mark.lay((row, 0))
                ways = [points.copy_of((int(other), 0)) for other in s.links[row].nonzero()[0]]
                self.fly(*((way, added.cell_box((row, 0))) for way in ways), seconds=0.6)
                added.show([(row, 0)])
                self.hold(0.25)
                self.remove(seen)
        self.remove(mark)
        self.here = [*graph.submobjects, links, counts, points, added]

    def sequence(self, s: subjects.Unsuited) -> None:
        """Count layers until both ends meet."""
        layers = {say(way): s.layers[way] for way in WAYS}
        ends = Ends(self.room.box.width, s.length)
        size = self.chart_size[0], self.room.box.height - ends.extent(1.0)[1] - 3 * GAP
        chart = self.bars(layers, "output", "layers until both ends meet", size=size)
        chart.detail = say("for {length} words", length=s.length)
        told: Template = "The first of {length} words may matter to the last. How many layers until they meet?"
        with self.beat(told, length=s.length, focus=ends):
            self.lead(3, Column(ends, chart), gone=self.here)
            self.rest(1.6)
        plain, holes, one = layers.values()
        told = "Windows of three: {plain}. With holes that double: {holes}."
        with self.beat(told, plain=plain, holes=holes, focus=chart.box):
            self.play(ends.link(near=True), chart.made.grow([plain, holes, 0]), run_time=1.4)
            chart.made.show([plain, holes, 0])
            self.rest(0.8)
        told = "Attention meets in {one}, for it compares every pair of words: dear, but direct."
        with self.beat(told, one=one, focus=ends):
            self.play(ends.link(), chart.made.grow([plain, holes, one]), run_time=1.4)
            chart.made.show([plain, holes, one], 2)
        told = "A convolution trusts in near neighbors: where these mean nothing, it is out of place."
        self.close(told, focus=chart.box)
