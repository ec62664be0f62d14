"""The size of a transposed convolution's output, line by line: what each option adds or takes."""

from __future__ import annotations

from manim import VGroup

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.layout import units
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import MINUS
from cnnviz.subjects.transposed import Transposed

_LEADING = 1.5  # distance of the lines, in type sizes


def size_lines(subject: Transposed) -> list[tuple[str, str]]:
    """Write the height of the output as terms, each with the option it comes from; the last line is the result.

    ``(H - 1) * stride + dilation * (k - 1) + 1 + output_padding - before - after``.

    Examples
    --------
    >>> subject = Transposed("blackboard-4", "1,1,1;1,1,1;1,1,1", padding=1, output_padding=1)
    >>> for line in size_lines(subject):
    ...     print(*line)
    (4 − 1) × 2 stride
    + 3 kernel
    + 1 output_padding
    − 2 × 1 padding
    = 8 rows
    """
    trace = subject.trace
    rows, reach, dilation = trace.input.shape[1], trace.weight.shape[2], trace.dilation[0]
    before, after = trace.padding[0]
    lines = [(f"({rows} {MINUS} 1) × {trace.stride[0]}", "stride")]
    if dilation == 1:
        lines.append((f"+ {reach}", "kernel"))
    else:
        lines.append((f"+ {dilation} × ({reach} {MINUS} 1) + 1", "kernel"))
    if subject.added[0]:
        lines.append((f"+ {subject.added[0]}", "output_padding"))
    if before == after and before:
        lines.append((f"{MINUS} 2 × {before}", "padding"))
    elif before or after:
        lines.append((f"{MINUS} {before} {MINUS} {after}", "padding"))
    return [*lines, (f"= {trace.output_shape[1]}", "rows")]


class SizeTable(VGroup):
    """The lines of `size_lines`: terms to the left of ``at``, their names to the right.

    ::

        (4 − 1) × 2   stride
                + 3   kernel
            − 2 × 1   padding
                = 7   rows

    Parameters
    ----------
    subject : Transposed
    at : (x, y)
        Middle of the upper edge.
    """

    def __init__(self, subject: Transposed, *, at: tuple[float, float], theme: Theme) -> None:
        super().__init__()
        colors: dict[str, Color] = {"kernel": theme.kernel, "rows": theme.output}
        for number, (term, name) in enumerate(size_lines(subject)):
            y = at[1] - units(layout.TERM) * (0.5 + number * _LEADING)
            color = colors.get(name, theme.text)
            words = Label(term, layout.TERM, color, at=(at[0] - 0.1, y), align="right")
            self.add(VGroup(words, Label(name, layout.NOTE, theme.muted, at=(at[0] + 0.12, y), align="left")))
