"""What a network makes of a picture: every number on the way to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Picture, load_sequence
from cnnviz.engine import softmax
from cnnviz.errors import OptionError
from cnnviz.nn import Layer, Record, Sequential, check_size
from cnnviz.subjects.few import evenly
from cnnviz.subjects.network import KnownNetwork
from cnnviz.subjects.option import Subject
from cnnviz.subjects.picture import Source, loaded

Floats = NDArray[np.floating]
Tell = Callable[[str], None]
SMALLEST_MAP = 3  # cells a side, or of a row: what is smaller shows nothing
MOST_STAGES = 5


@dataclass(frozen=True, eq=False)
class Seen:
    """A picture as a network reads it, and what each layer made of it.

    Attributes
    ----------
    known, image
        What was asked for.
    network : Sequential
        With weights.
    learned : bool
        Whether these came with it; random ones are drawn where none did.
    picture : Picture
        Of the size that the network reads.
    record : Record
        What went into and came out of every layer, for a batch of one.

    Examples
    --------
    >>> from cnnviz.subjects.network import NetworkKind
    >>> seen = see(NetworkKind().read("network", "tiny-cnn"), "digit:5")
    >>> seen.answer, seen.called(seen.answer), seen.stages
    (5, '5', ('relu1', 'relu2'))
    """

    known: KnownNetwork
    image: Source
    network: Sequential
    learned: bool
    picture: Picture
    record: Record

    @property
    def shares(self) -> Floats | None:
        """How sure it is of each class, adding up to 1; None where it chooses none for the whole picture."""
        scores = self.record.output[0].astype(float)
        if scores.ndim != 1 or scores.size < 2:
            return None
        given = bool((scores >= 0).all() and abs(scores.sum() - 1) < 1e-4)
        shares: Floats = scores if given else softmax(scores[None])[0]
        return shares

    @property
    def answer(self) -> int | None:
        """The class with the largest share."""
        return None if self.shares is None else int(self.shares.argmax())

    def called(self, number: int) -> str:
        """Name a class: as the network does, or by its number."""
        classes = self.network.classes
        return classes[number] if number < len(classes) else str(number)

    def maps(self, layer: str) -> Floats:
        """Return what came out of a layer, without the batch axis."""
        maps: Floats = self.record[layer].output[0]
        return maps

    @property
    def stages(self) -> tuple[str, ...]:
        """The layers worth a look: what is made of each convolution; of many, the last at each size, at most five."""
        found: list[tuple[str, Record]] = []
        begun = False
        for name, one in layers(self.record):
            if one.output.ndim != 4 or shortest(one.output.shape[2:]) < SMALLEST_MAP:
                continue
            if _has_filters(one):
                found.append((name, one))
                begun = True
            elif begun and one.output.shape[2:] == found[-1][1].output.shape[2:]:
                found[-1] = name, one
            else:
                begun = False
        if len(found) > MOST_STAGES:
            found = [list(group)[-1] for _, group in groupby(found, key=lambda pair: pair[1].output.shape[2:])]
        return tuple(name for name, _ in evenly(found, MOST_STAGES))


def shortest(size: tuple[int, ...]) -> int:
    """Return the cells along the shorter side of maps; of one row, its cells.

    >>> shortest((7, 9)), shortest((1, 9)), shortest((1, 1))
    (7, 9, 1)
    """
    return max(size) if min(size) == 1 else min(size)


def liveliest(maps: Floats) -> NDArray[np.intp]:
    """Return the places of maps, that with most in it first.

    >>> liveliest(np.array([[[0, 0]], [[0, 9]], [[0, 2]]])).tolist()
    [1, 2, 0]
    """
    return np.argsort(-maps.std(axis=(1, 2)), kind="stable")


def layers(record: Record, path: str = "") -> Iterator[tuple[str, Record]]:
    """Give the record of each layer inside by its full name; what is made of others comes after them.

    >>> from cnnviz.nn import zoo
    >>> record = zoo.tiny_cnn(pretrained=True).forward(np.zeros((1, 1, 8, 8), np.float32), True)
    >>> [name for name, _ in layers(record)][:3]
    ['conv1', 'relu1', 'conv2']
    """
    for inner in record.inside:
        name = f"{path}.{inner.name}" if path else inner.name
        yield from layers(inner, name)
        yield name, inner


def see(known: KnownNetwork, image: Source, tell: Tell | None = None) -> Seen:
    """Bring a picture to a network and send it through; asked again for the same, the numbers are there.

    Parameters
    ----------
    known, image
        The network and the picture; photographs get the network's size, and numbers from 0 to 1.
    tell : callable, optional
        Called with the name of each layer before it computes.

    Raises
    ------
    OptionError
        If it reads no pictures.
    InputError
        If there is no such picture, or the numbers would take too much memory.
    """
    if not (_last and _last[0].known is known and _last[0].image == image):
        _last[:] = [_computed(known, image, tell)]
    return _last[0]


_last: list[Seen] = []
"""A lecture asks the same of one network again and again."""


def _computed(known: KnownNetwork, image: Source, tell: Tell | None) -> Seen:
    shape, network = known.input, known.network
    check_pictures(known, rows=True)
    check_size("network", network, shape)
    picture = read_by(known, image)
    learned = all(one.values is not None for one in network.parameters().values())
    if not learned:
        network = deepcopy(network)
        network.initialize(0)
    x = fed(network, picture.values[None] / picture.peak)
    return Seen(known, image, network, learned, picture, network.forward(x, True, tell=tell))


def read_by(known: KnownNetwork, image: Source) -> Picture:
    """Load what a network reads, a picture or a sequence, in its size."""
    channels, rows, columns = known.input
    if known.is_row:
        return image if isinstance(image, Picture) else load_sequence(image, channels, columns)
    return loaded(image, size=(rows, columns), channels="gray" if channels == 1 else "rgb")


def shown_by(subject: Subject, known: KnownNetwork) -> Any:
    """Return the picture that was asked for; where none was, and the network reads sequences, a heartbeat."""
    image = vars(subject)["image"]
    return "heartbeat" if known.is_row and image == type(subject).options["image"].default else image


def fed(network: Sequential, pictures: Floats) -> Floats:
    """Return pictures from 0 to 1 as a network reads them: its kind of numbers, normalized where it says how."""
    kinds = {one.array("network").dtype for one in network.parameters().values()} or {np.dtype(np.float32)}
    x: Floats = pictures.astype(min(kinds))
    return x if network.normalization is None else network.normalization.apply(x)


def check_pictures(known: KnownNetwork, *, rows: bool = False) -> None:
    """Refuse a network that reads something else than pictures, gray or in color, or with ``rows`` sequences."""
    axes = "CHANNELSxROWSxCOLUMNS, with 1 channel or 3"
    kinds = {1: "features", 2: "a sequence", 3: "maps of another number of channels", 4: "a volume"}
    if (rows and known.is_row) or (len(known.input) == 3 and known.input[0] in (1, 3) and not known.is_row):
        return
    expected = f"pictures ({axes}) or sequences (CHANNELSxLENGTH)" if rows else f"pictures ({axes})"
    kind = "a sequence" if known.is_row else kinds[len(known.input)]
    raise OptionError(
        f"network: expected one that reads {expected}, got {known.name}, which reads {'x'.join(map(str, known.reads))}"
        f": {kind}; its layers are in cnnviz summary"
    )


def _has_filters(record: Record) -> bool:
    """Say whether a layer slides filters of its own over maps."""
    layer = record.layer
    return isinstance(layer, Layer) and not layer.children() and any(len(p.shape) > 2 for p in layer.own.values())
