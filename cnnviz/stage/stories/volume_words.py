"""What can be said of the shapes on the way through a network: sentences chosen by the shapes."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.stage.language import Template, counted
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.subjects.station import Station


def made(before: Station, after: Station) -> Said:
    """Say what made a block."""
    alone, (depth, *plane) = len(after.made_by) == 1, after.shape
    if after.kind == "flatten":
        return "Flatten writes the same {values} numbers into one line.", {"values": after.values}
    shapes = {"before": before.label, "after": after.label}
    if not plane and after.kind == "dense":
        return "All numbers are joined to all others: {values} come out.", {"values": after.values}
    if not plane:
        return "From {before} to {after}.", shapes
    if alone and after.kind == "conv":
        one, many = "One filter makes one map.", "{depth} filters make {depth} maps: the block is {depth} deep."
        return counted(one, many, depth), {"depth": depth}
    if alone and after.kind == "pool":
        sentence = "Pooling leaves {rows} × {columns} of each map; the depth of {depth} stays."
        return sentence, dict(zip(("depth", "rows", "columns"), after.shape, strict=True))
    if depth > before.shape[0] and max(plane) < max(before.shape[1:]):
        return "Deeper and smaller at once: {before} becomes {after}.", shapes
    if depth > before.shape[0]:
        return "Filters make it deeper: {before} becomes {after}.", shapes
    return "From {before} to {after}.", shapes


def again(pairs: Sequence[tuple[Station, Station]]) -> Said:
    """Say what further steps do that are known already."""
    deeper = all(b.shape[0] > a.shape[0] for a, b in pairs if b.kind == "conv")
    smaller = all(max(b.shape[1:], default=0) < max(a.shape[1:]) for a, b in pairs if b.kind == "pool")
    if {b.kind for _, b in pairs} == {"conv", "pool"} and deeper and smaller:
        return "Again and again: each convolution adds depth, each pooling takes places away.", {}
    ends = {"before": pairs[0][0].label, "after": pairs[-1][1].label}
    return "The same steps again: {before} becomes {after}.", ends


def parameters(weights: Station, *, same: bool) -> Template:
    """Say where most parameters are: with the most numbers or elsewhere."""
    if same:
        return "Most parameters make the same block: {parameters} for {label}."
    if len(weights.shape) == 1:
        return "Parameters are elsewhere: {parameters} of them lead to {label} numbers."
    return "Parameters are elsewhere: {parameters} of them make {label}."


def takeaway(stations: Sequence[Station]) -> Template:
    """Close with what the shapes do from the first block to the last."""
    shapes = [one.shape for one in stations if len(one.shape) == 3]
    start, end = shapes[0], shapes[-1]
    if max(start[1:]) > max(end[1:]) and end[0] > start[0]:
        return "Wide and shallow becomes small and deep: fewer places, more features."
    return "Every layer sets a shape, and the shape says how many numbers there are."
