"""Beyond images: words, sound, a series, a scan, a video, a board, and the one operation in all of them."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Row, Slot, Table, Window, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.stations import Gathered
from cnnviz.stage.text import text_width
from cnnviz.stage.walk import sweep
from cnnviz.subjects.elsewhere import Kind

SENTENCE: Template = "the film was not bad at all"
NAMES: tuple[Template, ...] = ("text", "sound", "series", "scan", "video", "board")
SHEETS: dict[str, Template] = {"scan": "slice {number}", "video": "picture {number}"}
TOLD: dict[str, Template] = {
    "text": "Text: some numbers for each word. The window reads a few words at a time.",
    "sound": "Sound: a column of pitches for each moment. This kernel looks for a held tone.",
    "series": "A series: one number after the other. This kernel looks for spikes.",
    "scan": "A scan: slice behind slice. The window is a box, and it adds up what is in it.",
    "video": "Video: picture after picture. Last less first: what moved.",
    "board": "A board: black 1, white −1. It answers: black neighbors less white ones.",
}
MOST, GAP, WIDE = 2.6, 0.7, 1.6  # units: the side of one; between two, in a wide frame, too
SWEPT = 20  # windows, beyond which they go row by row


class Elsewhere(
    Gathered,
    subject=subjects.Elsewhere,
    takeaway="Wherever neighbors belong together, the same operation works: a window, products, a sum.",
    concepts=("Conv1D", "Conv3D", "text", "sound", "video", "Go"),
    seconds=40,
):
    """Six kinds of data under one kind of window."""

    title = "Convolution elsewhere"
    subtitle = "not only images"
    noun = "kind"
    lines = (
        "text: words × numbers of a word",
        "sound: pitch × time",
        "series: time",
        "scan: depth × height × width",
        "video: time × height × width",
        "board: rows × columns",
    )

    subject: subjects.Elsewhere

    def tell(self, s: subjects.Elsewhere) -> None:
        """Ask, slide a window over each, and see all of them together."""
        large = self.together(s)
        with self.beat("Images are tables of numbers. What else is, and does a window make sense there?", focus=large):
            self.rest(2.4)
        self.set_out(large)
        for number, kind in enumerate(s.kinds, 1):
            self.slide(number, kind)
        large = self.together(s, answered=True)
        gone = [*self.old, self.row, self.line]
        with self.beat("Here each sum is largest.", focus=large):
            self.rearrange(self.lines_of(large), gone=gone, instead=dict(zip(large, self.small, strict=True)), gap=0.0)
            self.uncount()
            windows = [
                Window(grid, kind.kernel.shape[1:], cell=kind.best) for grid, kind in zip(large, s.kinds, strict=True)
            ]
            self.appear(*windows)
        self.close("Where neighbors belong together, it works: a window, products, a sum.", focus=windows)

    def together(self, s: subjects.Elsewhere, *, answered: bool = False) -> list[Grid]:
        """Make the middle sheet of every kind of data, with its shape or the largest sum; shapes are set and shown."""
        sheets = [kind.sheets[len(kind.sheets) // 2] for kind in s.kinds]
        lines = 2 if self.frame.width >= self.frame.height else 3
        side = min(MOST, (self.frame.stage.height - 0.3 * (lines - 1)) / lines - 0.45)
        details = [say("sum {value}", value=kind.largest) if answered else kind.shape for kind in s.kinds]
        large = [
            Grid(sheet, "input", kind.name, detail=detail, side=side / max(sheet.shape), form="pixels")
            for kind, sheet, detail in zip(s.kinds, sheets, details, strict=True)
        ]
        if not answered:
            self.arrange(self.lines_of(large), gap=0.0)
        return large

    def lines_of(self, grids: list[Grid]) -> Table:
        """Set them in lines."""
        across = 3 if self.frame.width >= self.frame.height else 2
        gap = WIDE if self.frame.is_wide else GAP
        return Table(*(grids[i : i + across] for i in range(0, len(grids), across)), gap=(gap, 0.3))

    def sheets(self, kind: Kind) -> list[Grid]:
        """Make all sheets of a kind of data."""
        scale, name = float(abs(kind.sheets).max()), SHEETS.get(kind.name)
        names = [say(name, number=i) if name else kind.name for i in range(1, len(kind.sheets) + 1)]
        details = [kind.shape, *[""] * (len(names) - 1)]
        return [
            Grid(values, "input", title, detail=detail, scale=scale)
            for values, title, detail in zip(kind.sheets, names, details, strict=True)
        ]

    def slide(self, number: int, kind: Kind) -> None:
        """Slide a window over the data, and write what it makes of it."""
        sheets = self.sheets(kind)
        kernels = [
            Grid(
                values,
                "kernel",
                "" if i else "kernel",
                detail=" " if i else "",
                scale=float(abs(kind.kernel).max()),
                least=0.3,
            )
            for i, values in enumerate(kind.kernel)
        ]
        y = Grid(kind.result, "output", "output", scale=float(abs(kind.result).max()), hidden=True)
        words = self.words() if kind.name == "text" else []
        first: list[Any] = [Row(*words, *sheets, gap=0.1 if words else 0.4)]
        self.act(number, *self.roomiest([*first, *kernels, y], [Column(*first, Row(*kernels)), y], room=self.room.box))
        drawn = [*words, *sheets, *kernels, y]
        with self.beat(TOLD[kind.name], focus=y):
            self.bring(number, sheets, [*words, *kernels, y])
            self.spell(words, sheets[0])
            windows = [Window(sheet, kind.kernel.shape[1:]) for sheet in sheets]
            self.add(*windows)

            def follow(step: Any) -> None:
                y.show([step.output_index[1:]])
                for window in windows[1:]:
                    window.lay(step.padded_origin)

            self.walk(kind.trace, windows[0], follow, seconds=2.6, tempo=sweep if len(kind.trace) > SWEPT else None)
            mark = Outline(y, kind.best, color=self.theme.highlight)
            self.add(mark)
            self.point(mark)
        self.old = [*drawn, *windows, mark]

    def words(self) -> list[Slot]:
        """Keep room for the words of the text."""
        wide = max(text_width(word, layout.NOTE) for word in say(SENTENCE).split())
        return [Slot(wide, 0.1, "", detail=" ")]

    def spell(self, words: list[Slot], grid: Grid) -> None:
        """Write a word beside each row."""
        for slot in words:
            for row, word in enumerate(say(SENTENCE).split()):
                at = (slot.box.right, grid.cell_box((row, 0)).center[1])
                slot.append(Label(word, layout.NOTE, self.theme.text, at=at, align="right"))
