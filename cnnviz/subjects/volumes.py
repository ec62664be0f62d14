"""What the volumes of a network are about: every shape on the way, what made it, its numbers and its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import receptive_field
from cnnviz.engine.receptive_field import Size
from cnnviz.errors import OptionError
from cnnviz.subjects.network import PictureNetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, loaded
from cnnviz.subjects.seen import Seen, liveliest, read_by, see, shown_by
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
            got = f"{shape[0]:,} features" if len(shape) == 1 else " x ".join(map(str, shape))
            raise OptionError(
                f"{WHO}: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of "
                f"{got}; begin with 1x28x28 for instance"
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

    def window(self, index: int, cell: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Return the first cell that one of a block sees in the block before, and how many rows and columns.

        None where it sees all of it, or where cells see unlike many.

        >>> Volumes().window(1, (16, 16)), Volumes().window(2, (8, 8))
        (((15, 15), (3, 3)), ((16, 16), (2, 2)))
        """
        layers, (before, after) = self.network.network.children(), self.stations[index - 1 : index + 1]
        names = list(layers)
        own = names[names.index(before.layer) + 1 if before.layer else 0 : names.index(after.layer) + 1]
        seen = receptive_field([spec for name in own for spec in layers[name].layer_specs()])[-1]
        start, jump, size = map(_pair, (seen.start, seen.jump, seen.size))
        if not all(float(number).is_integer() for number in (*start, *jump, *size)):
            return None
        corner = int(start[0] + cell[0] * jump[0]), int(start[1] + cell[1] * jump[1])
        return corner, (int(size[0]), int(size[1]))

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


def _pair(size: Size) -> tuple[int | float, int | float]:
    rows, columns = size if isinstance(size, tuple) else (size, size)
    return rows, columns


def places(maps: NDArray[np.floating]) -> list[float]:
    """Return where each map lies in its block: 0 in front, 1 at the back.

    >>> places(np.array([[[0, 0]], [[0, 9]], [[0, 2]]]))
    [1.0, 0.0, 0.5]
    """
    ranks = np.argsort(liveliest(maps))
    return [rank / max(1, len(maps) - 1) for rank in ranks.tolist()]


def _liveliest_first(maps: NDArray[np.floating]) -> NDArray[np.floating]:
    """Sort maps by how much is in them; a line of numbers keeps its order."""
    return maps[liveliest(maps)] if maps.ndim == 3 else maps
