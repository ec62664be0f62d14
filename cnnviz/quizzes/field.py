"""Receptive fields of square layers, as plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.quizzes.model import Scene

LARGEST = 128
"""Cells along a side that the scene draws one by one."""


class Field(NamedTuple):
    """What a cell sees along one side, and how far apart the fields of two neighbors are."""

    size: int
    jump: int


def fields(kernels: Sequence[int], strides: Sequence[int]) -> list[Field]:
    """Follow the receptive field through layers with these kernels and strides.

    Examples
    --------
    >>> fields([3, 2, 3], [1, 2, 1])
    [Field(size=3, jump=1), Field(size=4, jump=2), Field(size=8, jump=2)]
    """
    rows = receptive_field([LayerSpec(kernel_size=k, stride=s) for k, s in zip(kernels, strides, strict=True)])
    return [Field(cast(int, row.size), cast(int, row.jump)) for row in rows]


def field_scene(kernels: Sequence[int], strides: Sequence[int]) -> Scene | None:
    """Name the scene that grows the field of these layers, on a picture with room for five cells of the last map.

    Examples
    --------
    >>> field_scene([3, 2, 3], [1, 2, 1]).options["network"]
    '1x16x16 > conv 1 k3 s1 > pool 2 > conv 1 k3 s1'
    """
    last = fields(kernels, strides)[-1]
    side = last.size + 4 * last.jump
    if side > LARGEST:
        return None
    layers = (f"pool {k}" if k == s else f"conv 1 k{k} s{s}" for k, s in zip(kernels, strides, strict=True))
    return Scene("ch05-s01-growth", {"network": " > ".join([f"1x{side}x{side}", *layers])})
