"""What a lesson on padding is about: one picture, one kernel, and a trace for each way of filling the border."""

from __future__ import annotations

from collections.abc import Mapping

from cnnviz._checks import shape_text
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError, ShapeError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.option import Subject
from cnnviz.subjects.picture import check_side, subject_picture

MODES = ("none", "zeros", "replicate", "reflect", "circular")
MOST_NUMBERS = 12  # cells a side of the padded picture; beyond it pictures are shown, not numbers
USUAL_SIDE = 48  # of a photo
_WIDE = 8  # a picture's border is an eighth of it, so that it can be seen


class Padding(Subject):
    """A picture and a kernel with a trace for each mode, ``none`` first.

    Examples
    --------
    >>> subject = Padding()
    >>> [subject.traces[mode].fold()[0, 0].tolist() for mode in ("zeros", "reflect")]
    [[-9.0, -4.0, -4.0, 6.0, 13.0], [0.0, -6.0, -6.0, 14.0, 0.0]]
    >>> subject.traces["none"].output_shape
    (1, 3, 3)
    """

    image = Convolution.image.but("blackboard")
    kernel = Convolution.kernel.but("edge-x")
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 48.")
    padding = Convolution.padding.but(
        None, f"{Convolution.padding.help} If left out, what keeps the size; more around a large picture."
    )

    traces: Mapping[str, ConvTrace]

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        rows, columns = self.picture.values.shape[1:]
        kernel_rows, kernel_columns = self.kernel.values.shape
        padding = self.padding
        if padding is None:
            padding = "same"
            if max(rows + kernel_rows, columns + kernel_columns) - 1 > MOST_NUMBERS:
                padding = max(min(rows, columns) // _WIDE, kernel_rows // 2, kernel_columns // 2)
        if kernel_rows > rows or kernel_columns > columns:
            there, got = (shape_text(("H", "W"), shape) for shape in ((rows, columns), self.kernel.values.shape))
            raise ShapeError(
                f"padding: expected a kernel no larger than the picture {there}, which is shown without padding first, "
                f"got {got}; use a smaller kernel or a larger picture"
            )
        arrays = self.picture.values[None], self.kernel.values[None, None]
        traces = {"none": trace_conv(*arrays)}
        for mode in MODES[1:]:
            traces[mode] = trace_conv(*arrays, padding=padding, padding_mode=mode)
        if traces["zeros"].padded.shape[1:] == (rows, columns):
            raise OptionError(
                "padding: expected cells to add around the picture, got none; pass a --padding of 1 or more"
            )
        check_side("padding", traces["zeros"].padded.shape[1:], "pad less")
        self.traces = traces

    @property
    def around(self) -> tuple[tuple[int, int], ...]:
        """Cells added before and after, by axis."""
        return self.traces["zeros"].padding

    @property
    def false_edge(self) -> tuple[int, int] | None:
        """Where zeros make most of an answer of a kernel that finds edges: the border repeated gives less than half.

        >>> Padding().false_edge, Padding(kernel="gaussian").false_edge
        ((2, 0), None)
        """
        zeros, repeated = (self.traces[mode].fold()[0] for mode in ("zeros", "replicate"))
        row, column = divmod(int(abs(zeros - repeated).argmax()), zeros.shape[1])
        finds_edges = abs(self.kernel.values.sum()) < 1e-9 * abs(self.kernel.values).sum()
        made = abs(repeated[row, column]) < abs(zeros[row, column]) / 2
        return (row, column) if finds_edges and made else None

    def copies(self, mode: str, axis: int) -> list[tuple[int, int]]:
        """List the border columns (axis 1) or rows (axis 0), each with the one it copies, both counted with padding.

        There are none for zeros. Columns first and then whole rows give the corners, too.

        >>> Padding().copies("circular", 1)
        [(0, 5), (6, 1)]
        """
        trace = self.traces[mode]
        before, after = trace.padding[axis]
        places, other = trace.padded.shape[1 + axis], trace.padding[1 - axis][0]  # a place on the picture
        found = []
        for place in (*range(before), *range(places - after, places)):
            source = int(trace.padded_source[(other, place, 1) if axis else (place, other, 0)])
            if source >= 0:
                found.append((place, source + before))
        return found
