"""What a forward pass is about: one picture on its way through a network, and one held-out digit that it gets wrong."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from cnnviz.data import Picture, digits
from cnnviz.data.digits import PEAK
from cnnviz.data.pattern import TABLES
from cnnviz.data.split import digits_split
from cnnviz.engine import softmax
from cnnviz.errors import InputError, OptionError
from cnnviz.subjects.inside import Inside
from cnnviz.subjects.network import KnownNetwork
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, Source, loaded
from cnnviz.subjects.reading import Floats, follow
from cnnviz.subjects.seen import Seen, see
from cnnviz.subjects.station import fitting, stations_of

SIDE = 8
_WHO = "forward"


class Forward(Subject):
    """A picture on its way through a network.

    Attributes
    ----------
    seen : Seen
        The picture, and what the network makes of it.
    stations : tuple of Station
        The shapes on the way.
    thread : Thread
        One number of each layer.
    label : int or None
        The digit it is, where that is known.
    held_out : bool
        Whether the picture is one of the digits that are kept for testing.
    mistake : (Seen, int) or None
        The held-out digit that a network for digits gets wrong with the largest share, and what it is.
    misread, asked : int
        How many held-out digits it gets wrong, and how many there are.
    wrong : tuple of int
        Their places among them; the first is that of ``mistake``, if there is one.

    Examples
    --------
    >>> subject = Forward()
    >>> subject.seen.picture.name, subject.seen.answer, subject.label, subject.held_out
    ('digit 5', 5, 5, True)
    >>> subject.mistake[0].answer, subject.mistake[1], subject.misread, subject.asked
    (3, 9, 3, 355)
    """

    image = Option(PictureKind(), None, "A picture; digit:5 for a network of 8 x 8, else photo:flower, if left out.")
    network = Inside.network

    def prepare(self) -> None:
        """Load, check and compute."""
        known, self.label, self.held_out = self.network, None, False
        self.mistake: tuple[Seen, int] | None = None
        self.misread = self.asked = 0
        self.wrong: tuple[int, ...] = ()
        reads_digits = known.input == (1, SIDE, SIDE)
        usual = "digit:5" if reads_digits else "heartbeat" if known.is_row else "photo:flower"
        image: Source = usual if self.image is None else self.image
        if reads_digits:
            ink = _ink(_load(image))
            known_digits = np.flatnonzero((digits().images == ink.values[0]).all(axis=(1, 2)))
            self.label = int(digits().labels[known_digits[0]]) if len(known_digits) else None
            image = ink
        self.seen = see(known, image)
        self.stations = fitting(stations_of(known.input, known.network.children()), _WHO)
        self.thread = follow(self.seen.record, self.seen.answer)
        if reads_digits and self.seen.learned and self.seen.record.output.shape == (1, 10):
            self._test(known, self.seen.picture.values[0])

    @property
    def answer(self) -> int | None:
        """The class with the largest share; None where what comes out stands for no classes."""
        chooses = self.thread.dense is not None or bool(self.network.network.classes)
        return self.seen.answer if chooses else None

    @property
    def acts(self) -> list[tuple[str, list[int]]]:
        """What there is to see of the stations behind the first, neighbors with the same taken together.

        A window at work ("window"), maps that become a line ("flatten"), a score ("score"), or nothing much ("").
        """
        at_work = {self.station_of(look.layer) for look in (*self.thread.convs, self.thread.pool) if look is not None}

        def act(index: int) -> str:
            kind = self.stations[index].kind
            if index in at_work:
                return "window"
            if kind == "flatten" and self.thread.flattened is not None:
                return "flatten"
            is_last = index == len(self.stations) - 1
            return "score" if is_last and kind == "dense" and self.thread.dense is not None else ""

        return [(kind, list(run)) for kind, run in groupby(range(1, len(self.stations)), act)]

    def station_of(self, layer: str) -> int:
        """Return the station that a layer is part of."""
        names = list(self.network.network.children())
        ends = [names.index(one.layer) for one in self.stations[1:]]
        return next(index for index, end in enumerate(ends, 1) if names.index(layer) <= end)

    def called(self, number: int | None) -> str:
        """Name a class."""
        return "" if number is None else self.seen.called(number)

    def _test(self, known: KnownNetwork, ink: Floats) -> None:
        """Let the network read all held-out digits, and keep the wrong one of which it is most sure."""
        test = digits_split().test
        self.held_out = bool((test.images[:, 0] * PEAK == ink).all(axis=(1, 2)).any())
        kind = self.seen.record.input.dtype
        shares = softmax(known.network.forward(test.images.astype(kind)))
        wrong = np.flatnonzero(shares.argmax(axis=1) != test.labels)
        self.asked, self.misread, self.wrong = len(test), len(wrong), tuple(wrong.tolist())
        shown = [place for place in wrong.tolist() if not np.array_equal(test.images[place, 0] * PEAK, ink)]
        if shown and 2 * self.misread < self.asked:
            worst = max(shown, key=lambda place: float(shares[place].max()))
            label = int(test.labels[worst])
            self.wrong = (worst, *(place for place in self.wrong if place != worst))
            picture = Picture(test.images[worst] * float(PEAK), float(PEAK), f"digit {label}")
            self.mistake = see(known, picture), label


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


def _ink(picture: Picture) -> Picture:
    """Bring a picture to ink from 0 to 16, light on dark."""
    values = picture.values
    if picture.peak == PEAK:
        return picture
    low, high = values.min(), values.max()
    if low == high:
        raise InputError(
            f"{_WHO}: expected a picture with something on it, got {picture.name}, which is one even gray; "
            f"choose another one"
        )
    border = np.concatenate([values[0, 0], values[0, -1], values[0, 1:-1, 0], values[0, 1:-1, -1]])
    turned = bool(border.mean() > (low + high) / 2)
    shares = (high - values if turned else values - low) / (high - low)
    return Picture(np.rint(shares * PEAK), float(PEAK), picture.name)
