"""How wide the stations of a shape are beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cnnviz.errors import OptionError
from cnnviz.stage.font import font
from cnnviz.stage.layout import SMALLEST
from cnnviz.subjects.station import WHO, Station

ROOM, GAP = 1114, 14  # pixels for the row, and between neighbors


def check_room(stations: Sequence[Station]) -> None:
    """Refuse stations whose texts do not fit side by side at the smallest type size."""
    if row_width(stations, SMALLEST) > ROOM:
        raise OptionError(
            f"{WHO}: expected shapes and numbers that fit side by side, got {len(stations)} volumes up to "
            f"{max((s.label for s in stations), key=len)}; leave layers out or make them smaller"
        )


def row_width(stations: Iterable[Station], size: float) -> float:
    """Return how wide the texts of a row are at a type size, side by side with a gap between them, all in pixels."""
    columns = [column_width(station, size) for station in stations]
    return sum(columns) + GAP * (len(columns) - 1)


def column_width(station: Station, size: float) -> float:
    """Return how wide the widest text of a station is at a type size, both in pixels."""
    face = font("Regular")
    return max(float(face.lay_out(text)[1]) for text in station.texts) * size
