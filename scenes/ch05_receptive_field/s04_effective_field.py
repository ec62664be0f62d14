"""The effective field: cells in the middle of a field count far more than those at its rim."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Scene, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.subjects.effective import KERNEL
from cnnviz.subjects.number import share_text


class EffectiveField(
    Scene,
    subject=subjects.EffectiveField,
    takeaway="The effective field is a soft spot in the middle of the theoretical one: its rim hardly counts.",
    concepts=("receptive field", "effective receptive field", "gradient", "depth"),
    seconds=45,
    gif="effective-field",
):
    """How much each cell of a field counts for the neuron that sees it.

    cnnviz gif effective-field --depths 3,12
    cnnviz gif effective-field --depths 8 --seed 5
    """

    title = "Effective field"
    subtitle = "what counts of what is seen"

    subject: subjects.EffectiveField

    def tell(self, s: subjects.EffectiveField) -> None:
        """Count ways, measure a network before and after training, then go deep."""
        self.notes = list[Label]()
        self.count(s)
        self.train(s)
        self.deepen(s)

    def count(self, s: subjects.EffectiveField) -> None:
        """Count the ways from each cell to a neuron behind two layers."""
        last = s.ways[-1]
        first = Grid(last[:KERNEL, :KERNEL] * 0, "output", "first layer", detail="", texts=[[""] * KERNEL] * KERNEL)
        ways = Grid(last, "input", "ways to the neuron", detail="", hidden=True)
        self.arrange(first, ways)
        with self.beat("Behind two layers, a neuron sees 5 × 5 cells. Do all of them count alike?", focus=ways):
            self.rest(2.2)
        mark = Outline(first, (0, 0), color=self.theme.highlight)
        window = Outline(ways, (0, 0), KERNEL, KERNEL, color=self.theme.highlight)
        with self.beat("It sees nine cells of the first layer, and each of these opens nine ways.", focus=ways):
            self.add(mark, window)
            for cell, counts in zip(first.everywhere(), s.ways, strict=True):
                mark.lay(cell)
                window.lay(cell)
                ways.rewrite({at: float(counts[at]) for at in ways.everywhere() if counts[at]})
                self.hold(0.9 if cell in ((0, 0), (0, 1)) else 0.4)
        self.vanish(mark, window)
        ends = [Outline(ways, at, color=self.theme.highlight) for at in ((2, 2), (0, 0))]
        told: Template = "The middle cell is on {most} ways, a corner on {least}: it counts for more."
        with self.beat(told, most=int(last.max()), least=int(last.min()), focus=ends):
            self.add(*ends)
            self.rest(1.5)
        self.vanish(first, ways, *ends)

    def train(self, s: subjects.EffectiveField) -> None:
        """Compare the gradient in the small network before and after it learned."""
        texts = share_text(s.fresh.held(KERNEL)), share_text(s.trained.held(KERNEL))
        names: tuple[Template, ...] = ("random weights", "trained")
        fresh, trained = (
            Grid(spot.values, "gradient", name, detail="", scale=1.0, hidden=bool(at))
            for at, (spot, name) in enumerate(zip((s.fresh, s.trained), names, strict=True))
        )
        notes = [Slot(2.6, 0.3), Slot(2.6, 0.3)]
        self.arrange(Column(fresh, notes[0], gap=0.1), Column(trained, notes[1], gap=0.1))
        with self.beat("Now weights: the gradient of a neuron says how much each cell counts.", focus=fresh):
            self.rest(2.0)
        told: Template = "Training shapes the field: the middle 3 × 3 held {fresh}, now {trained} of it."
        with self.beat(told, fresh=texts[0], trained=texts[1]) as beat:
            marks = [Outline(grid, (1, 1), KERNEL, KERNEL, color=self.theme.highlight) for grid in (fresh, trained)]
            beat.focus = marks[1:]
            for mark, note, text in zip(marks, notes, texts, strict=True):
                mark.grid.show()
                self.appear(mark, self.note(note, text))
                self.rest(0.8)
        self.vanish(fresh, trained, *notes, *marks, *self.notes)

    def deepen(self, s: subjects.EffectiveField) -> None:
        """Show the gradient of deeper and deeper networks, and where half of it lies."""
        grids, notes = [], []
        for spot in s.spots:
            side, name = len(spot.values), say("{count} layers", count=spot.layers)
            detail = f"{side} × {side}"
            grids.append(Grid(spot.values, "gradient", name, detail=detail, scale=1.0, hidden=True, form="pixels"))
            notes.append(Slot(2.4, 0.3))
        self.arrange(*(Column(grid, note, gap=0.1) for grid, note in zip(grids, notes, strict=True)), most=0.3)
        self.notes.clear()
        with self.beat("Deeper networks, random weights: how does the gradient spread?", focus=grids):
            for grid in grids:
                self.spread(grid)
        last = s.spots[-1]
        told: Template = "Half of all gradient lies in the middle {inner} × {inner} of {side} × {side} cells."
        with self.beat(told, inner=last.inner, side=len(last.values), focus=grids[-1:]):
            for spot, grid, note in zip(s.spots, grids, notes, strict=True):
                edge = (len(spot.values) - spot.inner) // 2
                mark = Outline(grid, (edge, edge), spot.inner, spot.inner, color=self.theme.highlight)
                self.appear(mark, self.note(note, say("half in {inner} × {inner}", inner=spot.inner)))
        self.close("A field grows with every layer; what counts of it is a soft spot in the middle.", focus=grids)

    def spread(self, grid: Grid) -> None:
        """Show a map from the middle outward."""
        middle = grid.rows // 2
        for ring in range(middle + 1):
            grid.show(at for at in grid.everywhere() if max(abs(at[0] - middle), abs(at[1] - middle)) == ring)
            self.hold(0.15)

    def note(self, slot: Slot, text: str) -> Label:
        """Write below a map."""
        at = (slot.box.left, slot.box.center[1])
        self.notes.append(Label(text, LABEL, self.theme.highlight, at=at, align="left"))
        return self.notes[-1]
