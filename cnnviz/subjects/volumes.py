"""What the volumes of a network are about: every shape on the way, what made it, its numbers and its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cnnviz.errors import OptionError
from cnnviz.subjects.network import PictureNetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, loaded
from cnnviz.subjects.seen import Seen, read_by, see, shown_by
from cnnviz.subjects.station import WHO, Station, fitting, stations_of, visits

_SHARP = 224  # pixels of the picture on the first volume, at most
MOST_MACS = 2_000_000_000  # multiplications, beyond which a picture is not sent through
MOST_DRAWN = 30_000_000  # random weights, at most


class Volumes(Subject):
    """A network as a row of shapes, and a picture on its way through.

    Examples
    --------
    >>> subject = Volumes()
    >>> [station.label for station in subject.stations][:4]
    ['3 × 32 × 32', '16 × 32 × 32', '16 × 16 × 16', '32 × 16 × 16']
    >>> sum(station.parameters for station in subject.stations)
    23584
    >>> subject.has_weights, [maps.shape for maps in subject.numbers][:2]
    (False, [(3, 32, 32), (16, 32, 32)])
    """

    network = Option(PictureNetworkKind(), "cnn-32", "A network by name, file, or as one line as for cnnviz shapes.")
    image = Option(PictureKind(), "photo:flower", "What to show on the first volume, if it has one slice or three.")

    def prepare(self) -> None:
        """Follow an example's shape through the network; no weights are made."""
        shape, self.name = self.network.input, self.network.name
        if len(shape) != 3:
            raise OptionError(
                f"{WHO}: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of "
                f"{shape[0]:,} features; begin with 1x28x28 for instance"
            )
        self.stations = fitting(stations_of(shape, self.network.network.children()))
        if len(self.stations) == 1:
            raise OptionError(f"{WHO}: expected layers that make another shape, got none; add a conv or a pool")
        self.picture = None
        if self.network.is_row:
            self.picture = read_by(self.network, shown_by(self, self.network))
        elif shape[0] in (1, 3):
            shrink = min(1.0, _SHARP / max(shape[1:]))
            size = (max(1, round(shape[1] * shrink)), max(1, round(shape[2] * shrink)))
            self.picture = loaded(self.image, size=size, channels="gray" if shape[0] == 1 else "rgb")

    @property
    def visits(self) -> list[tuple[list[int], bool]]:
        """Which stations to visit at a time, and whether such a step was seen before."""
        return visits(self.stations)

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(station.parameters for station in self.stations)

    @property
    def has_weights(self) -> bool:
        """Whether the network brings its weights along; random ones are drawn where it does not."""
        return all(one.values is not None for one in self.network.network.parameters().values())

    @cached_property
    def numbers(self) -> tuple[NDArray[np.floating], ...] | None:
        """What each station holds when the picture is sent through, the liveliest maps first.

        None where there is no picture for the input, or too much to compute.
        """
        known, picture = self.network, self.picture
        drawn = 0 if self.has_weights else self.parameters
        if picture is None or picture.values.shape != known.input or drawn > MOST_DRAWN:
            return None
        if known.network.macs(known.input) > MOST_MACS:
            return None
        return maps_at(self.stations, see(known, shown_by(self, known)))


def maps_at(stations: Sequence[Station], seen: Seen) -> tuple[NDArray[np.floating], ...]:
    """Return what each station holds, its liveliest maps first."""
    made = [seen.maps(station.layer) for station in stations[1:]]
    return seen.picture.values, *(_liveliest_first(maps) for maps in made)


def _liveliest_first(maps: NDArray[np.floating]) -> NDArray[np.floating]:
    """Sort maps by how much is in them; a line of numbers keeps its order."""
    if maps.ndim != 3:
        return maps
    spread = maps.std(axis=(1, 2))
    return maps[np.argsort(-spread, kind="stable")]
