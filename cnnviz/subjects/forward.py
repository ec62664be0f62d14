"""What a forward pass is about: one picture that the network reads, and one held-out digit that it gets wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz.data import Picture, digits
from cnnviz.data.digits import PEAK
from cnnviz.data.pattern import TABLES
from cnnviz.data.split import Examples, digits_split
from cnnviz.engine import softmax
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import Sequential, zoo
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, Source, loaded
from cnnviz.subjects.reading import Floats, Reading, read

SIDE = 8
ALIKE = 6  # training digits to compare a misread one with
_WHO = "forward"


@dataclass(frozen=True)
class Weights:
    """A file of weights that ``cnnviz train`` wrote."""

    metavar: str = "FILE.npz"

    def read(self, name: str, value: Any) -> str | Path:
        """Take a path; what is in the file is looked at by who loads it."""
        if isinstance(value, str | Path):
            return value
        raise OptionError(f"{name}: expected the path of a file of weights, got {type(value).__name__}")

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: paths are typed."""
        return ()


class Forward(Subject):
    """A picture, a misread digit, and the training digits that look most like it.

    Attributes
    ----------
    name : str
        What the picture is called.
    reading : Reading
        The picture through the network.
    held_out : bool
        Whether the picture is one of the digits that are kept for testing.
    turned : bool
        Whether it was dark ink on light paper, and was turned around.
    mistake : Reading or None
        The held-out digit that the network gets wrong with the largest share; None if it gets none wrong.
    misread, asked : int
        How many held-out digits it gets wrong, and how many there are.
    alike : Examples
        The training digits nearest to the misread one, pixel by pixel, the nearest first; their images are ink.

    Examples
    --------
    >>> subject = Forward()
    >>> subject.name, subject.reading.answer, subject.held_out
    ('digit 5', 5, True)
    >>> subject.mistake.right, subject.misread, subject.asked
    (False, 3, 355)
    """

    image = Option(PictureKind(), "digit:5", "A digit, or a picture that is made 8 x 8, dark on light or not.")
    network = Option(Weights(), None, "Weights that cnnviz train wrote; those that ship with cnnviz if left out.")

    def prepare(self) -> None:
        """Load, check and compute."""
        built = zoo.tiny_cnn(pretrained=self.network is None)
        if self.network is not None:
            built.load(self.network)
        picture = _load(self.image)
        ink, self.turned = _ink(picture)
        known = np.flatnonzero((digits().images == ink).all(axis=(1, 2)))
        label = int(digits().labels[known[0]]) if len(known) else None
        test = digits_split().test
        self.name, self.asked = picture.name, len(test)
        self.held_out = bool((test.images[:, 0] * PEAK == ink).all(axis=(1, 2)).any())
        self.mistake, self.misread = _mistake(built, test, avoid=ink)
        self.reading = read(built, ink, label)
        self.alike = _alike(digits_split().train, self.reading.ink if self.mistake is None else self.mistake.ink)


def _load(image: Source) -> Picture:
    exact = isinstance(image, str) and (image.startswith("digit:") or image in TABLES)
    picture = loaded(image, size=None if exact else (SIDE, SIDE))
    if picture.values.shape[1:] != (SIDE, SIDE):
        got = " x ".join(map(str, picture.values.shape[1:]))
        raise OptionError(
            f"{_WHO}: expected a picture of {SIDE} x {SIDE}, which the network reads, got {picture.name} of {got}; "
            f"choose a digit or a file"
        )
    return picture


def _ink(picture: Picture) -> tuple[Floats, bool]:
    """Bring a picture to ink from 0 to 16; say whether it was dark on light and had to be turned around."""
    values = picture.values[0]
    if picture.peak == PEAK:
        return values, False
    low, high = values.min(), values.max()
    if low == high:
        raise InputError(
            f"{_WHO}: expected a picture with something on it, got {picture.name}, which is one even gray; "
            f"choose another one"
        )
    border = np.concatenate([values[0], values[-1], values[1:-1, 0], values[1:-1, -1]])
    turned = bool(border.mean() > (low + high) / 2)
    shares = (high - values if turned else values - low) / (high - low)
    return np.rint(shares * PEAK), turned


def _mistake(network: Sequential, test: Examples, *, avoid: Floats) -> tuple[Reading | None, int]:
    """Return the misread digit of which the network is most sure, and how many it misreads."""
    shares = softmax(network.forward(test.images.astype(next(iter(network.parameters().values())).array(_WHO).dtype)))
    wrong = np.flatnonzero(shares.argmax(axis=1) != test.labels)
    shown = [place for place in wrong.tolist() if not np.array_equal(test.images[place, 0] * PEAK, avoid)]
    if not shown:
        return None, len(wrong)
    worst = max(shown, key=lambda place: float(shares[place].max()))
    return read(network, test.images[worst, 0] * PEAK, int(test.labels[worst])), len(wrong)


def _alike(train: Examples, ink: Floats) -> Examples:
    """Return the examples nearest to a picture by the sum of squared differences, as ink."""
    far = ((train.images[:, 0] * PEAK - ink) ** 2).sum(axis=(1, 2))
    nearest = train.take(np.argsort(far, kind="stable")[:ALIKE])
    return Examples(nearest.images[:, 0] * PEAK, nearest.labels)
