"""Same padding: zeros before and after a row for odd and even kernels, and which of them are lopsided."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Outline, Row, Scene, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.output_size import same_rungs

GUESSES: dict[bool, Template] = {
    True: "So even kernels are lopsided? Guess for stride {stride}, where the map has {out}.",
    False: "And with stride {stride}, where the map has {out} numbers?",
}
ODD: Template = "Lopsided are those with an odd number of zeros: it cannot be halved."
ANSWERS: dict[str, Template] = {
    "kernels": "Here it is the even kernels: theirs is an odd number of zeros.",
    "zeros": "Lopsided is not the even kernel, but the odd number of zeros.",
    "none": "Here every number of zeros can be halved, and no kernel is lopsided.",
}


class SamePadding(
    Scene,
    subject=subjects.SamePadding,
    gif="same",
    takeaway="Same padding shares out as many zeros as the windows need; an odd number of them cannot be halved.",
    concepts=("padding", "same padding", "kernel size", "stride", "output size"),
    seconds=50,
):
    """Find the zeros that several kernels need before and after a row, at two strides.

    With them the map has as many numbers as strides begin in the row. Where the zeros cannot be halved, one side gets
    one more.

    cnnviz gif same
    cnnviz gif same --size 9
    cnnviz gif same --kernels 3,4,5 --strides 1,3 -o same.gif
    """

    title = "Same padding"
    subtitle = "how many zeros, and on which side?"

    def tell(self, s: subjects.SamePadding) -> None:
        """Pad for every kernel at one stride, then at the other, and say why."""
        first, second = s.padded
        self.set_blocks(s.padded)
        question: Template = "Each kernel is to make {out} numbers of {size} pixels. Which zeros does it need?"
        with self.beat(question, out=first.out, size=s.size, focus=[self.row]):
            self.rest(2.0)
        self.pad(first)
        self.turn_to(1)
        with self.beat(GUESSES[first.goes_by_kernel], stride=second.stride, out=second.out, focus=[self.row]):
            self.rest(2.0)
        self.pad(second)
        self.vanish(*(self.blocks[0] if self.stays else []), *self.blocks[1], *self.windows)
        self.compare(s)

    def block_of(self, padded: Any) -> list[Grid]:
        """Make the kernels, the rows without their zeros, and the numbers of zeros of a stride."""
        named, map_of = say("stride {stride}", stride=padded.stride), say("map of {count}", count=padded.out)
        kernels = Grid(padded.kernels, "kernel", "k", detail="", scale=1)
        row = Grid(padded.values, "input", named, detail=map_of, padding=padded.values == 0, scale=1)
        row.hide(cell for cell in row.everywhere() if row.padding[cell])
        return [kernels, row, Grid(padded.zeros, "input", "zeros", detail="", scale=1, hidden=True)]

    def set_blocks(self, both: Any) -> None:
        """Set the rows of both strides below each other in a tall frame, else in one place, and show the first."""
        self.blocks, self.windows = [self.block_of(padded) for padded in both], list[Window]()
        rows, stage = [Row(*block, gap=0.3) for block in self.blocks], self.frame.stage
        self.stays = stage.height > stage.width
        for each in [rows] if self.stays else [[row] for row in rows]:
            self.fit(*each)
        self.turn_to(0)

    def turn_to(self, number: int) -> None:
        """Show the rows of a stride, in place of those before where they stand there."""
        if number and not self.stays:
            self.remove(*self.blocks[0], *self.windows)
        self.add(*self.blocks[number])
        _, self.row, self.zeros = self.blocks[number]

    def pad(self, padded: Any) -> None:
        """Pad for the kernels that get as many zeros before as after, then for the others."""
        balanced, lopsided = len(padded.balanced), len(padded.lopsided)
        one, many = "Kernel {these}: as many zeros before as after.", "Kernels {these}: as many zeros before as after."
        self.fill(padded, padded.balanced, counted(one, many, balanced))
        one, many = (
            "Kernel {these} gets one zero more after than before.",
            "Kernels {these} get one zero more after than before.",
        )
        self.fill(padded, padded.lopsided, counted(one, many, lopsided))

    def fill(self, padded: Any, kernels: tuple[int, ...], sentence: Template) -> None:
        """Put zeros around the rows of some kernels, and slide each from its first place to the last and back."""
        if not kernels:
            return
        with self.beat(sentence, these=", ".join(map(str, kernels)), focus=[self.zeros]):
            for number, size in enumerate(padded.sizes):
                if size.kernel not in kernels:
                    continue
                first = padded.first(number)
                self.row.show((number, column) for column in range(first, first + size.cells))
                self.zeros.show([(number, 0), (number, 1)])
                window = self.window_of(self.row, padded, number)
                self.windows.append(window)
                self.add(window)
                places = [(number, first + index * size.stride) for index in range(size.out)]
                self.walk(places, window, seconds=1.4, at=lambda place: place)
                self.move(window, places[0], 0.25)
            self.rest(1.0)

    def window_of(self, row: Grid, padded: Any, number: int) -> Window:
        """Lay the window of a kernel on the first place of its row."""
        return Window(row, (1, padded.sizes[number].kernel), cell=(number, padded.first(number)))

    def compare(self, s: subjects.SamePadding) -> None:
        """Put the zeros of both strides side by side, light what is lopsided, and count those of one kernel."""
        kernels, stage, ink = Grid(s.padded[0].kernels, "kernel", "k", detail="", scale=1), self.frame.stage, self.theme
        named = [(padded, say("stride {stride}", stride=padded.stride)) for padded in s.padded]
        tables = [Grid(each.zeros, "input", name, detail="", note="zeros", scale=1) for each, name in named]
        size, parts = 34 if self.frame.is_wide else 28, list[Any]()
        ladder = Ladder(min(6.2, max(4.6, 0.44 * stage.width)), 3, size=size)
        if s.example is not None:
            at = next(i for i, padded in reversed(list(enumerate(s.padded))) if s.example in padded.sizes)
            padded, number = s.padded[at], s.padded[at].sizes.index(s.example)
            parts = [Column(row := self.row_of(padded, number), ladder, gap=0.4)]
        self.fit(Row(kernels, *tables, gap=0.3), *parts, gap=0.5)
        with self.beat(ODD if s.answer != "none" else "Both strides side by side.", focus=tables):
            self.appear(kernels, *tables)
            self.hold(0.4)
            for padded_so, table in zip(s.padded, tables, strict=True):
                odd = [i for i, size in enumerate(padded_so.sizes) if size.kernel in padded_so.lopsided]
                table.only((i, side) for i in odd for side in (0, 1))
            self.rest(1.0)
        if s.example is not None:
            mark = Outline(tables[at], (number, 0), 1, 2, color=ink.highlight)
            sentence: Template = "All that the windows reach over, less the {size} pixels, are zeros."
            with self.beat(sentence, size=s.size, focus=[mark]):
                self.add(ladder)
                self.appear(mark, row, Window(row, (1, s.example.kernel)))
                ladder.climb(self, ladder.rungs(*same_rungs(s.example, ink)))
                self.rest(0.4)
        self.close(ANSWERS[s.answer], focus=tables)

    def row_of(self, padded: Any, number: int) -> Grid:
        """Make the padded row of one kernel."""
        first, size = padded.first(number), padded.sizes[number]
        values = padded.values[number : number + 1, first : first + size.cells]
        name, kernel = say("stride {stride}", stride=padded.stride), f"k = {size.kernel}"
        return Grid(values, "input", name, detail=kernel, padding=values == 0, scale=1, most=0.62)
