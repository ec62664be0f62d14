"""Data sets by name: what a network can learn from, each divided and with its classes named."""

from collections.abc import Callable
from dataclasses import dataclass

from cnnviz.data.canvas import scattered_split
from cnnviz.data.folder import folder_split
from cnnviz.data.mnist import mnist_split
from cnnviz.data.shapes import SHAPES, shapes_split
from cnnviz.data.source import hint, shown
from cnnviz.data.split import Split, digits_split
from cnnviz.errors import InputError, OptionError

WHO = "dataset"
NAMES = ("digits", "scattered", "shapes", "mnist:DIR", "folder:DIR")
TEN = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class DataSet:
    """Examples in three parts, and what their labels mean."""

    name: str
    split: Split
    classes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one example."""
        return self.split.train.images.shape[1:]


def dataset(source: str, *, size: int | None = None, channels: str | None = None, seed: int = 0) -> DataSet:
    """Find examples by the name of their source.

    Parameters
    ----------
    source
        ``digits`` (8 × 8), ``scattered`` (the same anywhere on a canvas), ``shapes`` (drawn by rule), ``mnist:DIR``
        (see `mnist_split`) or ``folder:DIR`` (see `folder_split`).
    size
        Rows and columns, for those that come in any: 16 for scattered and shapes, 32 for folders, if None.
    channels
        ``gray`` or ``rgb``, for folders; gray, if None.
    seed
        Decides places, shapes and which pictures of a folder are for learning; the split of the digits and of MNIST is
        always the same.

    Raises
    ------
    InputError
        Where there is no such source, or its files cannot be used.
    OptionError
        If an argument is outside what it may be, or says nothing to this source.

    Examples
    --------
    >>> dataset("scattered", size=20).shape, dataset("shapes").classes[:2]
    ((1, 20, 20), ('disc', 'ring'))
    """
    kind, colon, folder = source.partition(":")
    needs = {"mnist": True, "folder": True, "digits": False, "scattered": False, "shapes": False}
    if kind not in needs:
        raise InputError(
            f"{WHO}: expected a source of examples ({', '.join(NAMES)}), got {shown(source)}; "
            f"{hint(kind, needs) or 'choose one'}".rstrip()
        )
    if needs[kind] and not folder:
        raise InputError(f"{WHO}: expected the folder after {kind}, as in {kind}:my/folder, got none; add it")
    if colon and not needs[kind]:
        raise InputError(f"{WHO}: expected nothing after {kind}, got {shown(folder)}; leave it out")
    sized = {"scattered": 16, "shapes": 16, "folder": 32}
    if size is not None and kind not in sized:
        raise OptionError(f"{WHO}: expected no size for {kind}, which has its own, got {size}; leave it out")
    if channels is not None and kind != "folder":
        raise OptionError(f"{WHO}: expected no channels for {kind}, which is gray, got {channels}; leave them out")
    side = size or sized.get(kind, 0)
    if kind == "folder":
        split, classes = folder_split(folder, size=side, channels=channels or "gray", seed=seed)
        return DataSet(source, split, classes)
    makers: dict[str, Callable[[], Split]] = {
        "digits": digits_split,
        "scattered": lambda: scattered_split(side, seed=seed),
        "shapes": lambda: shapes_split(side, seed=seed),
        "mnist": lambda: mnist_split(folder),
    }
    return DataSet(source, makers[kind](), SHAPES if kind == "shapes" else TEN)
