"""Operators that move cells about or take them together over axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnviz.nn.arithmetic import Arithmetic
from cnnviz.nn.cutting import Pad, Slice, Take
from cnnviz.nn.dense import Flatten
from cnnviz.nn.layer import Layer
from cnnviz.nn.onnx_import.node import Node
from cnnviz.nn.pointwise import Curve
from cnnviz.nn.pool import GlobalAvgPool2d
from cnnviz.nn.reduce import Reduce
from cnnviz.nn.resize import Resize
from cnnviz.nn.shaping import Expand, Permute, Reshape

_Made = list[tuple[str, Layer]]
_Part = tuple[str, Callable[[], Layer]]


def _reshape(node: Node) -> _Made:
    """Whatever the operator is called: the same cells in another shape."""
    if node.shape == node.shapes[0]:
        return []
    return [("flatten", Flatten())] if len(node.shape) == 1 else [("reshape", Reshape(node.shape))]


def _transpose(node: Node) -> _Made:
    rank = len(node.shapes[0]) + 1
    perm = tuple(node.attributes.get("perm", range(rank)[::-1]))
    if perm[0] != 0:
        raise ValueError("expected the examples to stay in front; leave this part out")
    return [] if perm == tuple(range(rank)) else [("permute", Permute(perm[1:]))]


def _list(node: Node, slot: int, name: str) -> list[int] | None:
    """Read a list of whole numbers, an input since newer opsets, an attribute before."""
    if slot in node.weights:
        return [int(each) for each in node.weights[slot].reshape(-1)]
    return list(node.attributes[name]) if name in node.attributes else None


def _slice(node: Node) -> _Made:
    starts, stops = _list(node, 1, "starts"), _list(node, 2, "ends")
    if starts is None or stops is None:
        raise ValueError("expected where it starts and ends as constants; export it anew")
    axes = _list(node, 3, "axes") or list(range(len(starts)))
    steps = _list(node, 4, "steps") or [1] * len(starts)
    rank = len(node.shapes[0]) + 1
    kept = [range(size) for size in (node.batch, *node.shapes[0])]
    for axis, start, stop, step in zip(axes, starts, stops, steps, strict=True):
        kept[axis % rank] = kept[axis % rank][start:stop:step]
    if kept[0] != range(node.batch):
        raise ValueError("expected all examples to be kept; leave this part out")
    return _cut(node, kept[1:])


def _cut(node: Node, kept: list[range]) -> _Made:
    if kept == [range(size) for size in node.shapes[0]]:
        return []
    return [("slice", Slice([(cells.start, None if cells.stop < 0 else cells.stop, cells.step) for cells in kept]))]


def _split(node: Node) -> _Made:
    axis = node.attributes.get("axis", 0) % (len(node.shapes[0]) + 1)
    if axis < 1:
        raise ValueError("expected the examples to stay together; leave this part out")
    parts = _list(node, 1, "split")
    size = node.shapes[0][axis - 1]
    if parts is None:
        ways = node.attributes.get("num_outputs")
        each = -(-size // ways) if ways else node.shape[axis - 1]
        start = each * node.index
    else:
        start = sum(parts[: node.index])
    kept = [range(size) for size in node.shapes[0]]
    kept[axis - 1] = range(start, start + node.shape[axis - 1])
    return _cut(node, kept)


def _gather(node: Node) -> _Made:
    if node.attributes.get("axis") == "cells":  # of the whole example, as the walk found
        return _gathered(node)
    axis = node.attributes.get("axis", 0) % (len(node.shapes[0]) + 1)
    cells = node.weights[1]
    if axis < 1 or cells.size == 0 or node.slots[0] != 0:
        raise ValueError("expected cells picked along an axis of each example; leave this part out")
    taken: _Made = [("take", Take(axis, tuple(cells.reshape(-1).tolist()), cells.ndim > 0))]
    return taken if cells.ndim < 2 else [*taken, ("reshape", Reshape(node.shape))]


def _gathered(node: Node) -> _Made:
    cells = node.weights[1].reshape(-1)
    made: _Made = [] if len(node.shapes[0]) == 1 else [("flatten", Flatten())]
    if not np.array_equal(cells, np.arange(np.prod(node.shapes[0]))):
        made.append(("take", Take(1, tuple(cells.tolist()))))
    return [*made, *([] if len(node.shape) == 1 else [("reshape", Reshape(node.shape))])]


def _pad(node: Node) -> _Made:
    pads = _list(node, 1, "pads")
    rank = len(node.shapes[0]) + 1
    if pads is None:
        raise ValueError("expected constant pads; export it anew")
    axes = [axis % rank for axis in (_list(node, 3, "axes") or range(rank))]
    pairs = [(0, 0)] * rank
    for axis, before, after in zip(axes, pads[: len(axes)], pads[len(axes) :], strict=True):
        pairs[axis] = (before, after)
    if pairs[0] != (0, 0):
        raise ValueError("expected no padding between examples; leave this part out")
    value = node.weights[2].reshape(-1)[0] if 2 in node.weights else node.attributes.get("value", 0.0)
    if not any(map(any, pairs)):
        return []
    return [("pad", Pad(tuple(pairs[1:]), node.attributes.get("mode", "constant"), float(value)))]


def _resize(node: Node) -> _Made:
    old = node.version < 11 or node.op == "Upsample"
    given = node.attributes
    rank = len(node.shapes[0]) + 1
    place = "asymmetric" if old else given.get("coordinate_transformation_mode", "half_pixel")
    if (
        given.get("antialias", 0)
        or given.get("exclude_outside", 0)
        or given.get("keep_aspect_ratio_policy", "stretch") != "stretch"
    ):
        raise ValueError("expected a plain resize, without antialias; leave this option out")
    axes = [axis % rank for axis in given.get("axes", range(rank))]
    scales: Any = given.get("scales") if old and 1 not in node.weights else node.weights.get(1 if old else 2)
    sizes = None if old else node.weights.get(3)
    full = [1.0] * rank
    before, after = (node.batch, *node.shapes[0]), (node.batch, *node.shape)
    if sizes is None and scales is not None and len(scales):
        for axis, scale in zip(axes, scales, strict=True):
            full[axis] = float(scale)
    else:
        full = [out / size for out, size in zip(after, before, strict=True)]
    if full[:2] != [1, 1] or rank < 3:
        raise ValueError("expected channels to stay as they are; resize the maps alone")
    rounding = "floor" if old else given.get("nearest_mode", "round_prefer_floor")
    mode = given.get("mode", "nearest")
    mode = "linear" if mode in ("bilinear", "trilinear") else mode
    return [
        ("resize", Resize(node.shape[1:], tuple(full[2:]), mode, place, rounding, given.get("cubic_coeff_a", -0.75)))
    ]


def _reduce(op: str, before: _Part | None = None, after: _Part | None = None) -> Callable[[Node], _Made]:
    def make(node: Node) -> _Made:
        rank = len(node.shapes[0]) + 1
        axes = _list(node, 1, "axes")
        if not axes:
            if node.attributes.get("noop_with_empty_axes", 0):
                return []
            axes = list(range(rank))
        dims = tuple(sorted(axis % rank for axis in axes))
        keep = bool(node.attributes.get("keepdims", 1))
        if dims[0] == 0:
            raise ValueError("expected examples apart; leave this part out")
        if op == "mean" and rank > 2 and dims == tuple(range(2, rank)) and rank <= 5:
            return [("pool", GlobalAvgPool2d()), *([] if keep else [("flatten", Flatten())])]
        around = [[] if part is None else [(part[0], part[1]())] for part in (before, after)]
        return [*around[0], (op, Reduce(op, dims, keep)), *around[1]]

    return make


def _depth_to_space(node: Node) -> _Made:
    channels, rows, columns = node.shapes[0]
    block = node.attributes["blocksize"]
    deep = channels // block**2
    crd = node.attributes.get("mode", "DCR") == "CRD"
    blocks = (deep, block, block) if crd else (block, block, deep)
    dims = (1, 4, 2, 5, 3) if crd else (3, 4, 1, 5, 2)
    return [
        ("reshape", Reshape((*blocks, rows, columns))),
        ("permute", Permute(dims)),
        ("reshape", Reshape(node.shape)),
    ]


def _space_to_depth(node: Node) -> _Made:
    channels, rows, columns = node.shapes[0]
    block = node.attributes["blocksize"]
    return [
        ("reshape", Reshape((channels, rows // block, block, columns // block, block))),
        ("permute", Permute((3, 5, 1, 2, 4))),
        ("reshape", Reshape(node.shape)),
    ]


def _expand(node: Node) -> _Made:
    return [] if node.shape == node.shapes[0] else [("expand", Expand(node.shape))]


MOVING: dict[str, Callable[[Node], _Made]] = {
    "DepthToSpace": _depth_to_space,
    "Expand": _expand,
    "Gather": _gather,
    "Pad": _pad,
    "ReduceL1": _reduce("sum", ("abs", lambda: Curve("abs"))),
    "ReduceL2": _reduce("sum", ("square", lambda: Arithmetic("power", value=2.0)), ("sqrt", lambda: Curve("sqrt"))),
    "ReduceMax": _reduce("max"),
    "ReduceMean": _reduce("mean"),
    "ReduceMin": _reduce("min"),
    "ReduceSum": _reduce("sum"),
    "ReduceSumSquare": _reduce("sum", ("square", lambda: Arithmetic("power", value=2.0))),
    "Reshape": _reshape,
    "Resize": _resize,
    "Slice": _slice,
    "SpaceToDepth": _space_to_depth,
    "Split": _split,
    "Squeeze": _reshape,
    "Transpose": _transpose,
    "Unsqueeze": _reshape,
    "Upsample": _resize,
}
