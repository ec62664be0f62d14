"""The effective field: cells in the middle of a field count far more than those at its rim."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Beam, Column, Grid, Line, Outline, Scene, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.text import size_within
from cnnviz.subjects.effective import KERNEL

MOMENTS = 12  # in which the strongest cells light up


class EffectiveField(
    Scene,
    subject=subjects.EffectiveField,
    takeaway="The effective field is a soft spot in the middle of the theoretical one: its rim hardly counts.",
    concepts=("receptive field", "effective receptive field", "gradient", "depth"),
    seconds=34,
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
        self.count(s)
        self.train(s)
        self.deepen(s)

    def count(self, s: subjects.EffectiveField) -> None:
        """Count the ways from each cell to a neuron behind two layers."""
        last = s.ways[-1]
        one = Grid([[1.0]], "output", "neuron", detail="", texts=[[""]])
        first = Grid(last[:KERNEL, :KERNEL] * 0 + 1.0, "output", "first layer", detail="", hidden=True)
        self.ways = ways = Grid(last, "input", "ways to the neuron", detail="", hidden=True)
        self.before = [one, first]
        self.arrange(one, first, ways)
        ink = self.theme.highlight
        whole = [Outline(grid, (0, 0), grid.rows, grid.columns, color=ink) for grid in (one, first, ways)]
        light = [Beam(whole[1], whole[0], ink), Beam(whole[2], whole[1], ink)]
        with self.beat("Behind two layers, a neuron sees 5 × 5 cells. Do all of them count alike?", focus=ways):
            for beam, seen in zip(light, whole[1:], strict=True):
                self.appear(beam, seen, seconds=0.6)
            self.rest(1.0)
        self.vanish(*light, *whole[1:])
        with self.beat("It sees nine cells of the first layer, and each of these opens nine ways.", focus=ways):
            beams = list[Beam]()
            mark, window = Outline(first, (0, 0), color=ink), Outline(ways, (0, 0), KERNEL, KERNEL, color=ink)
            for cell, counts in zip(first.everywhere(), s.ways, strict=True):
                self.remove(*beams)
                mark.lay(cell)
                window.lay(cell)
                beams = [Beam(mark, whole[0], ink), Beam(window, mark, ink)]
                first.show([cell])
                ways.rewrite({at: float(counts[at]) for at in ways.everywhere() if counts[at]})
                self.add(*beams, mark, window)
                if self.frame.is_wide:  # else headings stand between the maps
                    self.bring_to_back(*beams)
                self.hold(0.9 if cell in ((0, 0), (0, 1)) else 0.4)
        self.vanish(mark, window, *beams)
        self.ends = [Outline(ways, at, color=ink) for at in ((2, 2), (0, 0))]
        told: Template = "The middle cell is on {most} ways, a corner on {least}: it counts for more."
        with self.beat(told, most=int(last.max()), least=int(last.min()), focus=self.ends):
            self.add(*self.ends)
            self.rest(1.5)

    def train(self, s: subjects.EffectiveField) -> None:
        """Compare the gradient in the small network before and after it learned."""
        texts = [f"{spot.held(KERNEL):.0%}".replace("%", " %") for spot in (s.fresh, s.trained)]
        names: tuple[Template, ...] = ("random weights", "trained")
        fresh, trained = (
            Grid(spot.values, "gradient", name, detail="", scale=1.0)
            for spot, name in zip((s.fresh, s.trained), names, strict=True)
        )
        notes = [Slot(2.6, 0.42), Slot(2.6, 0.42)]
        columns = [Column(fresh, notes[0], gap=0.1), Column(trained, notes[1], gap=0.1)]
        with self.beat("Now weights: the gradient of a neuron says how much each cell counts.", focus=fresh):
            self.remove(*self.ends)
            self.rearrange(*columns, instead={fresh: self.ways}, gone=self.before, later=[trained])
            self.rest(1.6)
        told: Template = "Training shapes the field: the middle 3 × 3 held {fresh}, now {trained} of it."
        with self.beat(told, fresh=texts[0], trained=texts[1]) as beat:
            marks = [Outline(grid, (1, 1), KERNEL, KERNEL, color=self.theme.highlight) for grid in (fresh, trained)]
            beat.focus = marks[1:]
            for mark, note, text in zip(marks, notes, texts, strict=True):
                if mark.grid is trained:
                    self.appear(trained)
                self.appear(mark, self.note(note, text))
                self.rest(0.8)
        self.before = [fresh, trained, *notes, *marks]

    def deepen(self, s: subjects.EffectiveField) -> None:
        """Show the gradient of deeper and deeper networks, and the cells that hold half of it."""
        grids, notes, widest = [], [], max(len(spot.values) for spot in s.spots)
        for spot in s.spots:
            side, name = len(spot.values), say("{count} layers", count=spot.layers)
            look: dict[str, Any] = {"detail": f"{side} × {side}", "form": "pixels", "zoom": widest / side}
            grids.append(Grid(spot.values, "gradient", name, scale=1.0, hidden=True, most=9.0, **look))
            notes.append(Slot(2.6, 0.42))
        with self.beat("Deeper networks, random weights: how does the gradient spread?", focus=grids):
            columns = [Column(grid, note, gap=0.1) for grid, note in zip(grids, notes, strict=True)]
            same = {grid: self.before[0] for grid, spot in zip(grids, s.spots, strict=True) if spot is s.fresh}
            for grid in same:
                grid.show()
            self.rearrange(*columns, instead=same, gone=self.before[len(same) :])
            for grid in grids[len(same) :]:
                self.spread(grid)
        with self.beat("The strongest cells light up, until they hold half of all gradient.", focus=grids):
            for spot, grid, note in zip(s.spots, grids, notes, strict=True):
                count, total = len(spot.strongest), spot.values.size
                for some in range(1, count + 1, -(-count // MOMENTS)):
                    grid.only(spot.strongest[:some])
                    self.hold(0.1)
                grid.only(spot.strongest)
                text = say("half in {count} of {total}", count=count, total=total)
                self.appear(self.note(note, text))
        last = s.spots[-1]
        told: Template = "Half of all gradient lies in {count} of {total} cells: the rim hardly counts."
        self.close(told, count=len(last.strongest), total=last.values.size, focus=grids[::-1])

    def spread(self, grid: Grid) -> None:
        """Show a map from the middle outward."""
        middle = grid.rows // 2
        for ring in range(middle + 1):
            grid.show(at for at in grid.everywhere() if max(abs(at[0] - middle), abs(at[1] - middle)) == ring)
            self.hold(0.1)

    def note(self, slot: Slot, text: str) -> Line:
        """Write below a map."""
        return slot.put_line([(text, self.theme.highlight)], size_within(slot.box.width, LABEL, text))
