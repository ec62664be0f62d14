"""Kernels with a name and a reason: a gallery of the classic ones, and your own from text or a file.

The signs are those of a CNN layer, which does not flip its kernel: under the window each cell is multiplied by the
weight drawn at the same place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from cnnviz._table import table
from cnnviz.data.kernel_table import TABLE
from cnnviz.data.kernel_text import MAX_CHARACTERS, TYPED, Labels, parse
from cnnviz.data.source import hint, is_there, printable, read_bytes, shown
from cnnviz.errors import InputError, OptionError


@dataclass(frozen=True, eq=False)
class Kernel:
    """Hold the weights of one kernel and the words that go with them.

    Attributes
    ----------
    name : str
        What the command line calls it, such as ``"sobel-x"``; ``"custom"`` for typed text, the file's name for a file.
    title : str
        What a heading calls it, such as ``"Sobel, left to right"``.
    caption : str
        What it is for: one sentence of at most 90 characters.
    source : str
        The paper or book it comes from; empty for your own.
    values : ndarray of float64, shape (kh, kw)
        The weights, read-only.
    labels : tuple of tuples of str
        The exact text of each cell: ``"−1"`` with a true minus sign, ``"1/9"``, ``"0.25"``.
    """

    name: str
    title: str
    caption: str
    source: str
    values: npt.NDArray[np.float64]
    labels: Labels

    def __post_init__(self) -> None:
        self.values.setflags(write=False)

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        return table(self.labels, self.title)


@cache
def gallery() -> Mapping[str, Kernel]:
    """List the named kernels, in the order in which a lecture would show them.

    Returns
    -------
    Mapping of str to Kernel
        Read-only.

    Examples
    --------
    >>> gallery()["box-blur"].labels[0]
    ('1/9', '1/9', '1/9')
    >>> float(gallery()["high-pass"].values.sum())
    0.0
    """
    kernels = (Kernel(name, title, caption, source, *parse(name, text)) for name, title, caption, source, text in TABLE)
    return MappingProxyType({kernel.name: kernel for kernel in kernels})


def kernel(spec: str | Path) -> Kernel:
    """Find a kernel by its name in the gallery, read it from typed text, or read it from a text file.

    Parameters
    ----------
    spec : str or Path
        In this order: a name from `gallery` (upper case and underscores are forgiven); text of numbers, where commas
        separate cells and semicolons or line ends separate rows (``"1,0,-1; 1,0,-1"``, fractions as ``1/9``); the path
        of a UTF-8 file that holds such text. Write ``./NAME`` for a file that is called like a kernel.

    Returns
    -------
    Kernel
        Of at most 31 × 31 cells, all finite.

    Raises
    ------
    InputError
        Where there is no such kernel, or the text or file does not hold one.
    OptionError
        Where ``spec`` is neither text nor a path.

    Examples
    --------
    >>> kernel("sobel-x").values
    array([[-1.,  0.,  1.],
           [-2.,  0.,  2.],
           [-1.,  0.,  1.]])
    >>> kernel("1,0,-1; 1,0,-1; 1,0,-1").labels[0]
    ('1', '0', '−1')

    Notes
    -----
    Nothing is evaluated: the grammar knows digits, signs, points, exponents, strokes and separators.
    """
    if isinstance(spec, Path):
        return _from_file(spec)
    if not isinstance(spec, str):
        raise OptionError(
            f"kernel: expected a name, kernel text or a path, got {type(spec).__name__}; "
            f'write rows such as "1,0,-1; 1,0,-1; 1,0,-1"'
        )
    named = gallery().get(spec.strip().lower().replace("_", "-"))
    if named is not None:
        return named
    if not spec.strip() or set(spec) <= TYPED or len(spec) > MAX_CHARACTERS:
        return own("custom", *parse("kernel", spec))
    if is_there(spec):
        return _from_file(Path(spec))
    if any(mark in spec for mark in ",;\n"):
        return own("custom", *parse("kernel", spec))
    if any(mark in spec for mark in "/\\."):
        return _from_file(Path(spec))
    raise InputError(
        f"kernel: expected a named kernel, kernel text or a file, got {shown(spec)}; {hint(spec, gallery())}"
        f"the names are {', '.join(gallery())}"
    )


def _from_file(path: Path) -> Kernel:
    data = read_bytes("kernel", path, 4 * MAX_CHARACTERS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"kernel: expected a text file of numbers, got {shown(str(path))}, which is not UTF-8 text; "
            f'write rows such as "1,0,-1" on lines of their own'
        ) from None
    return own(printable(path.stem)[:40], *parse(f"kernel {shown(str(path))}", text))


def own(name: str, values: npt.NDArray[np.float64], labels: Labels) -> Kernel:
    """Make a kernel of somebody's own weights, and say how many they are and what they make together."""
    height, width = values.shape
    total = f"{round(float(values.sum()), 6):g}".replace("-", "−")
    caption = f"Your own {height} × {width} weights; together they make {total}."
    return Kernel(name, "Your own kernel", caption, "", values, labels)
