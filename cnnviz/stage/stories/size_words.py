"""What is said of the places of a window."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, counted


def question(case: Any) -> tuple[Template, dict[str, Any]]:
    """Ask for the places of a window."""
    if case.dilation > 1:
        fields = {"dilation": case.dilation, "kernel": case.kernel}
        return "Dilation {dilation} spreads the {kernel} weights. In how many places can they lie?", fields
    if case.stride > 1:
        return "Now a step is {stride} cells long. In how many places does the window lie?", {"stride": case.stride}
    if case.padding[0]:
        one = "With {count} cell of padding on each side: how many places has a window of width {kernel}?"
        many = "With {count} cells of padding on each side: how many places has a window of width {kernel}?"
        return counted(one, many, case.padding[0]), {"kernel": case.kernel}
    said = "In how many places can a window of width {kernel} lie on a row of {width}?"
    return said, {"kernel": case.kernel, "width": case.width}


def taking(case: Any) -> Template:
    """Say what the first window takes and what it leaves."""
    return counted(
        "The first window takes {span} of {cells} cells; {count} is left to move on.",
        "The first window takes {span} of {cells} cells; {count} are left to move on.",
        case.room,
    )


def outcome(case: Any) -> tuple[Template, dict[str, Any]]:
    """Say what the steps that fit make, and what becomes of the rest."""
    if case.left_over:
        one = "Part of a step is no step: {steps} fit, and {count} cell at the end is never seen."
        many = "Part of a step is no step: {steps} fit, and {count} cells at the end are never seen."
        return counted(one, many, case.left_over), {"steps": case.out - 1}
    if case.out == case.width and any(case.padding):
        said = "{width} in, {out} out: padding gives back what the window takes away."
        return said, {"width": case.width, "out": case.out}
    one, many = "{count} step and the first place make {out}.", "{count} steps and the first place make {out}."
    return counted(one, many, case.out - 1), {"out": case.out}


def lost(rows: int, columns: int) -> tuple[Template, dict[str, Any]]:
    """Say what is left over at the end of the rows and columns."""
    if rows and columns:
        down = counted("{count} row", "{count} rows", rows)
        right = counted("{count} column", "{count} columns", columns)
        return "No further step fits: {down} and {right} at the end are never seen.", {"down": down, "right": right}
    if rows:
        row = "No further step fits: {count} row at the end is never seen."
        return counted(row, "No further step fits: {count} rows at the end are never seen.", rows), {}
    if columns:
        column = "No further step fits: {count} column at the end is never seen."
        return counted(column, "No further step fits: {count} columns at the end are never seen.", columns), {}
    return "The last window ends exactly at the border: nothing is left over.", {}
