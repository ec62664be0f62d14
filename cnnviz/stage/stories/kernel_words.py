"""What can be said of a kernel and of its answers: sentences chosen by the numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template, counted, say

Said = tuple[Template, dict[str, Any]]

_ALIKE = 0.1  # a sum that is so small a share of what is added up
_PADDED: dict[str, str] = {
    "zeros": "With a border of zeros, the map has {rows} × {columns} numbers.",
    "replicate": "With the rim repeated outside, the map has {rows} × {columns} numbers.",
    "reflect": "With the picture mirrored outside, the map has {rows} × {columns} numbers.",
    "circular": "With the far side outside, the map has {rows} × {columns} numbers.",
}


def title(kernel: Any) -> str:
    """Return the name of a kernel of the gallery, nothing for one of somebody's own."""
    return say(kernel.title) if kernel.source else ""


def settings(trace: Any) -> Said | None:
    """Say what padding, stride and dilation change; None if all have their defaults."""
    rows, columns = trace.output_shape[1:]
    size = {"rows": rows, "columns": columns}
    if max(trace.dilation) > 1:
        apart = max(trace.dilation)
        return "Weights {apart} cells apart: the map has {rows} × {columns} numbers.", {**size, "apart": apart}
    if max(trace.stride) > 1:
        return "Steps of {step} cells: the map has {rows} × {columns} numbers.", {**size, "step": max(trace.stride)}
    if any(side for pair in trace.padding for side in pair):
        return _PADDED[trace.padding_mode], size
    return None


def why(step: Any) -> Said:
    """Say why a step has the value it has, from the kernel's symmetry and signs.

    >>> from cnnviz.engine.trace import trace_conv
    >>> x, w = np.eye(3)[None, None], np.ones((1, 1, 3, 3))
    >>> why(trace_conv(x, w)[0])[0]
    'No weight is negative: the window is gathered into {result}.'
    """
    weights, values = step.weights[0], step.values[0]
    fields = {"result": step.result}
    if is_odd(weights):
        return _sides(weights, values, fields, ("left", "right"))
    if is_odd(weights.T):
        return _sides(weights.T, values.T, fields, ("above", "below"))
    if (weights >= 0).all():
        return "No weight is negative: the window is gathered into {result}.", fields
    return "What speaks for it and what against: together {result}, the strongest answer.", fields


def calm(trace: Any) -> Any:
    """Return the step whose two sides weigh most alike, of kernels that compare two sides; None if none do nearly."""
    weights = trace.weight[0, 0]
    shares = [abs(step.result) / (float(np.abs(step.products).sum()) or np.inf) for step in trace]
    shares = [share if step.products.any() else np.inf for share, step in zip(shares, trace, strict=True)]
    least = int(np.argmin(shares))
    return trace[least] if compares(weights) and shares[least] < _ALIKE else None


def alike(step: Any) -> Said:
    """Say that the two sides of a step weigh about the same."""
    if is_odd(step.weights[0]):
        return "Left and right weigh about the same: {result}, a small answer.", {"result": step.result}
    return "Above and below weigh about the same: {result}, a small answer.", {"result": step.result}


def compares(weights: NDArray[Any]) -> bool:
    """Tell whether weights compare two sides of their window."""
    return is_odd(weights) or is_odd(weights.T)


def is_odd(weights: NDArray[Any]) -> bool:
    """Tell whether the left half of weights takes away what the right half adds."""
    return bool(weights.any() and np.array_equal(weights[:, ::-1], -weights))


_SIDES = {
    ("left", True): "Bright on the left, dark on the right: the strongest answer, {result}.",
    ("right", True): "Dark on the left, bright on the right: the strongest answer, {result}.",
    ("above", True): "Bright above, dark below: the strongest answer, {result}.",
    ("below", True): "Dark above, bright below: the strongest answer, {result}.",
}


def _sides(weights: NDArray[Any], values: NDArray[Any], fields: dict[str, Any], names: tuple[str, str]) -> Said:
    half, share = weights.shape[1] // 2, np.abs(weights)
    first, second = (float((share[:, part] * values[:, part]).sum()) for part in (slice(half), slice(-half, None)))
    if first == second:
        return "Both sides are equally bright everywhere: no edge, and every answer is 0.", {}
    return _SIDES[names[0] if first > second else names[1], True], fields


def takeaway(weights: NDArray[Any], windows: int) -> Said:
    """Close with what the map says, by the signs of the weights."""
    count = counted("{count} window, {count} number", "{count} windows, {count} numbers", windows)
    if (weights >= 0).all():
        return "{count}: each says how bright its window is, weighted.", {"count": count}
    if is_odd(weights):
        return "{count}: large where left and right differ, small where they agree.", {"count": count}
    if is_odd(weights.T):
        return "{count}: large where above and below differ, small where they agree.", {"count": count}
    if abs(float(weights.sum())) < 1e-9 * float(np.abs(weights).sum()):
        return "{count}: a window of one brightness gives 0, whichever it is.", {"count": count}
    return "{count}: each says how much its window is like the kernel.", {"count": count}
