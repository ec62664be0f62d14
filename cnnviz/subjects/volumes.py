"""What the volumes of a network are about: every shape on the way, what made it, its values and its parameters."""

from __future__ import annotations

from cnnviz.errors import OptionError
from cnnviz.subjects.network import NetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, loaded
from cnnviz.subjects.station import WHO, fitting, stations_of

_SHARP = 224  # pixels of the picture on the first volume, at most


class Volumes(Subject):
    """A network as a row of shapes.

    Examples
    --------
    >>> subject = Volumes()
    >>> [station.label for station in subject.stations][:4]
    ['3 × 32 × 32', '16 × 32 × 32', '16 × 16 × 16', '32 × 16 × 16']
    >>> sum(station.parameters for station in subject.stations)
    23584
    """

    network = Option(NetworkKind(), "cnn-32", "A network by name, file, or as one line as for cnnviz shapes.")
    image = Option(PictureKind(), "photo:flower", "What to show on the first volume, if it has one slice or three.")

    def prepare(self) -> None:
        """Follow an example's shape through the network; no weights are made."""
        shape, self.name = self.network.input, self.network.name
        if len(shape) != 3:
            raise OptionError(
                f"{WHO}: expected a network that reads pictures (CHANNELSxROWSxCOLUMNS), got an input of "
                f"{shape[0]:,} features; begin with 1x28x28 for instance"
            )
        self.stations = fitting(stations_of(shape, self.network.network.children().values()))
        if len(self.stations) == 1:
            raise OptionError(f"{WHO}: expected layers that make another shape, got none; add a conv or a pool")
        self.picture = None
        if shape[0] in (1, 3):
            shrink = min(1.0, _SHARP / max(shape[1:]))
            size = (max(1, round(shape[1] * shrink)), max(1, round(shape[2] * shrink)))
            self.picture = loaded(self.image, size=size, channels="gray" if shape[0] == 1 else "rgb")

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(station.parameters for station in self.stations)
