"""Read what somebody typed as an answer: numbers, fractions and rows of them, and nothing else.

Nothing is evaluated: the grammar knows digits, signs, points, exponents, strokes, brackets and separators.
"""

from __future__ import annotations

import math
import re

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.quizzes.value import Value, settle

LONGEST = 10_000
"""Characters."""

_SPACE = "[ \u00a0\u2009\u202f]"
MARKS = {
    "en": ((".", ","), (",", ""), (".", _SPACE), (",", _SPACE), (",", r"\.")),
    "es": ((",", ""), (",", _SPACE), (".", ""), (",", r"\."), (".", _SPACE), (".", ",")),
}
"""By language, the likeliest first: a decimal mark, and what may stand between thousands."""

NUMBER = (
    r"[+-]?(?:[0-9]+{decimal}?[0-9]*|{decimal}[0-9]+|[0-9]{{1,3}}(?:(?:{thousands})[0-9]{{3}})+(?:{decimal}[0-9]*)?)"
    r"(?:[eE][+-]?[0-9]{{1,4}})?"
)
_NUMBER = NUMBER.format(decimal=r"\.", thousands=",")
_FRACTION = re.compile(rf"({_NUMBER})(?:/({_NUMBER}))?")
_SIDE = NUMBER.format(decimal=r"\.", thousands=f",|{_SPACE}")
_SHAPE = re.compile(rf"{_SIDE}(?:\s*[x×]\s*{_SIDE})+")
_BRACKETED = re.compile(r"\s*([\[\](),;]|[^\s\[\](),;]+)")
_OPEN, _CLOSE = "([", ")]"


def read_number(text: str, language: str = "en") -> tuple[Value, ...]:
    """Read one number or fraction, in all the ways it may be meant, the likeliest in a language first.

    A point or a comma may be the decimal mark or stand between thousands: ``3,090`` is 3090 or 3.09.

    Raises
    ------
    InputError
        If it is anything else.

    Examples
    --------
    >>> read_number("−6"), read_number("3/4"), read_number("150,528"), read_number("3,09"), read_number("1 234,5")
    ((-6,), (0.75,), (150528, 150.528), (3.09,), (1234.5,))
    """
    tidy = _tidy(text)
    over, _, under = tidy.partition("/")
    values = []
    for decimal, thousands in MARKS[language]:
        parts = [_plain(part, decimal, thousands) for part in (over, under) if part]
        if None not in parts and len(parts) == 1 + ("/" in tidy):
            values.append(_number("/".join(map(str, parts))))
    return tuple(dict.fromkeys(values)) or (_number(tidy),)


def read_rows(text: str) -> Value:
    """Read numbers in a row, or in rows of one length: ``1,2;3,4`` or ``[[1,2],[3,4]]`` or lines; shapes as ``3x8x8``.

    Commas part the cells; `with_points` takes them for decimal marks.

    Raises
    ------
    InputError
        If it is anything else.

    Examples
    --------
    >>> read_rows("1, 2; 3, 1/2"), read_rows("[[1, 2], [3, 4]]"), read_rows("4 3 1 2"), read_rows("3 × 1,200 × 8")
    (((1, 2), (3, 0.5)), ((1, 2), (3, 4)), (4, 3, 1, 2), (3, 1200, 8))
    """
    tidy = _tidy(text)
    if not tidy:
        raise InputError('answer: expected numbers, got nothing; write rows such as "1,2;3,4"')
    if _SHAPE.fullmatch(tidy):
        return tuple(read_number(part.strip())[0] for part in re.split("[x×]", tidy))
    rows = _bracketed(tidy) if tidy[0] in _OPEN else _separated(tidy)
    if len({len(row) for row in rows}) > 1:
        lengths = ", ".join(str(len(row)) for row in rows[:8])
        raise InputError(f"answer: expected rows of one length, got rows of {lengths}; fill in what is missing")
    flat = len(rows) == 1 and not tidy.startswith(("[[", "((", "[(", "(["))
    return rows[0] if flat else rows


def with_points(text: str) -> str:
    """Take every comma between two digits for a decimal mark.

    Examples
    --------
    >>> read_rows(with_points("[[0,5; 1]; [2; 3]]"))
    ((0.5, 1), (2, 3))
    """
    return re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text)


def _plain(text: str, decimal: str, thousands: str) -> str | None:
    """Write a number with a decimal point and nothing between its thousands, or say that it is none in these marks."""
    if not re.fullmatch(NUMBER.format(decimal=re.escape(decimal), thousands=thousands), text):
        return None
    return re.sub(thousands, "", text).replace(decimal, ".") if thousands else text.replace(decimal, ".")


def _tidy(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(f"answer: expected at most {LONGEST:,} characters, got {len(text):,}; write the answer alone")
    return re.sub(r"\s*/\s*", "/", text.strip().replace("−", "-"))


def _number(text: str) -> int | float:
    match = _FRACTION.fullmatch(text)
    if match is None:
        got = shown(text, 40) if text else "nothing"
        raise InputError(f"answer: expected a number such as 3, -0.5 or 1/3, got {got}; write digits")
    over, under = (float(part.replace(",", "")) for part in (match[1], match[2] or "1"))
    if under == 0:
        raise InputError(f"answer: expected something other than 0 below the stroke, got {shown(text, 40)}; correct it")
    if not (math.isfinite(over) and math.isfinite(under) and math.isfinite(over / under)):
        raise InputError(f"answer: expected a number below 1e308, got {shown(text, 40)}; write a smaller one")
    value = settle(over / under)
    assert isinstance(value, int | float)
    return value


def _separated(text: str) -> tuple[tuple[int | float, ...], ...]:
    """Read rows that end at a semicolon or a line end; cells between commas, or between blanks."""
    rows = [row.strip() for row in re.split(r"[;\n\r]+", text.strip("; \n\r\t"))]
    return tuple(
        tuple(_number(cell.strip()) for cell in (row.split(",") if "," in row else row.split() or [""])) for row in rows
    )


def _bracketed(text: str) -> tuple[tuple[int | float, ...], ...]:
    """Read ``[1, 2]`` as one row and ``[[1, 2], [3, 4]]`` as two."""
    tokens = _BRACKETED.findall(text)
    depth, deepest = 0, 0
    rows: list[tuple[int | float, ...]] = []
    row: list[int | float] = []
    wants_cell = True
    for place, token in enumerate(tokens):
        if token in _OPEN and wants_cell and not row and depth < 2:
            depth += 1
            deepest = max(deepest, depth)
        elif token in _CLOSE and depth and (not wants_cell or not row):
            if depth == deepest:
                rows.append(tuple(row))
                row = []
            depth -= 1
            wants_cell = False
        elif token in (",", ";") and not wants_cell and depth:
            wants_cell = True
        elif token not in _OPEN + _CLOSE + ",;" and wants_cell and depth == deepest:
            row.append(_number(token))
            wants_cell = False
        else:
            break
        if depth == 0 and place < len(tokens) - 1:
            break
    else:
        if depth == 0:
            return tuple(rows)
    raise InputError(
        f"answer: expected rows such as [[1, 2], [3, 4]], got {shown(text, 40)}; close each bracket and put commas "
        f"between the numbers"
    )
