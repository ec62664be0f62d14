"""The receptive field on its way through a network, kept as the fewest layers that say it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.engine.receptive_field import Size


@dataclass(frozen=True, slots=True)
class Field:
    """What the cells at some place in a network see of the input.

    Layers without transposed ones among them see what one layer with kernel ``size``, stride ``jump`` and padding
    ``-start`` sees, and are replaced by it, so that a step takes the same time however deep the network is.

    Examples
    --------
    >>> field = Field().after([LayerSpec(kernel_size=3), LayerSpec(kernel_size=2, stride=2)])
    >>> field.size, field.jump, len(field.specs)
    (4, 2, 1)
    """

    size: Size = 1
    jump: Size = 1
    specs: tuple[LayerSpec, ...] = ()

    def after(self, layers: Sequence[LayerSpec]) -> Field:
        """Go through more layers."""
        if not layers:
            return self
        specs = (*self.specs, *layers)
        last = receptive_field(specs)[-1]
        if last.size == math.inf:
            return Field(last.size, last.jump, (LayerSpec(everything=True),))
        if any(_transposed(spec) for spec in specs):
            return Field(last.size, last.jump, specs)
        whole = LayerSpec(kernel_size=last.size, stride=last.jump, padding=_negated(last.start))  # type: ignore[arg-type]  # whole numbers here
        return Field(last.size, last.jump, (whole,))


def _transposed(spec: LayerSpec) -> bool:
    inner = (layer for branch in spec.branches for layer in branch)
    return spec.transposed or any(isinstance(layer, LayerSpec) and _transposed(layer) for layer in inner)


def _negated(start: Size) -> Size:
    return tuple(-value for value in start) if isinstance(start, tuple) else -start
