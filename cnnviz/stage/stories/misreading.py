"""What two networks misread of pictures as they are, and of the same pictures with shuffled pixels, digit by digit."""

from __future__ import annotations

from typing import Any

from cnnviz.nn.experiments.shuffling import CNN, MLP, PLAIN, SHUFFLED
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.measured import Setting
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.tally import Tally
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.neighbors import Neighbors

WORDS: tuple[Template, ...] = ("MLP", "CNN", "as they are", "shuffled")
ROLES = {MLP: "gradient", CNN: "output"}
MISREAD: Template = "{count} of {total} misread"
NOTED: Template = "{seeds} × {digits} digits: a line for each seed, a square for each misread. {setting}"
AIR, GAP, TALL = 0.75, 0.5, 3.2  # units: around results, and between two; of a picture, at most


class Misreading(Scene):
    """A scene that counts what networks misread, each count beside its picture."""

    def compare(self, s: Neighbors, plain: Grid, mixed: Grid) -> None:
        """Count what was misread before and after, and say what that means."""
        rows, tallies = self.table(s, {PLAIN: plain, SHUFFLED: mixed})
        sums = {name: sum(tallies[name, PLAIN].counts) for name in (MLP, CNN)}
        setting = Setting(
            say(NOTED, seeds=s.seeds, digits=s.digits, setting=say(s.setting)), self.frame.stage.width, NOTE
        )
        pictures = {row.items[0]: grid for row, grid in zip(rows, (plain, mixed), strict=True)}
        self.rearrange(Column(*rows, setting, gap=0.15), instead=pictures, gap=0.1)
        told: Template = "{seeds} × {digits} digits as they are: the MLP misreads {count}."
        with self.beat(told, seeds=s.seeds, digits=s.digits, count=sums[MLP], focus=tallies[MLP, PLAIN].box):
            tallies[MLP, PLAIN].count(self, 1.2)
        with self.beat("The CNN misreads {count} of them.", count=sums[CNN], focus=tallies[CNN, PLAIN].box):
            tallies[CNN, PLAIN].count(self, 1.2)
        for name in (MLP, CNN):
            self.reckon(tallies[name, SHUFFLED], sums[name])
        told = "Here the CNN keeps what lead it has: it did not need to know which pixels touch."
        if s.lead(SHUFFLED) < s.lead(PLAIN):
            told = "Here the lead of the CNN shrinks: it had used which pixels touch."
        self.close(told, focus=[tallies[CNN, SHUFFLED].box])

    def table(self, s: Neighbors, grids: dict[str, Grid]) -> tuple[list[Row], dict[Any, Tally]]:
        """Set each picture beside what both networks misread of such ones."""
        stage = self.frame.stage
        tall = stage.height > stage.width  # both networks one below the other, else side by side
        high = (stage.height - AIR) / 2 - TITLE_HEIGHT  # of a picture and what was counted
        side = min(high, TALL if tall else high)
        wide = stage.width - 0.05 - side - GAP if tall else (stage.width - 0.05 - side - 2 * GAP) / 2
        counts = {(name, place): s.misread(name, place) for name in (MLP, CNN) for place in (PLAIN, SHUFFLED)}
        look: dict[str, Any] = {"most": max(map(max, counts.values())) or 1, "total": s.read}
        room = wide, (side - TITLE_HEIGHT - 0.1) / 2 if tall else side
        rows: list[Row] = []
        tallies: dict[Any, Tally] = {}
        for place, grid in grids.items():
            shape = {"detail": "", "scale": s.picture.peak, "form": "pixels", "side": side / max(grid.values.shape)}
            picture = Grid(grid.values, "input", place, **shape)
            for name in (MLP, CNN):
                look |= {"role": ROLES[name], "before": tallies.get((name, PLAIN))}
                tallies[name, place] = Tally(counts[name, place], MISREAD, *room, name, **look)
            both = [tallies[name, place] for name in (MLP, CNN)]
            beside = [Column(Slot(0.0, TITLE_HEIGHT - 0.1), *both, gap=0.1)] if tall else both
            rows.append(Row(picture, *beside, gap=GAP))
        return rows, tallies

    def reckon(self, tally: Tally, before: int) -> None:
        """Lay what was misread before below what is misread now, and count what is more."""
        count = sum(tally.counts)
        told: Template = "Shuffled, the {network} misreads {count}: {more} more."
        if count <= before:
            told = "Shuffled, the {network} misreads {count}: no more than before."
        with self.beat(told, network=tally.title, count=count, more=count - before, focus=tally.box):
            tally.lay(self)
            tally.count(self, 1.2)
            self.rest(0.8)
