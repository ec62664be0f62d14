"""The output-size formula: in letters, with the numbers of one axis put in, and step by step down to the size."""

from __future__ import annotations

from cnnviz.stage.formula import tinted
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.text import Line, size_within
from cnnviz.stage.theme import Theme
from cnnviz.subjects.output_size import OutputSize
from cnnviz.subjects.transposed import Transposed

_LETTERS_OF = {"input": "XWP", "kernel": "FD", "highlight": "S", "output": "OYA"}
_ROLES = {letter: role for role, letters in _LETTERS_OF.items() for letter in letters}
_FIRST = 2  # letters in the first of two lines
_LETTERS: dict[str, Template] = {
    "W": "width",
    "P": "padding on each side",
    "F": "filter width",
    "D": "dilation",
    "S": "stride",
}


def size_rungs(size: OutputSize, theme: Theme, *, short: bool = False) -> tuple[str, ...]:
    """Return ``O``, its formula in letters, then with numbers, and what becomes of it, step by step down to the size.

    Letters have the colors of what they belong to: ``W`` and ``P`` of the input, ``F`` and ``D`` of the kernel, ``S``
    that of the highlight. ``short`` leaves out padding and dilation where there is none.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> for rung in size_rungs(OutputSize(32, 3, stride=2, padding=(1, 1)), theme("dark"))[3:6]:
    ...     print(rung)
    floor(31 / 2) + 1
    floor(15.5) + 1
    15 + 1
    """
    even = len(set(size.padding)) == 1
    there, window = "{W}", "{F}"
    if not short or any(size.padding):
        there += " + 2{dot}{P}" if even else " + {P_0} + {P_1}"
    if not short or size.dilation > 1:
        window = "{D}{dot}({F} - 1) - 1"
    whole = f"floor(({there} - {window}) / {{S}}) + 1"
    before, after = size.padding
    values = {"W": size.width, "P": before, "P_0": before, "P_1": after, "S": size.stride}
    values |= {"F": size.kernel, "D": size.dilation}
    inks = {name: theme.role(_ROLES[name[0]]) for name in values}
    return (
        tinted("O", theme.output),
        whole.format(dot=" ", **{name: tinted(name, ink) for name, ink in inks.items()}),
        whole.format(dot=" dot ", **{name: tinted(str(values[name]), ink) for name, ink in inks.items()}),
        f"floor({size.room} / {size.stride}) + 1",
        f"floor({_quotient(size.room, size.stride)}) + 1",
        f"{size.out - 1} + 1",
        tinted(str(size.out), theme.output),
    )


def same_rungs(size: OutputSize, theme: Theme) -> tuple[str, ...]:
    """Return all zeros of same padding, how many they are in letters, with numbers, and their number.

    It is the output-size formula solved for the padding: what all windows reach over, less the row itself.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> len(same_rungs(OutputSize(8, 3, 2, (0, 1)), theme("dark")))
    4
    """
    whole = "({O} - 1){dot}{S} + {F} - {W}"
    values = {"O": size.out, "S": size.stride, "F": size.kernel, "W": size.width}
    inks = {name: theme.role(_ROLES[name]) for name in values}
    return (
        tinted("P_0 + P_1", theme.input),
        whole.format(dot=" ", **{name: tinted(name, ink) for name, ink in inks.items()}),
        whole.format(dot=" dot ", **{name: tinted(str(values[name]), ink) for name, ink in inks.items()}),
        tinted(str(sum(size.padding)), theme.input),
    )


def transposed_rungs(subject: Transposed, theme: Theme) -> tuple[str, ...]:
    """Return ``Y``, the size of a transposed convolution in letters, with numbers, and the size itself, of the rows.

    It is the output-size formula solved for the input, here ``X``; ``A`` is the output padding. What is not there is
    left out.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> len(transposed_rungs(Transposed(), theme("dark")))
    4
    """
    trace = subject.trace
    before, after = trace.padding[0]
    values = {"X": trace.input.shape[1], "P": before, "P_0": before, "P_1": after, "S": trace.stride[0]}
    values |= {"F": trace.weight.shape[2], "D": trace.dilation[0], "A": subject.added[0]}
    whole = "({X} - 1){dot}{S} + " + ("{F}" if values["D"] == 1 else "{D}{dot}({F} - 1) + 1")
    whole += " + {A}" * bool(values["A"])
    if before or after:
        whole += " - 2{dot}{P}" if before == after else " - {P_0} - {P_1}"
    inks = {name: theme.role(_ROLES[name[0]]) for name in values}
    return (
        tinted("Y", theme.output),
        whole.format(dot=" ", **{name: tinted(name, ink) for name, ink in inks.items()}),
        whole.format(dot=" dot ", **{name: tinted(str(values[name]), ink) for name, ink in inks.items()}),
        tinted(str(trace.output_shape[1]), theme.output),
    )


def transposed_letters(subject: Transposed) -> list[tuple[str, str, str]]:
    """Return each letter of the size of a transposed convolution but those of its matrices, its name and its role.

    Examples
    --------
    >>> [letter for letter, *_ in transposed_letters(Transposed())]
    ['S', 'F', 'A', 'P']
    """
    names: dict[str, Template] = {"S": "stride", "F": "kernel", "D": "dilation", "A": "added", "P": "padding"}
    there = {"D": subject.trace.dilation[0] > 1, "A": subject.added[0], "P": any(subject.trace.padding[0])}
    return [(letter, say(name), _ROLES[letter]) for letter, name in names.items() if there.get(letter, True)]


def size_letters(size: OutputSize, theme: Theme, box: Box, rows: int = 1) -> list[Line]:
    """Say what the letters are and what each is in a case, in one or in two lines of a box."""
    values = {"W": size.width, "P": size.padding[0], "F": size.kernel, "D": size.dilation, "S": size.stride}
    named = [
        [(say(_LETTERS[letter]) + "  ", theme.muted), (f"{letter} = {value}", theme.role(_ROLES[letter]))]
        for letter, value in values.items()
    ]
    lines, apart = list[Line](), ("      " if rows == 1 else "   ", theme.muted)
    for row, part in enumerate([named] if rows == 1 else [named[:_FIRST], named[_FIRST:]]):
        runs = [run for each in part for run in (*each, apart)][:-1]
        at = box.left, box.top - (row + 0.5) * box.height / rows
        type_size = size_within(box.width, LABEL, *(text for text, _ in runs))
        lines.append(Line(runs, type_size, at=at, align="left"))
    return lines


def _quotient(top: int, bottom: int) -> str:
    """Write a quotient in decimals, cut off after two with dots where there are more.

    >>> _quotient(31, 2), _quotient(5, 3), _quotient(6, 2)
    ('15.5', '1.66 dots', '3')
    """
    whole, rest = divmod(top, bottom)
    if not rest:
        return str(whole)
    decimals, more = divmod(rest * 100, bottom)
    return f"{whole}.{decimals:02d} dots" if more else f"{whole}.{decimals:02d}".rstrip("0")
