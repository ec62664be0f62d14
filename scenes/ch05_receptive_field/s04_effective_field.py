"""The effective field: cells in the middle of a field count far more than those at its rim."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Beam, Column, Grid, Outline, Row, Scene, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.halving import Shares, lot
from cnnviz.subjects.effective import KERNEL
from cnnviz.subjects.number import exact

MOMENTS = 12  # in which the strongest cells light up
SMALL, LARGE = 0.42, 34  # a map that has stepped aside, as a part of itself; type of shares


class EffectiveField(
    Scene,
    subject=subjects.EffectiveField,
    takeaway="The effective field is a soft spot in the middle of the theoretical one: its rim hardly counts.",
    concepts=("receptive field", "effective receptive field", "gradient", "depth"),
    seconds=44,
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
        last, ink = s.ways[-1], self.theme.highlight
        one = Grid([[1.0]], "output", "neuron", detail="", texts=[[""]])
        first = Grid(s.ways[0][:KERNEL, :KERNEL], "output", "first layer", detail="", texts=[[""] * KERNEL] * KERNEL)
        alike, blank = last * 0 + last.mean(), [[""] * len(last)] * len(last)
        self.ways = ways = Grid(alike, "input", "ways to the neuron", detail="", scale=last.max(), texts=blank)
        lines = Shares(4.6, 3, widest="cells 00 of 00 ≈ 36 %", size=30)
        self.before = [one, first, lines]
        under = [Column(Row(one, first, gap=0.6), lines, gap=0.1), ways]
        stage = self.frame.stage
        self.arrange(*(under if stage.width > stage.height else (one, first, ways, lines)))
        whole = [Outline(grid, (0, 0), grid.rows, grid.columns, color=ink) for grid in (one, first, ways)]
        light = [Beam(whole[1], whole[0], ink), Beam(whole[2], whole[1], ink)]
        self.middle = Outline(ways, (1, 1), KERNEL, KERNEL, color=ink)
        with self.beat("Behind two layers, a neuron sees 5 × 5 cells. Do all of them count alike?", focus=lines):
            for beam, seen in zip(light, whole[1:], strict=True):
                self.appear(beam, seen, seconds=0.5)
            self.appear(self.middle, seconds=0.3)
            lines.tell(self, (say("in the middle 3 × 3:"), "text"))
            lines.tell(self, (say("cells "), "muted"), (lot(KERNEL**2, last.size), "highlight"))
            self.rest(1.5)
        self.vanish(*light, *whole[1:], self.middle)
        with self.beat("It sees nine cells of the first layer, and each of these opens nine ways.", focus=ways):
            beams = list[Beam]()
            mark, window = Outline(first, (0, 0), color=ink), Outline(ways, (0, 0), KERNEL, KERNEL, color=ink)
            for cell, counts in zip(first.everywhere(), s.ways, strict=True):
                self.remove(*beams)
                mark.lay(cell)
                window.lay(cell)
                beams = [Beam(mark, whole[0], ink), Beam(window, mark, ink)]
                ways.become(counts)
                self.add(*beams, mark, window)
                if self.frame.is_wide:  # else headings stand between the maps
                    self.bring_to_back(*beams)
                self.hold(0.8 if cell in ((0, 0), (0, 1)) else 0.4)
        self.vanish(mark, window, *beams)
        held, corner = int(last[1:-1, 1:-1].sum()), Outline(ways, (0, 0), color=ink)
        told: Template = "The middle counts for more: its 3 × 3 is on {held} of {all} ways, a corner on {least}."
        with self.beat(told, held=held, all=int(last.sum()), least=int(last.min()), focus=[self.middle, corner]):
            self.appear(self.middle, corner, seconds=0.3)
            self.counted = lot(held, int(last.sum()))
            lines.tell(self, (say("ways "), "muted"), (self.counted, "highlight"))
            self.rest(1.2)
        self.remove(corner)

    def train(self, s: subjects.EffectiveField) -> None:
        """Compare the gradient in the small network before and after it learned."""
        held = [spot.held(KERNEL) for spot in (s.fresh, s.trained)]
        texts = [f"{'' if exact(100 * share, f'{100 * share:.0f}') else '≈ '}{100 * share:.0f} %" for share in held]
        names: tuple[Template, ...] = ("random weights", "trained")
        fresh, trained = (
            Grid(spot.values, "gradient", name, detail="", scale=1.0)
            for spot, name in zip((s.fresh, s.trained), names, strict=True)
        )
        grids = [self.ways, fresh, trained]
        notes = [Shares(3.4, 1, widest=self.counted, size=LARGE) for _ in grids]
        columns = [Column(grid, note, gap=0.1) for grid, note in zip(grids, notes, strict=True)]
        with self.beat("Now weights: the gradient of a neuron says how much each cell counts.", focus=fresh):
            notes[0].told.append(((self.counted, "highlight"),))
            self.rearrange(*columns[:2], gone=self.before)
            self.rest(1.0)
        leaving = [] if self.frame.is_wide else [self.ways, notes[0], self.middle]
        fields = dict(zip(("fresh", "trained"), texts, strict=True))
        told: tuple[Template, ...] = (
            "With random weights, the middle 3 × 3 holds {fresh} of it.",
            "Training shapes the field: the middle 3 × 3 held {fresh}, now {trained} of it.",
        )
        for sentence, grid, note, text in zip(told, grids[1:], notes[1:], texts, strict=True):
            with self.beat(sentence, focus=grid, **fields):
                self.appear(Outline(grid, (1, 1), KERNEL, KERNEL, color=self.theme.highlight), seconds=0.2)
                note.tell(self, (text, "highlight"))
                self.rest(0.5)
                if grid is fresh:
                    self.rearrange(*(columns if self.frame.is_wide else columns[1:]), gone=leaving)
        self.before = [fresh, trained, *notes[1:], *([self.ways, notes[0]] if self.frame.is_wide else [])]

    def deepen(self, s: subjects.EffectiveField) -> None:
        """Show the gradient of deeper and deeper networks, and the cells that hold half of it."""
        widest, aside = max(len(spot.values) for spot in s.spots), list[Grid]()
        wide, longest = self.frame.is_wide, [say("{count} layers: half in", count=10), "000 of 000 ≈ 00 %"]
        sums = Shares(4.2 if wide else 3.0, 2 * len(s.spots) if wide else 2, widest=longest, size=40)
        asked: Template = "Random weights, {layers} layers: how many cells hold half of all gradient?"
        again: Template = "And {layers} layers: how many cells is it here?"
        for spot in s.spots:
            side, count, total = len(spot.values), len(spot.strongest), spot.values.size
            look: dict[str, Any] = {"detail": f"{side} × {side}", "form": "pixels", "zoom": widest / side, "most": 9.0}
            name = say("{count} layers", count=spot.layers)
            grid = Grid(spot.values, "gradient", name, scale=1.0, hidden=spot is not s.fresh, **look)
            with self.beat(asked, layers=spot.layers, focus=grid):
                self.remove(*(mark for mark in self.mobjects if isinstance(mark, Outline)))
                beside = [[Column(*aside), grid, sums], [grid, Row(*aside), sums]] if aside else [[grid, sums]]
                stood = {grid: self.before[0]} if spot is s.fresh else {}
                self.rearrange(*self.roomiest(*beside), instead=stood, gone=self.before[len(stood) :])
                sums.tell(self, (say("{count} layers: half in", count=spot.layers), "muted"))
                self.spread(grid)
                self.rest(0.8)
                for some in range(1, count + 1, -(-count // MOMENTS)):
                    grid.only(spot.strongest[:some])
                    self.hold(0.1)
                grid.only(spot.strongest)
                sums.tell(self, (lot(count, total), "highlight"))
                self.rest(0.5)
                sums.told[-1] = ((lot(count, total), "text"),)
            if not wide:  # there is room for the last line only
                grid.note, sums.told = lot(count, total), []
            grid.zoom, self.before, asked = grid.zoom * SMALL, [], again
            aside.append(grid)
        told: Template = "Half of all gradient lies in {count} of {total} cells: the rim hardly counts."
        self.close(told, count=count, total=total, focus=[grid, sums])

    def spread(self, grid: Grid) -> None:
        """Show a map from the middle outward."""
        middle = grid.rows // 2
        for ring in range(middle + 1) if len(grid.shown) < grid.values.size else ():
            grid.show(at for at in grid.everywhere() if max(abs(at[0] - middle), abs(at[1] - middle)) == ring)
            self.hold(0.1)
