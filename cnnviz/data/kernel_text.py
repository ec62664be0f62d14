"""Read kernels and small pictures typed as text: numbers, fractions and separators, and nothing else."""

import math
import re
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from cnnviz.data.source import shown
from cnnviz.errors import InputError

MAX_SIDE = 31
TYPED = frozenset("0123456789+-−.,;/eE \t\r\n")
"""The characters that rows of numbers are made of."""
MAX_CHARACTERS = 64_000
MAX_CELL = 40

Labels = tuple[tuple[str, ...], ...]

_NUMBER = r"[+\-−]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+\-−]?[0-9]+)?"
_CELL = re.compile(rf"({_NUMBER})(?:/({_NUMBER}))?")
_SLASH = re.compile(r"[ \t]*/[ \t]*")
_BLANKS = re.compile(r"[ \t]+")
_BLANK = " \t"


def parse(who: str, text: str, noun: str = "kernel") -> tuple[npt.NDArray[np.float64], Labels]:
    """Read the rows of a kernel and write each cell as a short exact label.

    Rows end at a semicolon or a line end; cells are separated by commas, or by blanks in a row without commas. A cell
    is a number (``-1``, ``.25``, ``2e-3``) or a fraction of two (``1/9``). A true minus sign is a minus sign.

    Parameters
    ----------
    who : str
        The name the user called; messages begin with it.
    text : str
        At most 31 × 31 cells.
    noun : str
        What the rows are to be, for messages.

    Returns
    -------
    values : ndarray of float64, shape (kh, kw)
        The numbers, all finite.
    labels : tuple of tuples of str
        The same cells as text: fractions as typed, other numbers without idle signs and zeros, with a true minus sign.

    Raises
    ------
    InputError
        Where the text is not such a kernel.

    Examples
    --------
    >>> values, labels = parse("kernel", "1, 0, -1; .50, 1/2, 2e2")
    >>> values
    array([[  1. ,   0. ,  -1. ],
           [  0.5,   0.5, 200. ]])
    >>> labels
    (('1', '0', '−1'), ('0.5', '1/2', '200'))
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{who}: expected at most {MAX_CHARACTERS:,} characters of text, got {len(text):,}; "
            f"a {noun} has at most {MAX_SIDE} × {MAX_SIDE} cells"
        )
    rows = [_split(row) for row in _rows(text)]
    if not rows:
        raise InputError(f'{who}: expected the numbers of a {noun}, got no text; write rows such as "1,0,-1; 1,0,-1"')
    height, width = len(rows), max(len(row) for row in rows)
    if height > MAX_SIDE or width > MAX_SIDE:
        raise InputError(
            f"{who}: expected a {noun} of at most {MAX_SIDE} × {MAX_SIDE} cells, got {height} × {width}; leave some out"
        )
    cells = [[_cell(who, text, i + 1, j + 1) for j, text in enumerate(row)] for i, row in enumerate(rows)]
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise InputError(
                f"{who}: expected rows of equal length, got {_count(len(rows[0]))} in row 1 and {_count(len(row))} in "
                f"row {i + 1}; fill the shorter one up, with zeros for instance"
            )
    values = np.array([[value for value, _ in row] for row in cells], dtype=np.float64)
    return values, tuple(tuple(label for _, label in row) for row in cells)


def _rows(text: str) -> list[str]:
    """Cut at line ends and semicolons; blank lines and a semicolon that ends a line mean nothing."""
    rows: list[str] = []
    for raw in text.replace("\r", "\n").split("\n"):
        line = raw.strip(_BLANK)
        if line:
            rows += line.removesuffix(";").split(";")
    return rows


def _split(row: str) -> list[str]:
    row = _SLASH.sub("/", row.strip(_BLANK))
    return [cell.strip(_BLANK) for cell in row.split(",")] if "," in row else _BLANKS.split(row)


def _cell(who: str, text: str, row: int, column: int) -> tuple[float, str]:
    place = f"in row {row}, column {column}"
    match = _CELL.fullmatch(text) if len(text) <= MAX_CELL else None
    if match is None:
        got = f"{shown(text, 24)} {place}" if text else f"an empty cell {place}"
        raise InputError(
            f"{who}: expected numbers such as -1, 0.25 or 1/9, got {got}; "
            f"separate cells with commas and rows with semicolons"
        )
    over, under = (None if part is None else part.replace("−", "-") for part in match.groups())
    assert over is not None  # the first group is not optional
    top, bottom = float(over), 1.0 if under is None else float(under)
    if under is not None and bottom == 0:
        raise InputError(
            f"{who}: expected fractions with something other than 0 below the stroke, got {shown(text, 24)} {place}; "
            f"write 0 if the weight is zero"
        )
    value = top / bottom
    if not (math.isfinite(top) and math.isfinite(bottom) and math.isfinite(value)):
        raise InputError(
            f"{who}: expected finite numbers, got {shown(text, 24)} {place}; keep below 1e308, the largest float64"
        )
    if value == 0 and re.search("[1-9]", re.split("[eE]", over)[0]):
        raise InputError(
            f"{who}: expected numbers that float64 can hold, got {shown(text, 24)} {place}, which becomes 0; "
            f"write 0 or a number above 1e-300"
        )
    return value + 0.0, _label(over) if under is None else f"{_label(over)}/{_label(under)}"  # + 0.0: no minus zero


def _label(number: str) -> str:
    """Drop what says nothing (``+1.50`` is 1.5, ``007`` is 7), and write modest powers of ten out (``2e2`` is 200)."""
    exact = Decimal(number)
    if exact == 0:
        return "0"
    plain = "e" not in number.lower() or abs(exact.adjusted()) <= 4
    text = format(exact, "f" if plain else "e")
    if plain and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _count(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"
