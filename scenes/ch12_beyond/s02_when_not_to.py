"""When not to use a convolution: columns in any order, points of a graph, the ends of a long sequence."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Graph, Grid, Row, Stages, Table, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.unsuited import Ends, Names, Reach, reorder

WAYS: tuple[Template, ...] = ("windows of 3", "holes that double", "attention")
ORDERS: tuple[Template, ...] = ("a flat", "other order")
GAP, MOST = 0.3, 1.5  # units: between pictures, and a cell at most


class WhenNotTo(
    Stages,
    subject=subjects.Unsuited,
    takeaway="A convolution takes near cells for related ones: where that is false, something else fits better.",
    concepts=("table", "graph", "sequence", "attention", "inductive bias"),
    seconds=53,
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
        self.flat = self.frame.width >= self.frame.height
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
        first, *others = s.traces[0]
        told: Template = "Level, twice the age, less the baths: {sum}."
        with self.beat(told, sum=s.maps[0][0, 0].item(), focus=[window, maps[0]]):
            maps[0].show([first.output_index[1:]])
        with self.beat("Neighbors by chance: no sum has a meaning.", focus=maps[0]):
            self.walk(others, window, lambda step: maps[0].show([step.output_index[1:]]), seconds=2.2)
        self.remove(window)
        with self.beat("The same columns in another order.", focus=maps):
            best = self.best([Table([one, maps[0]], [other, maps[1]])], [Column(one, maps[0], other, maps[1])])
            self.lead(1, *best, gone=[kernel], later=[names[1]], most=MOST, seconds=0.8)
            reorder(self, names, rows, s.order)
            self.add(window := Window(rows[1], s.kernel.shape))
            window.take_up(self, kernel, seconds=0.0)
            self.walk(s.traces[1], window, lambda step: maps[1].show([step.output_index[1:]]), seconds=1.8)
        told = "Of these sums, none is where it was."
        if s.changed < s.maps[0].size:
            told = "Most of these sums are others."
        with self.beat(told, focus=maps):
            self.point(*maps)
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
        with self.beat("A dense layer has a weight for each column, which moves along.", focus=weights):
            orders = [Table(*lines, gap=(0.2, GAP))], [Table(*([Column(x, w, gap=0.1), y] for x, w, y in lines))]
            self.lead(1, *self.best(*orders), gone=maps, later=[names[1]], most=MOST, seconds=0.8)
            sums[0].show()
            reorder(self, names, weights, s.order)
        sums[1].show()
        with self.beat("The rent is {total} in any order.", total=s.sums[0].item(), focus=sums):
            self.point(*sums)
        self.here = [*weights, *sums, *named, *names, *(table.items[0] for table in tables[1:])]
        self.row = tables[0].items[0]

    def best(self, *orders: list[Any]) -> Any:
        """Return the order with the largest cells in the room."""
        return self.roomiest(*orders, room=self.room.box, most=MOST)

    def graph(self, s: subjects.Unsuited) -> None:
        """Count the neighbors of each point, then add these up."""
        room, theme = self.room.box, self.theme
        graph = Graph(s.points.ravel().tolist(), s.links, s.places, room.width, room.height)
        least, most = int(s.counts.min()), int(s.counts.max())
        told: Template = "In a graph, points have {least} to {most} neighbors: no window fits them all."
        with self.beat(told, least=least, most=most, focus=graph):
            self.lead(2, graph, gone=self.here, instead={graph: self.row})
            for point, count in enumerate(s.counts.ravel().tolist()):
                text = say(counted("{count} neighbor", "{count} neighbors", int(count)))
                self.add(seen := graph.look(point, theme.kernel))
                graph.write(point, (text, theme.kernel))
                self.hold(0.35)
                self.remove(seen)
        with self.beat("So each point adds up its neighbors, however many: a graph network.", focus=graph):
            for point in range(len(s.points)):
                others = s.links[point].nonzero()[0].tolist()
                self.add(seen := graph.look(point, theme.highlight))
                self.fly(*(([graph.number(other)], graph.spot(point)) for other in others), seconds=0.6)
                terms = " + ".join(f"{graph.values[other]:g}" for other in others)
                runs = ((f"{terms} = ", theme.input), (f"{s.added[point].item():g}", theme.output))
                graph.write(point, *runs[len(others) == 1 :])
                self.hold(0.25)
                self.remove(seen)
        self.here = [graph]

    def sequence(self, s: subjects.Unsuited) -> None:
        """Let both ends of a sentence reach one word further with every layer, until they meet."""
        ends, room = Ends(self.room.box.width, s.length, "sentence"), self.room.box
        high, count = room.height - ends.extent(1.0)[1] - GAP, len(s.reached)
        wide, high = ((room.width - (count - 1) * GAP) / count, high) if self.flat else (room.width, high / count - GAP)
        plain, holes, direct = (Reach(s.reached[way], s.length, way, wide, high) for way in WAYS)
        order = Row(plain, holes, direct, gap=GAP) if self.flat else Column(plain, holes, direct, gap=GAP)
        told: Template = "The first of {length} words may matter to the last. How many layers until they meet?"
        with self.beat(told, length=s.length, focus=ends):
            self.lead(3, Column(ends, order, gap=GAP), gone=self.here, seconds=0.6)
            self.rest(1.6)
        told = "Windows of three reach one word further with each layer: they meet after {count}."
        with self.beat(told, count=plain.count, focus=plain):
            plain.climb(self, 2.4)
        told = "With holes that double, they reach twice as far each time: they meet after {count}."
        with self.beat(told, count=holes.count, focus=holes):
            holes.climb(self, 2.4)
        told = "Attention meets in {count}, for it compares every pair of words: dear, but direct."
        with self.beat(told, count=direct.count, focus=direct):
            direct.climb(self, 0.6)
        told = "A convolution trusts in near neighbors: where these mean nothing, it is out of place."
        self.close(told, focus=[plain, holes, direct])
