"""MNIST, and what comes in its form, from a folder that the user names."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviz.data.idx import read_idx
from cnnviz.data.source import is_there, shown
from cnnviz.data.split import Examples, Split
from cnnviz.errors import InputError

WHO = "mnist"
VALIDATION = 6
"""One part of so many, the last one, of the examples to learn from is kept for choosing."""

LARGEST = 64


def mnist_split(folder: str | Path) -> Split:
    """Read the four files of MNIST, or of a set in its form such as Fashion-MNIST.

    The files are called ``train-images-idx3-ubyte``, ``train-labels-idx1-ubyte``, ``t10k-images-idx3-ubyte`` and
    ``t10k-labels-idx1-ubyte``; ``train-images.idx3-ubyte`` and so on, and ``.gz`` at the end, are fine. Nothing is
    downloaded.

    Parameters
    ----------
    folder
        Where they are.

    Returns
    -------
    Split
        Images ``(N, 1, H, W)`` of float32 from 0 to 1: the first five sixths of the training file (50,000) to learn
        from, the rest (10,000) for choosing, and the test file.

    Raises
    ------
    InputError
        Where a file is missing, damaged or something else, where labels and images are not equally many, where a
        label is above 9, or where the pictures of the files differ in size or are larger than 64 × 64.
    """
    place = Path(folder)
    if not is_there(str(folder)) or not place.is_dir():
        raise InputError(
            f"{WHO}: expected a folder with the four files of MNIST, got {shown(str(folder))}, which is none; "
            f"check the path"
        )
    images, labels = _pair(place, "train")
    more, others = _pair(place, "t10k")
    if images.shape[1:] != more.shape[1:]:
        raise InputError(
            f"{WHO}: expected pictures of one size, got {_by(images)} to learn from and {_by(more)} to test; "
            f"check that the files belong together"
        )
    whole, cut = Examples(images, labels), len(labels) - len(labels) // VALIDATION
    return Split(whole.take(slice(cut)), whole.take(slice(cut, None)), Examples(more, others))


def _pair(folder: Path, part: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    images, labels = (
        read_idx(WHO, _file(folder, f"{part}-{what}", axes), axes) for what, axes in (("images", 3), ("labels", 1))
    )
    if max(images.shape[1:]) > LARGEST:
        raise InputError(
            f"{WHO}: expected pictures of at most {LARGEST} × {LARGEST} in {part}-images, got {_by(images)}; "
            f"make them smaller"
        )
    if len(images) != len(labels):
        raise InputError(
            f"{WHO}: expected one label for each picture, got {len(labels):,} labels for {len(images):,} pictures in "
            f"{part}; check that the files belong together"
        )
    if labels.max() > 9:
        raise InputError(
            f"{WHO}: expected labels from 0 to 9 in {part}-labels, got {labels.max()}; "
            f"take a set of ten classes, such as MNIST or Fashion-MNIST"
        )
    pixels = images[:, None].astype(np.float32)
    pixels /= 255
    return pixels, labels.astype(np.int64)


def _file(folder: Path, name: str, axes: int) -> Path:
    for mark in ("-", "."):
        for end in ("", ".gz"):
            path = folder / f"{name}{mark}idx{axes}-ubyte{end}"
            if path.exists():
                return path
    raise InputError(
        f"{WHO}: expected {name}-idx{axes}-ubyte, or the same with .gz, in {shown(str(folder))}, got no such file; "
        f"put it there"
    )


def _by(images: npt.NDArray[np.generic]) -> str:
    return " × ".join(map(str, images.shape[-2:]))
