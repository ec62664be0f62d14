"""What is said about the shapes on the way through a network, with every number taken from them."""

from __future__ import annotations

from cnnviz.subjects.station import Station
from cnnviz.subjects.volumes import Volumes


def opening(subject: Volumes) -> str:
    """Ask what the lesson answers."""
    return f"What becomes of a picture on its way through {_name(subject)}? Follow its shape: depth × rows × columns."


def first(subject: Volumes, scale: str) -> str:
    """Describe what goes in."""
    station = subject.stations[0]
    what = {1: "one slice of gray", 3: "three slices of color"}.get(station.shape[0], f"{station.shape[0]} slices")
    return f"The picture is {what}: {station.label} = {station.values:,} values. Boxes: {scale}."


def made(before: Station, after: Station) -> str:
    """Explain what made a volume, the first time it happens."""
    if after.kind == "conv" and len(after.made_by) == 1:
        return (
            f"A convolution makes one map for each filter: {after.shape[0]} filters, so the depth is {after.shape[0]}."
        )
    if after.kind == "pool" and len(after.made_by) == 1:
        return f"Pooling makes maps smaller, {_plane(before)} to {_plane(after)}, and leaves the depth as it is."
    if after.kind == "flatten":
        return (
            f"Flatten writes all {after.values:,} values in one line: still the same numbers, but no rows and columns."
        )
    if after.kind == "dense":
        return (
            f"Dense layers join all numbers to all others: {after.parameters:,} parameters for {after.values:,} values."
        )
    size = "the maps keep their size" if before.shape[1:] == after.shape[1:] else f"{_plane(before)} to {_plane(after)}"
    depth = f"the depth goes from {before.shape[0]} to {after.shape[0]}"
    return f"{' and '.join(after.heads).capitalize()}: {size}, and {depth}."


def counts(subject: Volumes) -> str:
    """Compare values and parameters."""
    stations, total = subject.stations, subject.parameters
    most, weights = max(stations, key=lambda s: s.values), max(stations, key=lambda s: s.parameters)
    if not total:
        return f"No layer has parameters to learn. Most values are in {most.label}: {most.values:,}."
    share = f"All {total:,}" if weights.parameters == total else f"{weights.parameters:,} of {total:,}"
    return f"{most.label} has the most values, {most.values:,}. {share} parameters make {weights.label}."


def takeaway(subject: Volumes) -> str:
    """Close with the answer: what the shapes do from the first volume to the last."""
    volumes = [station for station in subject.stations if len(station.shape) == 3]
    start, end = volumes[0], volumes[-1]
    if start.shape[1:] > end.shape[1:] and end.shape[0] > start.shape[0]:
        ends = f"From {start.label} to {end.label}"
        return f"{ends}: wide and shallow becomes small and deep, fewer places and more features."
    return f"From {start.label} to {end.label}: every layer has its shape, and shapes decide values and parameters."


def _plane(station: Station) -> str:
    return " × ".join(map(str, station.shape[1:]))


def _name(subject: Volumes) -> str:
    return subject.name if subject.name != "cnn-32" else "a small network"
