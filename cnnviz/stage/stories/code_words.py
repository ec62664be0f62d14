"""What is said of a line of code, chosen by its layer."""

from __future__ import annotations

from typing import Any

from cnnviz.nn import Conv2d, Flatten, Linear
from cnnviz.stage.language import Template, counted
from cnnviz.subjects.code import Code, Line, Wrong

Said = tuple[Template, dict[str, Any]]


def of(code: Code, index: int) -> Said:
    """Say what a line is told and what it makes."""
    line = code.lines[index]
    layer, shape, learned = line.layer, line.part.shape, line.part.parameters
    first = not any(isinstance(each.layer, Conv2d) for each in code.lines[:index])
    match layer:
        case Conv2d() if first:
            rows, columns = layer.kernel_size
            told: Template = "A convolution is told: channels in, {read}, channels out, {filters}, kernel, {rows}."
            if rows != columns:
                told = "A convolution is told: channels in, {read}, channels out, {filters}, and its kernel."
            fields = {"read": layer.in_channels, "filters": layer.out_channels}
            return told, fields | ({"rows": rows} if rows == columns else {})
        case Conv2d():
            return "Channels in must be what came out above: {read}.", {"read": layer.in_channels}
        case Flatten():
            fields = dict(zip(("depth", "rows", "columns"), line.before, strict=True))
            return "{depth} × {rows} × {columns} become one line of {values}.", {**fields, "values": shape[0]}
        case Linear():
            fields = {"read": layer.in_features, "units": layer.out_features}
            return "It must name all that come in: {read}. And {units} go out.", fields
    if shape != line.before and len(shape) == 3 and shape[0] == line.before[0]:
        return "Rows and columns get fewer; the {channels} channels stay.", {"channels": shape[0]}
    if learned:
        return "The shape stays; {learned} numbers are learned.", {"learned": learned}
    return "The shape stays, and there is nothing to learn.", {}


def is_told(line: Line) -> bool:
    """Say whether a line names how much comes in."""
    return any(kind == "in" for _, kind in line.torch)


def again(lines: int, shape: str) -> Said:
    """Say that lines do what others did."""
    return counted("Again as above: {shape}.", "{count} lines as above: {shape}.", lines), {"shape": shape}


def wrong(found: Wrong) -> Said:
    """Say what is written wrong."""
    told: Template = "Suppose the line says {given}, where {needed} come in. What happens?"
    return told, {"given": found.given, "needed": found.needed}
