"""Convolutions as layers."""

from collections.abc import Callable
from math import prod
from typing import Any, ClassVar

from cnnviz import engine
from cnnviz._checks import Floats, Ints, integer, integers
from cnnviz.engine import LayerSpec, macs, output_shape
from cnnviz.engine.padding import Padding
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape, check_channels
from cnnviz.nn.parameter import Parameter


class _Convolution(Plain):
    """What both directions share."""

    axes: ClassVar[int] = 2
    """Over which the kernel slides."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints,
        padding: Padding,
        dilation: Ints,
        groups: int,
        bias: bool,
    ) -> None:
        super().__init__()
        who = type(self).__name__
        self.in_channels = integer(who, "in_channels", in_channels, 1)
        self.out_channels = integer(who, "out_channels", out_channels, 1)
        self.kernel_size = integers(who, "kernel_size", kernel_size, self.axes, 1)
        self.groups = integer(who, "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ShapeError(
                f"{who}: expected groups to divide in_channels={in_channels} and out_channels={out_channels}, "
                f"got groups={groups}; choose a divisor of both"
            )
        self.stride = integers(who, "stride", stride, self.axes, 1)
        self.padding = padding
        self.dilation = integers(who, "dilation", dilation, self.axes, 1)
        cells = prod(self.kernel_size)
        first, second = self._order(in_channels, out_channels)
        self.own["weight"] = Parameter(
            shape=(first, second // groups, *self.kernel_size),
            fans=(in_channels // groups * cells, out_channels // groups * cells),
        )
        if bias:
            self.add_bias()

    def add_bias(self) -> None:
        """Let each filter add a number of its own."""
        self.own["bias"] = Parameter(shape=(self.out_channels,))

    @property
    def bias(self) -> bool:
        """Whether each filter adds a number of its own."""
        return "bias" in self.own

    @staticmethod
    def _order(in_channels: int, out_channels: int) -> tuple[int, int]:
        return out_channels, in_channels

    def _words(self) -> str:
        """Say what differs from the plain case."""
        words = [_by(self.kernel_size)]
        if set(self.stride) != {1}:
            words.append(f"s{_both(self.stride)}")
        if self.padding not in (0, (0,) * self.axes):
            words.append(padding_word(self.padding))
        if set(self.dilation) != {1}:
            words.append(f"d{_both(self.dilation)}")
        if self.groups != 1:
            words.append(f"g{self.groups}")
        return " ".join(words)


class Conv2d(_Convolution):
    """Slide filters over pictures, as `cnnviz.engine.conv2d` does.

    Parameters
    ----------
    in_channels, out_channels
        Channels that go in, and filters.
    kernel_size, stride, padding, dilation, groups, padding_mode
        As for `cnnviz.engine.conv2d`.
    bias
        Whether each filter adds a number of its own.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.
    ShapeError
        If ``groups`` does not divide the channels.

    Examples
    --------
    >>> layer = Conv2d(3, 64, 3, padding=1)
    >>> layer.parameter_count, layer.output_shape((3, 32, 32)), layer.macs((3, 32, 32))
    (1792, (64, 32, 32), 1769472)
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Padding = 0,
        dilation: Ints = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias)
        self.padding_mode = padding_mode

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels(type(self).__name__, shape, self.in_channels, self.axes)
        out = output_shape(
            shape[1:], self.kernel_size, stride=self.stride, padding=self.padding, dilation=self.dilation
        )
        return (self.out_channels, *out)

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        out = self.output_shape(shape)
        return macs(self.in_channels, self.out_channels, self.kernel_size, out[1:], groups=self.groups)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return (
            LayerSpec(kernel_size=self.kernel_size, stride=self.stride, padding=self.padding, dilation=self.dilation),
        )

    def describe(self) -> str:
        """Say what it is: ``Conv2d 64 3x3 p1``."""
        return f"{type(self).__name__} {self.out_channels} {self._words()}"

    def compute(self, x: Floats) -> Floats:
        """Convolve."""
        convolve: Callable[..., Floats] = getattr(engine, f"conv{self.axes}d")
        return convolve(x, self._weight(), self._given("bias"), **self._options())

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        back: Callable[..., Any] = getattr(engine, f"conv{self.axes}d_vjp")
        dx, dweight, dbias = back(dy, x, self._weight(), self._given("bias"), **self._options())
        return dx, {"weight": dweight, "bias": dbias}

    def _weight(self) -> Floats:
        return self._array("weight")

    def _options(self) -> dict[str, Any]:
        return {
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "groups": self.groups,
            "padding_mode": self.padding_mode,
        }


class Conv1d(Conv2d):
    """Slide filters along sequences, as `cnnviz.engine.conv1d` does; arguments as for `Conv2d`.

    Examples
    --------
    >>> Conv1d(12, 32, 5, stride=2).output_shape((12, 101))
    (32, 49)
    """

    axes = 1


class Conv3d(Conv2d):
    """Slide filters through volumes or films, as `cnnviz.engine.conv3d` does; arguments as for `Conv2d`.

    Examples
    --------
    >>> Conv3d(3, 8, 3, padding=1).output_shape((3, 16, 32, 32))
    (8, 16, 32, 32)
    """

    axes = 3


class ConvTranspose2d(_Convolution):
    """Spread filters over a larger picture, as `cnnviz.engine.conv_transpose2d` does.

    Parameters
    ----------
    in_channels, out_channels
        Channels that go in and come out.
    kernel_size, stride, padding, output_padding, groups, dilation
        As for `cnnviz.engine.conv_transpose2d`.
    bias
        Whether each channel that comes out adds a number of its own.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.
    ShapeError
        If ``groups`` does not divide the channels.

    Examples
    --------
    >>> layer = ConvTranspose2d(16, 8, 2, stride=2)
    >>> layer.parameter_count, layer.output_shape((16, 7, 7))
    (520, (8, 14, 14))
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Padding = 0,
        output_padding: Ints = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Ints = 1,
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias)
        self.output_padding = output_padding

    @staticmethod
    def _order(in_channels: int, out_channels: int) -> tuple[int, int]:
        return in_channels, out_channels

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_channels(type(self).__name__, shape, self.in_channels, self.axes)
        out = output_shape(
            shape[1:],
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            transposed=True,
            output_padding=self.output_padding,
        )
        return (self.out_channels, *out)

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps: each input cell meets every weight that reads its channel."""
        return macs(self.in_channels, self.out_channels, self.kernel_size, shape[1:], groups=self.groups)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return (
            LayerSpec(
                kernel_size=self.kernel_size,
                stride=self.stride,
                padding=self.padding,
                dilation=self.dilation,
                transposed=True,
            ),
        )

    def describe(self) -> str:
        """Say what it is."""
        return f"{type(self).__name__} {self.out_channels} {self._words()}"

    def compute(self, x: Floats) -> Floats:
        """Spread."""
        spread: Callable[..., Floats] = getattr(engine, f"conv_transpose{self.axes}d")
        return spread(x, self._array("weight"), self._given("bias"), **self._options())

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        back: Callable[..., Any] = getattr(engine, f"conv_transpose{self.axes}d_vjp")
        dx, dweight, dbias = back(dy, x, self._array("weight"), self._given("bias"), **self._options())
        return dx, {"weight": dweight, "bias": dbias}

    def _options(self) -> dict[str, Any]:
        return {
            "stride": self.stride,
            "padding": self.padding,
            "output_padding": self.output_padding,
            "dilation": self.dilation,
            "groups": self.groups,
        }


class ConvTranspose1d(ConvTranspose2d):
    """Spread filters along a longer sequence; arguments as for `ConvTranspose2d`."""

    axes = 1


class ConvTranspose3d(ConvTranspose2d):
    """Spread filters through a larger volume; arguments as for `ConvTranspose2d`."""

    axes = 3


def _by(sizes: tuple[int, ...]) -> str:
    """Write ``3`` and ``3`` as ``3x3``."""
    return "x".join(map(str, sizes))


def _both(sizes: tuple[int, ...]) -> str:
    """Write ``2`` and ``2`` as ``2``."""
    return str(sizes[0]) if len(set(sizes)) == 1 else _by(sizes)


def padding_word(padding: Padding) -> str:
    """Write one number for all axes as ``p2`` and all else as it was given."""
    each = {padding} if isinstance(padding, int) else set(padding)
    return f"p{each.pop()}" if len(each) == 1 and all(isinstance(side, int) for side in each) else f"p={padding}"
