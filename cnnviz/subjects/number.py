"""Numbers as they are written in cells: short, rounded, never truncated, with a true minus sign."""

from __future__ import annotations

import math

MINUS = "\u2212"


def cell_text(value: float, digits: int = 4) -> str:
    """Write a number for a cell, in at most ``digits`` characters beside the minus sign.

    Integers stay integers; other numbers get the fewest decimals that stay true within the space. What is too large is
    written with k, M, G or T, what is too small with a power of ten: a cell never shows 0 for a number that is not.

    Examples
    --------
    >>> [cell_text(v) for v in (7, -30, 0.5, 1 / 3, -12.345, 12345, 0.0004)]
    ['7', '−30', '0.5', '0.33', '−12.3', '12k', '4e−4']
    """
    if math.isnan(value):
        return "nan"
    sign = MINUS if value < 0 else ""
    size = abs(float(value))
    return sign + ("∞" if math.isinf(size) else _short(size, digits))


def _short(size: float, digits: int) -> str:
    if size == round(size) and size < 10**digits:
        return str(round(size))
    if size >= 10**digits - 0.5:
        return _scaled(size, digits)
    whole = len(str(int(size)))
    for decimals in range(max(digits - whole - 1, 0), -1, -1):
        text = f"{size:.{decimals}f}"
        if len(text) <= digits:
            break
    if float(text) == 0:
        mantissa, exponent = f"{size:.0e}".split("e")
        return f"{mantissa}e{MINUS}{abs(int(exponent))}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(size: float, digits: int) -> str:
    for power, letter in ((3, "k"), (6, "M"), (9, "G"), (12, "T")):
        scaled = size / 10**power
        if scaled < 999.5:
            decimals = max(digits - 2 - len(str(int(scaled))), 0)
            text = f"{scaled:.{decimals}f}" if len(str(int(scaled))) + 1 < digits - 1 else f"{scaled:.0f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text) + letter
    mantissa, exponent = f"{size:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def factor_text(text: str) -> str:
    """Write a number behind the sign of a product or a difference: a negative one in brackets.

    >>> factor_text("3"), factor_text("−1"), factor_text("-1")
    ('3', '(−1)', '(-1)')
    """
    return f"({text})" if text.startswith((MINUS, "-")) else text


def exact(value: float, text: str) -> bool:
    """Tell whether a cell text says the whole value: ``"7"`` does for 7.0, ``"0.33"`` does not for 1/3.

    >>> exact(7.0, "7"), exact(1 / 3, "0.33"), exact(4.08e-10, f"4e{MINUS}10")
    (True, False, False)
    """
    least = 0.0 if "e" in text else 1.0
    try:
        return abs(float(text.replace(MINUS, "-")) - value) <= 1e-9 * max(least, abs(value))
    except ValueError:
        return math.isinf(value)


def relation(value: float, text: str) -> str:
    """Return the sign between a value and its text: ``=``, or ``≈`` where the text is rounded.

    >>> relation(7.0, "7"), relation(1 / 3, "0.33")
    ('=', '≈')
    """
    return "=" if exact(value, text) else "≈"


def share_text(share: float) -> str:
    """Write a share of a whole in percent with one decimal; what is too near to none or all for that is said so.

    Examples
    --------
    >>> [share_text(share) for share in (0.0, 0.0001, 0.25, 0.9999, 1.0)]
    ['0 %', '< 0.1 %', '25.0 %', '> 99.9 %', '100 %']
    """
    if share in (0.0, 1.0):
        return f"{100 * share:.0f} %"
    if not 0.0005 <= share <= 0.9995:
        return "< 0.1 %" if share < 0.5 else "> 99.9 %"
    return f"{100 * share:.1f} %"


def as_in_cell(value: float, digits: int = 4) -> str:
    """Write a number of a sentence as the cell that holds it, so that both are the same.

    >>> as_in_cell(25911.0), as_in_cell(57.0), as_in_cell(1 / 3, 5)
    ('≈ 26k', '57', '≈ 0.333')
    """
    text = cell_text(value, digits)
    return text if exact(value, text) else f"≈ {text}"


_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def count_word(number: int) -> str:
    """Write small counts as words, as running text does.

    >>> count_word(9), count_word(36)
    ('nine', '36')
    """
    return _COUNTS[number] if number < len(_COUNTS) else str(number)
