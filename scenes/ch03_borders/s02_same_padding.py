"""Same padding: zeros before and after a row for odd and even kernels, and which of them are lopsided."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Grid, Ladder, Outline, Row, Scene, Window, counted, say
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
        self.set_block(first)
        question: Template = "Each kernel is to make {out} numbers of {size} pixels. Which zeros does it need?"
        with self.beat(question, out=first.out, size=s.size, focus=[self.row]):
            self.rest(2.0)
        self.pad(first)
        self.remove(*self.block, *self.windows)
        self.set_block(second)
        with self.beat(GUESSES[first.goes_by_kernel], stride=second.stride, out=second.out, focus=[self.row]):
            self.rest(2.0)
        self.pad(second)
        self.vanish(*self.block, *self.windows)
        self.compare(s)

    def blocks_of(self, padded: Any, *, is_full: bool) -> list[Grid]:
        """Make the kernels, the rows and the numbers of zeros of a stride, with the zeros or without."""
        named, map_of = say("stride {stride}", stride=padded.stride), say("map of {count}", count=padded.out)
        kernels = Grid(padded.kernels, "kernel", "k", detail="", scale=1)
        row = Grid(padded.values, "input", named, detail=map_of, padding=padded.values == 0, scale=1)
        zeros = Grid(padded.zeros, "input", "zeros", detail="", scale=1, hidden=not is_full)
        row.hide(
            (i, j)
            for i, j in row.everywhere()
            if row.padding[i, j] and not (is_full and 0 <= j - padded.first(i) < padded.sizes[i].cells)
        )
        return [kernels, row, zeros]

    def set_block(self, padded: Any) -> None:
        """Show the rows of a stride without their zeros."""
        self.block, self.windows = self.blocks_of(padded, is_full=False), list[Window]()
        _, self.row, self.zeros = self.block
        self.arrange(Row(*self.block, gap=0.3))

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
        """Put both strides side by side, mark what is lopsided, and count the zeros of one kernel by the formula."""
        blocks, ladder = [self.blocks_of(padded, is_full=True) for padded in s.padded], Ladder(5.0, 3, size=25)
        self.fit(*(Row(*block, gap=0.2) for block in blocks), ladder, gap=0.4)
        with self.beat(ODD if s.answer != "none" else "Both strides side by side."):
            for padded, block in zip(s.padded, blocks, strict=True):
                self.show_all(padded, block)
            self.rest(1.0, focus=[blocks[0][2], blocks[1][2]])
        if s.example is not None:
            at = next(i for i, padded in reversed(list(enumerate(s.padded))) if s.example in padded.sizes)
            mark = Outline(blocks[at][2], (s.padded[at].sizes.index(s.example), 0), 1, 2, color=self.theme.highlight)
            sentence: Template = "All that the windows reach over, less the {size} pixels, are zeros."
            with self.beat(sentence, size=s.size, focus=[mark]):
                self.add(ladder)
                self.appear(mark)
                ladder.climb(self, ladder.rungs(*same_rungs(s.example, self.theme)))
                self.rest(1.0)
        self.close(ANSWERS[s.answer], focus=[blocks[0][2], blocks[1][2]])

    def show_all(self, padded: Any, block: list[Grid]) -> None:
        """Show the padded rows of a stride under their first windows, then only zeros that are lopsided."""
        _, row, zeros = block
        self.appear(*block, *(self.window_of(row, padded, number) for number in range(row.rows)))
        self.hold(0.4)
        odd = [number for number, size in enumerate(padded.sizes) if size.kernel in padded.lopsided]
        zeros.only((number, side) for number in odd for side in (0, 1))
