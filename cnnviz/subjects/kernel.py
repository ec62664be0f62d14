"""The kernel of a subject: a name of the gallery, rows of numbers, a file, an array or a `Kernel`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz.data import Kernel, gallery, kernel
from cnnviz.data.kernel_text import MAX_SIDE, parse
from cnnviz.data.kernels import own
from cnnviz.errors import OptionError
from cnnviz.subjects.number import cell_text

_PLAIN = 5  # characters of a number that need not be written as a fraction


@dataclass(frozen=True)
class KernelKind:
    """A kernel: what `cnnviz.data.kernel` reads, an array of shape (kh, kw), or a `Kernel`.

    Examples
    --------
    >>> KernelKind().read("kernel", "edge-x").labels[0]
    ('1', '0', '−1')
    >>> KernelKind().read("kernel", [[1 / 9, 0.25]]).labels
    (('1/9', '0.25'),)
    """

    metavar: str = "NAME|ROWS|FILE"

    def read(self, name: str, value: Any) -> Kernel:
        """Find, read or make it."""
        if isinstance(value, Kernel):
            return value
        return kernel(value) if isinstance(value, str | Path) else _from_array(name, value)

    def offers(self) -> tuple[str, ...]:
        """Offer the gallery."""
        return tuple(gallery())


def _from_array(name: str, value: Any) -> Kernel:
    try:
        values = np.atleast_2d(np.asarray(value, dtype=np.float64))
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 2 or not values.size or max(values.shape) > MAX_SIDE or not np.isfinite(values).all():
        got = f"shape {np.shape(value)}" if isinstance(value, np.ndarray) else repr(value)[:60]
        raise OptionError(
            f"{name}: expected a kernel as a name, rows of numbers, a path or an array of at most {MAX_SIDE} x "
            f"{MAX_SIDE} finite numbers, got {got}"
        )
    return own("custom", values.copy(), tuple(tuple(map(_label, row)) for row in values.tolist()))


def _label(number: float) -> str:
    """Write a weight: as it is where that is short, as a small fraction where it is one, else rounded."""
    plain = cell_text(number)
    near = Fraction(number).limit_denominator(100)
    if len(repr(number)) > _PLAIN and near.denominator > 1 and float(near) == number:
        return f"{near}".replace("-", "−")
    return plain


@dataclass(frozen=True)
class Rows:
    """Rows of numbers, or a word that stands for some.

    Examples
    --------
    >>> Rows("sum").read("dy", "sum"), Rows("sum").read("dy", "1,0;0,2").values.shape
    ('sum', (2, 2))
    """

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)

    @property
    def metavar(self) -> str:
        """The words, and that rows are taken too."""
        return "|".join([*self.words, "ROWS"])

    def read(self, name: str, value: Any) -> str | Kernel:
        """Take a word; read rows of text or an array as a kernel's are read."""
        if not isinstance(value, str):
            return _from_array(name, value) if not isinstance(value, Kernel) else value
        if value in self.words:
            return value
        if not any(character.isdigit() for character in value):
            words = ", ".join(self.words)
            raise OptionError(f"{name}: expected one of {words}, or rows of numbers such as 1,0;0,2, got {value!r}")
        return own("custom", *parse(name, value))

    def offers(self) -> tuple[str, ...]:
        """Offer the words."""
        return self.words
