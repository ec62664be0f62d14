"""What the lessons on shares say: sentences made from a subject, with every number taken from its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviz.subjects.backprop import Backprop
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


def of_weight(sharing: Sharing) -> Script:
    """Tell the gradient of a filter."""
    cells = "one cell" if len(sharing) == 1 else f"{count_word(len(sharing))} cells"
    return Script(
        nothing="A cell of dY that is 0 hands out nothing: the loss does not depend on its window.",
        give=lambda share: (
            "This cell of dY belongs to one window of X. "
            f"Each weight's share is {cell_text(share.value)} times the pixel under it."
        ),
        land=f"The {count_word(sharing[0].numbers.size)} shares go into dW, each to the weight that lay on that pixel.",
        again="The next cell of dY belongs to the next window: other pixels, the same weights. The shares add up.",
        run=f"Every weight worked at every position, so each of them collects a share from all {cells} of dY.",
    )


def of_input(sharing: Sharing) -> Script:
    """Tell the gradient of an input."""
    count = count_word(sharing[0].numbers.size)
    return Script(
        nothing="A cell of dY that is 0 hands out nothing: the loss does not depend on its window.",
        give=lambda share: (
            f"This output came from {count} cells of X. "
            f"To each it hands its gradient, {cell_text(share.value)}, times the weight."
        ),
        land=f"The share lands where the window was: on the {count} cells of dX that belong to it.",
        again=f"The next cell of dY hands out its share, one window further on. {_meeting(sharing)}",
        run="Cell by cell, dY stamps the kernel: the same stamping is also called a transposed convolution.",
    )


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


def cross(subject: Backprop) -> str:
    """Name the sum that one weight's gradient is."""
    if max(subject.trace.stride) > 1:
        return "That is dY laid on X in steps of the stride, multiplied and summed: a dilated convolution, by dY."
    return "That is dY laid on X, multiplied and summed: dW is itself a convolution, with dY as the kernel."


def border(subject: Backprop) -> str:
    """Say what becomes of the shares that landed on the padding."""
    if subject.trace.padding_mode == "zeros":
        return "What landed on the padding is lost: the zeros around the picture are no input."
    return "What landed on the border goes to the cells that it was copied from, and adds up there."


def flip(subject: Backprop) -> str:
    """Say why the weights arrive in reverse."""
    if len(subject.most_reached.taps) == 1:
        return "One window lies on this cell, so one weight reaches it. Seen from dX, W stands rotated by 180°."
    if subject.is_own_rotation:
        return "The weights arrive in reverse, rotated by 180°; this kernel looks the same after half a turn."
    return "A window further right reaches this cell with a weight further left: W arrives rotated by 180°."


def zeros(subject: Backprop) -> str:
    """Say what stands around dY, and between its cells."""
    if max(subject.trace.stride) > 1:
        return (
            "For a stride above 1, zeros go between the cells of dY too. Then the rotated kernel gives the same cell."
        )
    return "Put zeros around dY and lay the rotated kernel on it: one sum of products gives the same cell."


def dx_takeaway(subject: Backprop) -> str:
    """Close with what dX is, and when."""
    if subject.rotated is None:
        return "Each cell of dX collects from every window it was in, and from those its copies were in."
    if max(subject.trace.stride) > 1:
        return "dX is dY with zeros around and between its cells, convolved with the kernel rotated by 180°."
    if any(side for pair in subject.trace.padding for side in pair):
        return "dX is dY with zeros around it, convolved with the kernel rotated by 180°."
    return "dX is a full convolution of dY with the kernel rotated by 180°; above stride 1, zeros go in between."


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
