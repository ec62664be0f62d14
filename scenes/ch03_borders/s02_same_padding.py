"""Same padding: zeros before and after a row for odd and even kernels, and which of them are lopsided."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Grid, Row, Tiles, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.stories.lopsided import Lopsided

GUESSES: dict[bool, Template] = {
    True: "So even kernels are lopsided? Guess for stride {stride}, where the map has {out}.",
    False: "And with stride {stride}, where the map has {out} numbers?",
}
MARK = 0.13  # half a mark below a window, in cells


class SamePadding(
    Lopsided,
    subject=subjects.SamePadding,
    gif="same",
    takeaway="Same padding shares out as many zeros as the windows need; an odd number of them cannot be halved.",
    concepts=("padding", "same padding", "kernel size", "stride", "output size"),
    seconds=42,
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
        self.compare(s)

    def block_of(self, padded: Any) -> list[Grid]:
        """Make the kernels, the rows without their zeros, and the numbers of zeros of a stride."""
        named, map_of = say("stride {stride}", stride=padded.stride), say("map of {count}", count=padded.out)
        kernels = Grid(padded.kernels, "kernel", "k", detail="", scale=1)
        row = Grid(padded.values, "input", named, detail=map_of, padding=padded.values == 0)
        row.hide(cell for cell in row.everywhere() if row.padding[cell])
        return [kernels, row, self.zeros_of(padded, "zeros", hidden=True)]

    def set_blocks(self, both: Any) -> None:
        """Set the rows of both strides below each other in a tall frame, else in one place, and show the first."""
        self.blocks, self.drawn = [self.block_of(padded) for padded in both], list[Any]()
        rows, stage = [Row(*block, gap=0.3) for block in self.blocks], self.frame.stage
        self.stays = stage.height > stage.width
        for each in [rows] if self.stays else [[row] for row in rows]:
            self.fit(*each)
        self.turn_to(0)

    def turn_to(self, number: int) -> None:
        """Show the rows of a stride, in place of those before where they stand there."""
        if number and not self.stays:
            self.remove(*self.blocks[0], *self.drawn)
            self.drawn = []
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
        numbers = [number for number, size in enumerate(padded.sizes) if size.kernel in kernels]
        with self.beat(sentence, these=", ".join(map(str, kernels)), focus=[self.zeros]):
            for number in numbers:
                first = padded.first(number)
                self.row.show((number, column) for column in range(first, first + padded.sizes[number].cells))
                self.zeros.show([(number, 0), (number, 1)])
            for number in numbers:
                self.run_along(padded, number)
            self.rest(0.6)

    def run_along(self, padded: Any, number: int) -> None:
        """Let a window run along its row and back, and leave a mark below each place: one number of the map."""
        size, window = padded.sizes[number], self.window_of(self.row, padded, number)
        first, marks = window.cell[1], Tiles([], fill=self.theme.output)
        self.add(window, marks)
        self.drawn += [window, marks]
        places, boxes = [(number, first + index * size.stride) for index in range(size.out)], list[Box]()

        def mark(place: tuple[int, int]) -> None:
            box, half = self.row.cell_box(place, 1, size.kernel), MARK * self.row.side
            middle, bottom = box.center[0], box.bottom + self.row.side / 20
            boxes.append(Box(middle - half, bottom, middle + half, bottom + half))
            marks.points = Tiles(boxes).points

        self.walk(places, window, mark, seconds=1.2, at=lambda place: place)
        self.move(window, places[0], 0.25)

    def window_of(self, row: Grid, padded: Any, number: int) -> Window:
        """Lay the window of a kernel on the first place of its row."""
        return Window(row, (1, padded.sizes[number].kernel), cell=(number, padded.first(number)))
