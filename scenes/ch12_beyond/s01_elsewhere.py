"""Beyond images: words, sound, a series, a scan, a video, a board, and the one operation in all of them."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Row, Slot, Window, layout, say
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
SWEPT, FEW, ZOOM = 20, 10, 1.6  # windows: beyond which they go row by row, up to which weights ride along; of sums


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
        self.large = self.shelve(
            [self.shown(kind).shape for kind in s.kinds], lambda at, side: self.sheets(s.kinds[at], side)
        )
        self.arrange(self.shelves(self.large))
        first = [sheets[0] for sheets in self.large]
        with self.beat("Images are tables of numbers. What else is, and does a window make sense there?", focus=first):
            self.rest(2.4)
        for number, kind in enumerate(s.kinds, 1):
            self.slide(number, kind)
        large = [self.sheets(kind, was[0].side, answered=True) for kind, was in zip(s.kinds, self.large, strict=True)]
        middle = [sheets[len(sheets) // 2] for sheets in large]
        pairs = [(kind, sheet) for kind, sheets in zip(s.kinds, large, strict=True) for sheet in sheets]
        with self.beat("Nowhere is a sum larger than here.", focus=middle):
            instead = dict(zip(middle, self.small, strict=True))
            self.rearrange(self.shelves(large), gone=[*self.old, self.row, self.line], instead=instead)
            self.uncount()
            windows = [Window(sheet, kind.kernel.shape[1:], cell=kind.best) for kind, sheet in pairs]
            self.appear(*windows)
        told: Template = "Where neighbors belong together, it works: a window, products, a sum."
        self.close(told, focus=windows, motion=lambda: self.point(*windows))

    def sheets(self, kind: Kind, side: float | None = None, *, answered: bool = False) -> list[Grid]:
        """Make all sheets of a kind of data, each with its name, or together with their shape or the largest sum."""
        scale, name = float(abs(kind.sheets).max()), SHEETS.get(kind.name) if side is None else None
        sheets = kind.sheets if side is None else self.shown(kind)
        names = [say(name, number=i) if name else "" for i in range(1, len(sheets) + 1)]
        details = [" "] * len(names)
        details[0 if name else len(names) // 2] = say("sum {value}", value=kind.largest) if answered else kind.shape
        names[0] = names[0] or kind.name
        return [
            Grid(values, "input", title, detail=detail, scale=scale, side=side)
            for values, title, detail in zip(sheets, names, details, strict=True)
        ]

    def shown(self, kind: Kind) -> Any:
        """Return the sheets that stand beside the other kinds: the middle one where the frame is about a square."""
        middle, frame = len(kind.sheets) // 2, self.frame
        return kind.sheets if frame.is_wide or frame.width < frame.height else kind.sheets[middle : middle + 1]

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
        rows, columns = kind.result.shape
        zoom = min(ZOOM, sheets[0].rows / rows) if columns <= sheets[0].columns < FEW else 1.0
        y = Grid(kind.result, "output", "output", scale=float(abs(kind.result).max()), hidden=True, zoom=zoom)
        words = self.words() if kind.name == "text" else []
        first: list[Any] = [Row(*words, *sheets, gap=0.1 if words else 0.4)]
        drawn = [*words, *sheets, *kernels, y]
        with self.beat(TOLD[kind.name], focus=y):
            if number == 1:
                self.set_out(self.large)
            orders = [*first, *kernels, y], [Column(*first, Row(*kernels)), y]
            self.act(number, *self.roomiest(*orders, room=self.room.box))
            self.bring(number, sheets, [*words, *kernels, y])
            self.spell(words, sheets[0])
            windows = [Window(sheet, kind.kernel.shape[1:]) for sheet in sheets]
            self.add(*windows)
            if len(kind.trace) <= FEW:
                for window, kernel in zip(windows, kernels, strict=True):
                    window.take_up(self, kernel, seconds=0.6 * (window is windows[0]))

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
