"""Groups: which map feeds which, and what that saves: full, in groups, depthwise, and depthwise before 1 x 1."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Row, Slot, Wire
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.saving import Saving
from cnnviz.stage.text import size_within
from cnnviz.subjects.groups import SIDE

WIDE, NEAR = 2.0, 0.45  # units between two columns, where the wires run
NOTES, LINE = 3.8, 0.6  # width of the table, and height of a line of it
LOW, LARGE = 0.42, 31  # the height in narrow frames, and the type in wide ones


class Groups(
    Saving,
    subject=subjects.Groups,
    takeaway="Groups read only their own maps; to filter each map alone and mix them by 1 × 1 saves most weights.",
    concepts=("groups", "depthwise", "separable", "parameters", "multiply-accumulate", "MobileNet"),
    seconds=50,
    gif="groups",
):
    """Four maps of a digit under a full, a grouped and a depthwise layer, then a layer of MobileNet."""

    title = "Groups"
    subtitle = "who reads whom"

    subject: subjects.Groups

    def tell(self, s: subjects.Groups) -> None:
        """Cut the wires group by group, mix again by 1 x 1, and count a real layer."""
        self.s, count, self.line = s, s.count, LINE if self.frame.is_wide else LOW
        self.x = self.column(s.maps, "input", "maps")
        self.y = self.column(s.made(1), "output", "new maps", hidden=True)
        look = {"detail": s.weights_shape, "zoom": s.scale, "most": 9.0, "ruled": True, "form": "pixels"}
        self.table, self.notes = Grid(s.table(), "kernel", "kernels", **look), Slot(NOTES, 3 * self.line)
        self.table.sink()
        both = Row(self.x, self.y, gap=WIDE)
        orders = [both, self.table, self.notes], [both, Column(self.table, self.notes, gap=0.2)]
        self.arrange(*self.roomiest(*orders))
        ends = [
            ((x.box.right, x.box.center[1]), (y.box.left, y.box.center[1])) for x in self.x.items for y in self.y.items
        ]
        self.ways = Strokes(ends, self.theme.line, 1.6)  # a wire may lie there
        self.add(self.ways)
        question = "{count} old maps, {count} new ones. Must each new map read all of the old?"
        with self.beat(question, count=count, focus=[*self.x.items, *self.y.items]):
            self.rest(2.4)
        self.wires, full = list[Wire](), s.cost(1).weights
        with self.beat("Usually it does: each wire is a kernel."):
            for out, y in enumerate(self.y.items):
                self.lay(out, y)
            line = self.note(0, say("full"), f"{count} × {count} × 9", full)
        with self.beat("Usually that makes {weights} weights in all.", weights=full, focus=[line]):
            self.rest(0.8)
        for line, groups in enumerate(s.kinds[1:], 1):
            self.cut(line, groups)
        self.separate()
        self.count_layer(s)

    def column(self, values: Any, role: str, title: Template, **look: Any) -> Column:
        """Make a column of maps, or of kernels."""
        look = {"form": "pixels", "scale": float(abs(values).max()) or 1.0, **look}
        return Column(*(Grid(v, role, "" if i else title, detail="", **look) for i, v in enumerate(values)), gap=0.12)

    def lay(self, out: int, new: Grid) -> None:
        """Lay the wires of a new map, each with the kernel that it is: those of the first one by one."""
        cells, side = self.s.cells(1, out), self.table.columns // self.s.count
        if out:
            self.table.show(cells)
            self.join(self.x.items, new)
            return
        for at, one in enumerate(self.x.items):
            self.table.show(cell for cell in cells if cell[1] // side == at)
            block = Outline(self.table, (0, at * side), side, side, color=self.theme.text, width=3.0)
            self.wires.append(Wire((one, new), self.theme.kernel))
            self.appear(self.wires[-1], block, seconds=0.4)
            self.hold(0.2)
            self.remove(block)
        new.show()

    def join(self, old: Any, new: Grid) -> None:
        """Lay the wires of a new map, and let it appear."""
        self.wires += (wires := [Wire((one, new), self.theme.kernel) for one in old])
        self.appear(*wires, seconds=0.8)
        new.show()

    def cut(self, line: int, groups: int) -> None:
        """Take away the wires between groups, and the kernels that they were."""
        s, weights, size = self.s, self.s.cost(groups).weights, self.s.count // groups
        sentence: Template = "In groups: a map reads only its own group."
        left: Template = "In {groups} groups: {weights} weights are left."
        name, fields = say("{groups} groups", groups=groups), {"groups": groups}
        if size == 1:
            sentence, left = "Depthwise: each map for itself.", "Depthwise: {weights} weights, but nothing is mixed."
            name, fields = say("depthwise"), {}
        with self.beat(sentence):
            for out, (y, values) in enumerate(zip(self.y.items, s.made(groups), strict=True)):
                kept = [self.x.items[i] for i in s.reads(groups, out)]
                lost = [wire for wire in self.wires if wire.ends[1] is y and wire.ends[0] not in kept]
                self.wires = [wire for wire in self.wires if wire not in lost]
                self.vanish(*lost, seconds=0.4)
                self.table.hide(set(s.cells(1, out)) - set(s.cells(groups, out)))
                y.scale_of_fill = float(abs(s.made(groups)).max()) or 1.0  # few weights make small numbers
                y.become(values)
                self.hold(0.3)
            written_out = self.note(line, name, f"{s.count} × {size} × 9" if size > 1 else f"{s.count} × 9", weights)
        with self.beat(left, weights=weights, focus=[written_out], **fields):
            self.rest(0.8)

    def note(self, line: int, name: str, factors: str, number: int) -> Line:
        """Write a line of the table."""
        ink = self.theme
        runs = [(f"{name}  ", ink.text), (f"{factors} = ", ink.muted), (written(number), ink.kernel)]
        size = size_within(NOTES, LARGE if self.frame.is_wide else LABEL, "".join(text for text, _ in runs))
        return self.write(self.notes, runs, self.notes.box.top - (line + 0.5) * self.line, size)

    def separate(self) -> None:
        """Set a 1 x 1 layer behind the depthwise one."""
        s, count, look = self.s, self.s.count, {"scale": self.table.scale_of_fill, "zoom": self.s.scale}
        before, gone = [*self.x.items, *self.y.items], [self.table, *self.wires, self.ways, self.notes]
        x, y = self.column(s.maps, "input", "maps"), self.column(s.made(count), "output", "filtered")
        kernels = self.column(s.alone, "kernel", "depthwise", form="auto", most=9.0, **look)
        z = self.column(s.mixed(), "output", "mixed", hidden=True)
        mixing = Grid(s.mixing, "kernel", "1 × 1", hidden=True, most=0.54, **look)
        blocks = self.blocks(s)
        self.notes = Slot(NOTES, 4 * self.line)
        self.columns = x, kernels, y, z
        alone, mix, full = (cost.weights for cost in (s.cost(count), s.mixing_cost, s.cost(1)))
        chain = self.chain = Row(Row(x, kernels, y, gap=NEAR), z, gap=0.8 * WIDE)
        items = self.roomiest([chain, Column(mixing, self.notes)], [chain, mixing, self.notes])
        with self.beat("A 1 × 1 layer behind it mixes them again, place by place.", focus=z.items):
            places = zip([*x.items, *y.items, *kernels.items], [*before, *blocks], strict=True)
            self.rearrange(*items, instead=dict(places), gone=gone)
            self.wires = self.straight()
            self.add(*self.wires)
            for out, new in enumerate(z.items):
                self.join(y.items, new)
                mixing.show([(out, column) for column in range(count)])
            self.note(0, say("full"), f"{count} × {count} × 9", full)
            self.note(1, say("depthwise"), f"{count} × 9", alone)
            self.note(2, "1 × 1", f"{count} × {count}", mix)
            line = self.note(3, say("together"), f"{alone} + {mix}", alone + mix)
        with self.beat("Together {sum} weights in place of {full}.", sum=alone + mix, full=full, focus=[line]):
            self.rest(1.2)
        self.gone = [*self.wires, mixing, self.notes]

    def blocks(self, s: subjects.Groups) -> list[Grid]:
        """Take the kernels that are left out of the table, each as a matrix of its own where it stands."""
        look = {"scale": self.table.scale_of_fill, "form": "pixels", "most": 9.0, "detail": "", "ruled": True}
        blocks = [Grid(values, "kernel", "" if i else "depthwise", **look) for i, values in enumerate(s.alone)]
        for i, block in enumerate(blocks):
            box = self.table.cell_box((i * SIDE, i * SIDE), SIDE, SIDE)
            block.settle(box.left, box.top + (0.0 if i else TITLE_HEIGHT), self.table.side)
        self.table.hide(self.table.everywhere())
        self.table.rename("")
        self.add(*blocks)
        return blocks
