"""Transposed convolution: every cell stamps the kernel, times its value, and overlapping stamps add up."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Counted, Ladder, Line, Outline, Row, Slot, Window, counted
from cnnviz.stage.arranging import pictures
from cnnviz.stage.layout import LABEL
from cnnviz.stage.output_size import transposed_letters, transposed_rungs
from cnnviz.stage.stories.shares import HandingOut
from cnnviz.stage.text import size_within

NAMES, LINE = 3.6, 0.4  # units: width of two names of letters, and height of their line
FEW, LARGE = 4, 1.6  # cells that may be larger than those of Y; units, the side of one at most


class TransposedConvolution(
    HandingOut,
    subject=subjects.Transposed,
    gif="conv-transpose",
    takeaway="A transposed convolution stamps the kernel once for each cell, times its value; overlapping stamps "
    "add up.",
    concepts=("transposed convolution", "upsampling", "output_padding"),
    seconds=39,
):
    """Stamp a kernel, times each pixel, into a larger map.

    Stamps add up. The output becomes STRIDE times as large, unless padding or output padding is given.

    cnnviz gif conv-transpose
    cnnviz gif conv-transpose digit:3 --size 4 --kernel "1,1;1,1"
    cnnviz gif conv-transpose photo.jpg --kernel "1/4,1/2,1/4;1/2,1,1/2;1/4,1/2,1/4" -o enlarged.gif
    cnnviz gif conv-transpose blackboard-4 --stride 1 --padding 0
    """

    title = "Transposed convolution"
    subtitle = "stamp and add up"
    noun = "stamp"
    nothing = "A cell of X that is 0 stamps nothing."
    gives = "This cell holds {value}: it stamps {value} times the kernel."
    lands = "The stamp lands on Y, where the cell belongs."
    finds = "This cell holds {before}, and the next stamp brings {more}."
    meets = "Where stamps overlap, they add up: {sum}."
    adds = "The next stamp lands: where stamps overlap, they add up."
    apart = "The next stamp lands: no two numbers other than 0 meet yet."
    runs = "Each further cell stamps {apart} further on: the stride counts in Y."

    def tell(self, s: subjects.Transposed) -> None:
        """Stamp all cells, cut the border off, then account for the size."""
        trace, sharing = s.trace, s.of_stamps()
        self.make_grids(sharing, s.picture.peak, "X × W")
        x, kernel, y = self.givers, self.factors, self.target
        if x.columns <= FEW:  # a cell of X is as far from the next one as their stamps are
            x.zoom, x.most = max(trace.stride), LARGE
        formula = Ladder(4.0 if self.frame.is_wide else 3.3, 3, size=27 if self.frame.is_wide else 23, title="rows")
        letters = Slot(NAMES, -(-len(transposed_letters(s)) // 2) * LINE)
        orders = [x, Column(kernel, self.share), y], [x, kernel, self.share, y], [Column(x, kernel), self.share, y]
        size = Column(formula, letters)
        ends = [Column(x, letters), Column(kernel, formula), y], [x, Column(kernel, size), y]
        ends += [x, size, y], [Row(x, kernel), size, y], [Column(x, size), y]
        items = self.roomiest(*ends, gap=0.3)  # tried before anything stands
        self.place(*orders)
        (a, b), (c, d) = (shape[-2:] for shape in (trace.input.shape, trace.output_shape))
        top, left = (pair[0] for pair in trace.padding)
        kept = Outline(y, (top, left), c, d, color=self.theme.output, width=3.0)
        self.add(kept)
        question = "How can a convolution turn {a} × {b} numbers into {c} × {d}?"
        with self.beat(question, a=a, b=b, c=c, d=d, focus=[x, kept]):
            self.rest(2.4)
        self.hand_out(Window(y, sharing[0].patch.shape, sharing.target_spacing), trace)
        self.remove(self.window, self.giver)
        self.trim(s)
        self.vanish(self.slot, *([] if kernel in pictures(items) else [kernel]))
        with self.beat("Steps of the stride and one kernel, and what is added or cut off.", focus=[formula, y]):
            self.rearrange(*items, later=[formula, letters], gap=0.3)
            self.add(formula, letters)
            self.name(letters, s)
            formula.climb(self, formula.rungs(*transposed_rungs(s, self.theme)))
            self.rest(1.0)
        span = sharing[0].patch.shape, sharing.target_spacing
        stamps = [Window(y, *span, cell=self.where(sharing[i])) for i in range(min(2, len(sharing)))]
        said = "Each cell stamps the kernel, times its value; overlapping stamps add up."
        self.close(said, focus=[y], motion=lambda: [self.appear(stamp) for stamp in stamps])

    def name(self, place: Slot, s: subjects.Transposed) -> None:
        """Say in words what the letters of the formula are."""
        box, names = place.box, transposed_letters(s)
        half = box.width / 2
        size = min(size_within(half - 0.1, LABEL, f"{letter}  {word}") for letter, word, _ in names)
        lines = [
            Line(
                [(f"{letter}  ", self.theme.role(role)), (word, self.theme.muted)],
                size,
                at=(box.left + number % 2 * half, box.top - (number // 2 + 0.5) * LINE),
                align="left",
            )
            for number, (letter, word, role) in enumerate(names)
        ]
        self.appear(*lines, into=place)

    def multiply(self, share: Any) -> None:
        """Let a cell travel onto the kernel, and the kernel to where the stamp is made."""
        if self.factors.has_numbers and self.givers.has_numbers:
            self.fly((self.givers.copy_of(share.giver), self.factors.box), seconds=0.6)
            copies = [part for cell in self.factors.everywhere() for part in self.factors.copy_of(cell)]
            self.fly((copies, self.share.box), seconds=0.6)

    def trim(self, s: subjects.Transposed) -> None:
        """Say what has been added at the end, then cut the border off."""
        y, (down, right) = self.target, s.added
        strips = [((y.rows - down, 0), down, y.columns)] if down else []
        strips += [((0, y.columns - right), y.rows, right)] if right else []
        if strips:
            added = around(max(s.added))
            boxes = [y.cell_box(*strip) for strip in strips]
            with self.beat("output_padding has added {added} of zeros at the end.", added=added, focus=boxes):
                self.point(*boxes)
        taken = max(side for pair in s.trace.padding for side in pair)
        self.cut("padding cuts {taken} off on every side.", taken=around(taken))

    def told_of_all(self) -> dict[str, Any]:
        """Return how far stamps lie apart."""
        return {"apart": counted("{count} cell", "{count} cells", self.subject.trace.stride[1])}


def around(count: int) -> Counted:
    """Count rows and columns."""
    return counted("{count} row and column", "{count} rows and columns", count)
