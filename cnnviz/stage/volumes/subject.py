"""What the volumes of a network are about: every shape on the way, what made it, its values and its parameters.

Made from what a user types, checked before anything heavy is loaded; no weights are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnviz.data import Picture, load_image
from cnnviz.errors import OptionError
from cnnviz.nn import parse_network, zoo
from cnnviz.stage.layout import SMALLEST
from cnnviz.stage.volumes.station import ROOM, WHO, Station, fitting, row_width, stations_of

DEFAULT = "cnn-32"
_SHARP = 224  # pixels of the picture on the first volume, at most


@dataclass(frozen=True, eq=False)
class ShapesSubject:
    """A network as a row of shapes.

    Examples
    --------
    >>> subject = ShapesSubject.from_options()
    >>> [station.label for station in subject.stations][:4]
    ['3 × 32 × 32', '16 × 32 × 32', '16 × 16 × 16', '32 × 16 × 16']
    >>> sum(station.parameters for station in subject.stations)
    23584
    """

    name: str
    stations: tuple[Station, ...]
    picture: Picture | None

    @classmethod
    def from_options(cls, network: str | None = None, image: str | Path | None = None) -> ShapesSubject:
        """Read a network and follow an example's shape through it.

        Parameters
        ----------
        network : str, optional
            A name such as ``vgg16``, or a network in one line as for ``cnnviz shapes``; ``cnn-32`` if omitted.
        image : str or Path, optional
            What to show on the first volume, if it has one slice or three; ``photo:flower`` if omitted.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        text = DEFAULT if network is None else network
        if ">" in text:
            shape, built = parse_network(text)
            name = "your network"
        else:
            entry = zoo.find(WHO, text)
            shape, built, name = entry.input, entry.build(), text.lower().replace("_", "-")
        if len(shape) != 3:
            raise OptionError(
                f"{WHO}: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of "
                f"{shape[0]:,} features; begin with 1x28x28 for instance"
            )
        stations = fitting(stations_of(shape, built.children().values()))
        if len(stations) == 1:
            raise OptionError(f"{WHO}: expected layers that make another shape, got none; add a conv or a pool")
        if row_width(stations, SMALLEST) > ROOM:
            raise OptionError(
                f"{WHO}: expected shapes and numbers that fit side by side, got {len(stations)} volumes up to "
                f"{max((s.label for s in stations), key=len)}; leave layers out or make them smaller"
            )
        picture = None
        if shape[0] in (1, 3):
            shrink = min(1.0, _SHARP / max(shape[1:]))
            size = (max(1, round(shape[1] * shrink)), max(1, round(shape[2] * shrink)))
            source = "photo:flower" if image is None else image
            picture = load_image(source, size=size, channels="gray" if shape[0] == 1 else "rgb")
        return cls(name, stations, picture)

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(station.parameters for station in self.stations)
