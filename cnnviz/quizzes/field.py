"""Receptive fields of square layers, as plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from cnnviz.engine import LayerSpec, receptive_field


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
