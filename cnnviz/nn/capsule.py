"""Capsules as layers: a vector for each thing that may be there, its length the chance that it is."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnviz._checks import Floats, integer
from cnnviz.engine import LayerSpec, dynamic_routing, dynamic_routing_vjp, squash, squash_vjp
from cnnviz.engine.ops.argument import positive
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Layer, Plain, Pulled, Shape, check_map
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.record import Gradients, Record, Run


class PrimaryCapsule(Plain):
    """Take the channels of each cell in groups as vectors, and squash them: the first capsules above a convolution.

    ``(C, H, W)`` becomes ``(C / dim · H · W, dim)``; capsule ``(g H + h) W + w`` holds the channels ``g dim`` to
    ``g dim + dim - 1`` of cell ``(h, w)``.

    Parameters
    ----------
    dim
        Numbers in a vector.

    Examples
    --------
    >>> PrimaryCapsule(8).output_shape((256, 6, 6))
    (1152, 8)
    >>> PrimaryCapsule(2).forward(np.array([3.0, 4.0]).reshape(1, 2, 1, 1)).round(3)  # length 5 becomes 25 / 26
    array([[[0.577, 0.769]]])

    References
    ----------
    Sabour, Frosst and Hinton, Dynamic routing between capsules, 2017, section 4.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.dim = integer("PrimaryCapsule", "dim", dim, 1)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map("PrimaryCapsule", shape)
        if shape[0] % self.dim:
            raise ShapeError(
                f"PrimaryCapsule: expected channels in groups of dim={self.dim}, got C={shape[0]}; "
                f"choose a multiple of {self.dim} channels"
            )
        return (shape[0] // self.dim * shape[1] * shape[2], self.dim)

    def describe(self) -> str:
        """Say what it is."""
        return f"PrimaryCapsule {self.dim}"

    def compute(self, x: Floats) -> Floats:
        """Group and squash."""
        return squash(self._grouped(x))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back to the channels."""
        n, channels, height, width = x.shape
        (dv,) = squash_vjp(dy, self._grouped(x))
        spread = dv.reshape(n, channels // self.dim, height, width, self.dim).transpose(0, 1, 4, 2, 3)
        return np.ascontiguousarray(spread).reshape(x.shape), {}

    def _grouped(self, x: Floats) -> Floats:
        n, channels, height, width = x.shape
        parts = x.reshape(n, channels // self.dim, self.dim, height, width).transpose(0, 1, 3, 4, 2)
        return np.ascontiguousarray(parts).reshape(n, -1, self.dim)


class Capsule(Layer):
    """Let capsules below predict those above, and route by agreement: ``v = dynamic_routing(W_ij x_i)``.

    Parameters
    ----------
    in_capsules, in_dim
        Capsules below, and numbers in the vector of each.
    out_capsules, out_dim
        Capsules above, such as one for each class, and numbers in the vector of each.
    iterations
        Of the routing, from 1; with 1 every capsule below speaks to all above alike.

    Raises
    ------
    OptionError
        If a number is below 1.

    Examples
    --------
    >>> layer = Capsule(1152, 8, 10, 16)
    >>> layer.parameter_count, layer.output_shape((1152, 8))
    (1474560, (10, 16))

    Notes
    -----
    First weights sum over ``in_dim`` alone, as the couplings already divide among the capsules above: with less, the
    vectors above would be squashed to nothing and take the gradient with them. In a `Record`, ``saved`` holds the
    predictions, ``(N, in, out, D)``; `cnnviz.engine.dynamic_routing` gives the couplings for them. Scenes of chapter 11
    show the routing.

    References
    ----------
    Sabour, Frosst and Hinton, Dynamic routing between capsules, 2017, sections 2 and 4.
    """

    def __init__(self, in_capsules: int, in_dim: int, out_capsules: int, out_dim: int, iterations: int = 3) -> None:
        super().__init__()
        self.in_capsules = integer("Capsule", "in_capsules", in_capsules, 1)
        self.in_dim = integer("Capsule", "in_dim", in_dim, 1)
        self.out_capsules = integer("Capsule", "out_capsules", out_capsules, 1)
        self.out_dim = integer("Capsule", "out_dim", out_dim, 1)
        self.iterations = integer("Capsule", "iterations", iterations, 1)
        self.own["weight"] = Parameter(
            shape=(in_capsules, out_capsules, out_dim, in_dim), fans=(in_dim, out_capsules * out_dim)
        )

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if tuple(shape) != (self.in_capsules, self.in_dim):
            raise ShapeError(
                f"Capsule: expected {self.in_capsules} capsules of {self.in_dim} numbers, got shape {tuple(shape)}; "
                f"put PrimaryCapsule({self.in_dim}) before it, or change in_capsules or in_dim"
            )
        return (self.out_capsules, self.out_dim)

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps of the predictions; the routing comes on top."""
        self.output_shape(shape)
        return self.own["weight"].size

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything."""
        return (LayerSpec(everything=True),)

    def describe(self) -> str:
        """Say what it is: ``Capsule 10x16``."""
        return f"Capsule {self.out_capsules}x{self.out_dim}"

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:  # noqa: ARG002
        """Predict and route."""
        below = x.transpose(1, 0, 2)  # a matrix product for each capsule below
        predictions = (below @ self._flat().transpose(0, 2, 1)).transpose(1, 0, 2)
        u = np.ascontiguousarray(predictions).reshape(len(x), self.in_capsules, self.out_capsules, self.out_dim)
        return np.asarray(dynamic_routing(u, self.iterations)), (), u

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Bring a gradient back through the routing to the vectors below and the weights."""
        (du,) = dynamic_routing_vjp(dy, record.saved, self.iterations)
        flat = du.reshape(len(dy), self.in_capsules, -1).transpose(1, 0, 2)
        dweight = flat.transpose(0, 2, 1) @ record.input.transpose(1, 0, 2)
        dx = np.ascontiguousarray((flat @ self._flat()).transpose(1, 0, 2))
        return dx, {"weight": dweight.reshape(self.own["weight"].shape)}, ()

    def _flat(self) -> Floats:
        return self._array("weight").reshape(self.in_capsules, -1, self.in_dim)


class CapsuleLength(Plain):
    """Give of each capsule its length, times ``scale``: scores for cross-entropy.

    Lengths are below one, and ``scale`` says how sure ten of them can make a softmax; the paper trains with a margin
    loss instead.

    Parameters
    ----------
    scale
        Above 0.

    Examples
    --------
    >>> CapsuleLength(10.0).forward(np.array([[[0.3, 0.4], [0.0, 0.9]]]))
    array([[5., 9.]])
    """

    def __init__(self, scale: float = 10.0) -> None:
        super().__init__()
        self.scale = positive("CapsuleLength", "scale", scale)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if len(shape) != 2:
            raise ShapeError(
                f"CapsuleLength: expected capsules (count, D), got shape {tuple(shape)}; put it after a Capsule"
            )
        return shape[:1]

    def compute(self, x: Floats) -> Floats:
        """Measure."""
        return np.asarray(self.scale * np.sqrt((x * x).sum(axis=2)))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back along each vector; nowhere, where it is zero."""
        length = np.sqrt((x * x).sum(axis=2, keepdims=True))
        along = np.divide(x, length, out=np.zeros_like(x), where=length != 0)
        return np.asarray(self.scale * dy[..., None] * along), {}
