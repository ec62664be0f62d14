"""What the lessons on shares say: sentences made from a subject, with every number taken from its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviz.subjects.number import cell_text, count_word
from cnnviz.subjects.sharing import Share, Sharing
from cnnviz.subjects.transposed import Transposed


@dataclass(frozen=True)
class Script:
    """What is said while shares are handed out.

    Attributes
    ----------
    nothing : str
        While cells that hold 0 come first.
    give : callable
        Of the first share.
    land, again, run : str
        Where it lands, of the second share and of the rest.
    """

    nothing: str
    give: Callable[[Share], str]
    land: str
    again: str
    run: str


def of_stamps(subject: Transposed, sharing: Sharing) -> Script:
    """Tell a transposed convolution."""
    stride = subject.trace.stride[1]
    way = "one column" if stride == 1 else f"{count_word(stride)} columns"
    return Script(
        nothing="A cell that holds 0 stamps nothing but zeros.",
        give=lambda share: (
            f"Multiply the whole kernel by the number in one cell, here by {cell_text(share.value)}: its stamp."
        ),
        land="The stamp goes onto the output, at the place that belongs to the cell.",
        again=f"The next cell stamps {way} further on: the stride counts in the output. {_meeting(sharing)}",
        run="In this way gradients go back through a convolution; here the same operation enlarges a map.",
    )


def _meeting(sharing: Sharing) -> str:
    if len(sharing) > 1 and set(sharing[0].cells) & set(sharing[1].cells):
        return "Where both land, they add up."
    return "These two do not meet."


def cut(subject: Transposed) -> str:
    """Say what padding and output_padding do; empty where there is neither."""
    padding = max(side for pair in subject.trace.padding for side in pair)
    extra = max(subject.added)
    if not padding and not extra:
        return ""
    added = f"output_padding adds {_rows(extra)} at the end"
    taken = f"padding cuts {_rows(padding)} off on every side"
    if padding and extra:
        return f"Now {added}, and {taken}."
    return f"Now {taken if padding else added}."


def alike(subject: Transposed) -> str:
    """Say which sizes a convolution makes alike, so that the way back has to be told; empty where it does not."""
    sizes = subject.sizes_alike
    if len(sizes) < 2:
        return ""
    names = " and ".join(f"{size} × {size}" for size in sizes)
    rows = subject.trace.input.shape[1]
    return f"A convolution makes {rows} × {rows} of {names} alike: output_padding says which one to go back to."


def _rows(count: int) -> str:
    return "one row and column" if count == 1 else f"{count_word(count)} rows and columns"
