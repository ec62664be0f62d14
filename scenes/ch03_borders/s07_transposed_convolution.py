"""Transposed convolution: every cell stamps the kernel, times its value, and overlapping stamps add up."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Ladder, Row, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.output_size import transposed_rungs
from cnnviz.stage.stories.shares import HandingOut


class TransposedConvolution(
    HandingOut,
    subject=subjects.Transposed,
    gif="conv-transpose",
    takeaway="A transposed convolution stamps the kernel once for each cell, times its value; overlapping stamps "
    "add up.",
    concepts=("transposed convolution", "upsampling", "output_padding"),
    seconds=50,
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
    meets = "The next stamp brings {more} to this cell: where stamps overlap, they add up to {sum}."
    adds = "The next stamp lands: where stamps overlap, they add up."
    apart = "The next stamp lands: no two numbers other than 0 meet yet."
    runs = "Each further cell stamps {apart} further on: the stride counts in Y."

    def tell(self, s: subjects.Transposed) -> None:
        """Stamp all cells, cut the border off, then account for the size."""
        trace, sharing = s.trace, s.of_stamps()
        self.make_grids(sharing, s.picture.peak, "X × W")
        x, kernel, y = self.givers, self.factors, self.target
        formula = Ladder(4.6, 3, title="rows of Y")
        orders = [Column(Row(x, kernel), self.share), y], [x, kernel, self.share, y], [Column(x, kernel), self.share, y]
        self.place(*orders, later=[formula])
        (a, b), (c, d) = (shape[-2:] for shape in (trace.input.shape, trace.output_shape))
        question = "How can a convolution turn {a} × {b} numbers into {c} × {d}?"
        with self.beat(question, a=a, b=b, c=c, d=d, focus=[x, y]):
            self.rest(2.4)
        self.hand_out(Window(y, sharing[0].patch.shape, sharing.target_spacing), trace)
        self.remove(self.window, self.giver)
        said, fields = cut(s)
        self.cut(said, **fields)
        self.vanish(self.slot)
        self.instead(formula)
        with self.beat("Steps of the stride and one kernel, and what is added or cut off.", focus=[formula, y]):
            formula.climb(self, formula.rungs(*transposed_rungs(s, self.theme)))
            self.rest(1.0)
        if len(s.sizes_alike) > 1:
            said = "Several sizes lead to that of X: A, the output_padding, says which one comes back."
            with self.beat(said, focus=[formula]):
                self.rest(1.0)
        self.close("Each cell stamps the kernel, times its value; overlapping stamps add up.", focus=[y])

    def told_of_all(self) -> dict[str, Any]:
        """Return how far stamps lie apart."""
        return {"apart": counted("{count} column", "{count} columns", self.subject.trace.stride[1])}


def cut(s: subjects.Transposed) -> tuple[Template, dict[str, Any]]:
    """Say what padding and output_padding do."""
    padding, extra = max(side for pair in s.trace.padding for side in pair), max(s.added)
    fields = {
        "added": counted("{count} row and column", "{count} rows and columns", extra),
        "taken": counted("{count} row and column", "{count} rows and columns", padding),
    }
    if padding and extra:
        return "output_padding has added {added} at the end; padding cuts {taken} off.", fields
    return "padding cuts {taken} off on every side.", fields
