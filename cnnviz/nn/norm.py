"""Normalizations as layers."""

from collections.abc import Mapping
from typing import Any

from cnnviz._checks import Floats, integer, number
from cnnviz.engine import (
    batch_norm,
    batch_norm_vjp,
    layer_norm,
    layer_norm_vjp,
    local_response_norm,
    local_response_norm_vjp,
)
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Layer, Plain, Pulled, Shape, check_channels, check_map
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.record import Gradients, Record, Run


class BatchNorm2d(Layer):
    """Bring each channel to mean 0 and variance 1, then scale and shift it; its maps may have up to three axes.

    In training with the batch's own mean and variance, and the running ones move towards them; otherwise with the
    running ones.

    Parameters
    ----------
    num_features
        Channels.
    eps, momentum
        As for `cnnviz.engine.batch_norm`.

    Examples
    --------
    >>> BatchNorm2d(64).parameter_count  # the running mean and variance are not learned
    128

    References
    ----------
    Ioffe and Szegedy, Batch normalization, 2015, section 3.
    """

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        self.num_features = integer("BatchNorm2d", "num_features", num_features, 1)
        self.eps = number("BatchNorm2d", "eps", eps, 0)
        self.momentum = number("BatchNorm2d", "momentum", momentum, 0, 1)
        shape = (num_features,)
        self.own["weight"] = Parameter(shape=shape, start=1.0)
        self.own["bias"] = Parameter(shape=shape)
        self.own["running_mean"] = Parameter(shape=shape, learned=False)
        self.own["running_var"] = Parameter(shape=shape, start=1.0, learned=False)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels("BatchNorm2d", shape, self.num_features, len(shape) - 1 if 1 <= len(shape) <= 4 else 2)
        return shape

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Normalize; in training move the running values, unless frozen."""
        y, mean, var = batch_norm(x, *self._arrays(), run.training, self.momentum, self.eps, return_stats=True)
        if run.training:
            for name, values in (("running_mean", mean), ("running_var", var)):
                if not self.own[name].frozen and values is not None:
                    self.own[name].values = values.astype(x.dtype, copy=False)
        return y, (), run.training

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Bring a gradient back; outside training the running values must be those of the pass forward."""
        dx, _, _, dweight, dbias = batch_norm_vjp(
            dy, record.input, *self._arrays(), record.saved, self.momentum, self.eps
        )
        return dx, {"weight": dweight, "bias": dbias}, ()

    def _arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        return (
            self._array("running_mean"),
            self._array("running_var"),
            self._array("weight"),
            self._array("bias"),
        )


class LocalResponseNorm(Plain):
    """Divide every number by how loud the channels around it are, as `cnnviz.engine.local_response_norm` does.

    Parameters
    ----------
    size, alpha, beta, k
        As for `cnnviz.engine.local_response_norm`.

    References
    ----------
    Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012,
    section 3.3.
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = integer("LocalResponseNorm", "size", size, 1)
        self.alpha, self.beta, self.k = alpha, beta, k

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map("LocalResponseNorm", shape)
        return shape

    def describe(self) -> str:
        """Say what it is."""
        return f"LocalResponseNorm {self.size}"

    def compute(self, x: Floats) -> Floats:
        """Normalize."""
        return local_response_norm(x, self.size, self.alpha, self.beta, self.k)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        return local_response_norm_vjp(dy, x, self.size, self.alpha, self.beta, self.k)[0], {}


class LayerNorm(Plain):
    """Bring the last axes of each example to mean 0 and variance 1, as `cnnviz.engine.layer_norm` does.

    Parameters
    ----------
    normalized_shape
        Sizes of these axes.
    eps
        Keeps the root away from 0.

    Examples
    --------
    >>> LayerNorm((96,)).parameter_count
    192
    """

    def __init__(self, normalized_shape: tuple[int, ...], eps: float = 1e-5) -> None:
        super().__init__()
        self.normalized_shape = tuple(normalized_shape)
        self.eps = number("LayerNorm", "eps", eps, 0)
        self.own["weight"] = Parameter(shape=self.normalized_shape, start=1.0)
        self.own["bias"] = Parameter(shape=self.normalized_shape)

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if shape[len(shape) - len(self.normalized_shape) :] != self.normalized_shape:
            raise ShapeError(
                f"LayerNorm: expected an input whose last axes have the sizes {self.normalized_shape}, "
                f"got shape {tuple(shape)}; change normalized_shape"
            )
        return shape

    def compute(self, x: Floats) -> Floats:
        """Normalize."""
        return layer_norm(x, self.normalized_shape, self._array("weight"), self._array("bias"), self.eps)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        weight, bias = self._array("weight"), self._array("bias")
        dx, dweight, dbias = layer_norm_vjp(dy, x, self.normalized_shape, weight, bias, self.eps)
        return dx, {"weight": dweight, "bias": dbias}


class GroupNorm(Plain):
    """Bring groups of channels of each example to mean 0 and variance 1, then scale and shift each channel.

    Parameters
    ----------
    num_groups, num_channels
        As many groups as channels make it an instance normalization.
    eps
        Keeps the root away from 0.

    Examples
    --------
    >>> import numpy as np
    >>> layer = GroupNorm(1, 2, eps=0.0)
    >>> layer.initialize(0, dtype=np.float64)
    >>> layer.forward(np.array([[[1.0], [5.0]]])).ravel()
    array([-1.,  1.])

    References
    ----------
    Wu and He, Group normalization, 2018, section 3.
    """

    def __init__(self, num_groups: int, num_channels: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.num_groups = integer("GroupNorm", "num_groups", num_groups, 1)
        self.num_channels = integer("GroupNorm", "num_channels", num_channels, 1)
        self.eps = number("GroupNorm", "eps", eps, 0)
        if num_channels % num_groups:
            raise ShapeError(
                f"GroupNorm: expected num_groups to divide num_channels={num_channels}, got {num_groups}; "
                f"choose a divisor"
            )
        self.own["weight"] = Parameter(shape=(num_channels,), start=1.0)
        self.own["bias"] = Parameter(shape=(num_channels,))

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels("GroupNorm", shape, self.num_channels, len(shape) - 1 if 1 <= len(shape) <= 4 else 2)
        return shape

    def describe(self) -> str:
        """Say what it is."""
        return "InstanceNorm" if self.num_groups == self.num_channels else f"GroupNorm {self.num_groups}"

    def compute(self, x: Floats) -> Floats:
        """Normalize."""
        grouped = x.reshape(len(x), self.num_groups, -1)
        flat = layer_norm(grouped, grouped.shape[-1], eps=self.eps).reshape(x.shape)
        return flat * self._spread("weight", x) + self._spread("bias", x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        grouped = x.reshape(len(x), self.num_groups, -1)
        flat = layer_norm(grouped, grouped.shape[-1], eps=self.eps).reshape(x.shape)
        over = (0, *range(2, x.ndim))
        dflat = (dy * self._spread("weight", x)).reshape(grouped.shape)
        dx = layer_norm_vjp(dflat, grouped, grouped.shape[-1], eps=self.eps)[0].reshape(x.shape)
        return dx, {"weight": (dy * flat).sum(axis=over), "bias": dy.sum(axis=over)}

    def _spread(self, name: str, x: Floats) -> Floats:
        return self._array(name).reshape(-1, *(1,) * (x.ndim - 2))
