"""Climbing an activation: the picture that comes out, and what every climb needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats
from cnnviz.errors import OptionError
from cnnviz.nn.layer import Layer
from cnnviz.nn.sequential import Sequential


@dataclass(frozen=True)
class Dream:
    """A picture that was changed to excite a layer.

    Attributes
    ----------
    image : array, shape (C, H, W)
        The picture.
    activations : tuple of float
        What was climbed, before each step and after the last one; for several octaves one after the other.
    """

    image: Floats
    activations: tuple[float, ...]


def up_to(who: str, network: Layer, layer: str | None) -> Layer:
    """Return the part of a network that ends with a layer."""
    if layer is None:
        return network
    names = list(network.children()) if isinstance(network, Sequential) else []
    if layer not in names:
        listed = ", ".join(names) or "none: it is no Sequential"
        raise OptionError(f"{who}: expected layer as the name of one ({listed}), got {layer!r}; choose one")
    return Sequential({name: network.children()[name] for name in names[: names.index(layer) + 1]})


def even(gradient: Floats) -> Floats:
    """Bring a gradient to a root mean square of 1; one that is zero stays."""
    size = np.sqrt(np.mean(gradient**2))
    return np.asarray(gradient / size) if size > 0 else gradient
