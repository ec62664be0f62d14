"""What a gallery says: what each kernel is for, and how to read its answers."""

from __future__ import annotations

from cnnviz.stage.conv.narration import count_word
from cnnviz.stage.theme import Theme
from cnnviz.subjects.gallery import Exhibit, Gallery
from cnnviz.subjects.number import cell_text


def opening(subject: Gallery) -> str:
    """Ask what the lesson answers."""
    number = len(subject.exhibits)
    if number == 1:
        return "One photo and one small kernel: what does it make of it?"
    return f"The same photo under {count_word(number)} kernels: what does each of them make of it?"


def window(exhibit: Exhibit) -> str:
    """Explain one answer."""
    count, result = exhibit.step.products.size, cell_text(exhibit.step.result)
    made = f"{count_word(count)} products add up to {result}" if count > 1 else f"the one product is {result}"
    return f"In this window {made}: one pixel of the map. All others are made the same way."


def rule(exhibit: Exhibit, theme: Theme) -> str:
    """Say how the answers of such a kernel are shown."""
    total = cell_text(exhibit.total)
    if not exhibit.signed:
        white = cell_text(exhibit.scale)
        return f"Its weights add up to {total}, so the answers are a picture again: black is 0, white is {white}."
    ground = "dark" if theme.name == "dark" else "pale"
    if exhibit.total < 0:
        return f"Its weights add up to {total}: answers of both signs. Zero is {ground}, plus is green, minus is red."
    return f"Its weights add up to 0: flat areas answer 0, shown {ground}. Plus is green, minus is red."


def takeaway(subject: Gallery) -> str:
    """Close with the answer."""
    if {exhibit.total for exhibit in subject.exhibits} == {0, 1}:
        return "Always the same operation, only the weights differ: a sum of 1 keeps the picture, a sum of 0 its edges."
    return "The operation is always the same: what a kernel does is decided by its weights alone."
