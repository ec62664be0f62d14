"""Poolings as layers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from cnnviz import engine
from cnnviz._checks import Floats, Ints, integers
from cnnviz.engine import LayerSpec, global_avg_pool, global_avg_pool_vjp, output_shape
from cnnviz.engine.padding import Padding, padding_pairs
from cnnviz.errors import ShapeError
from cnnviz.nn.conv import padding_word
from cnnviz.nn.layer import Plain, Pulled, Shape, check_map


class _Pool(Plain):
    """A window that slides over each channel."""

    axes: ClassVar[int] = 2
    """Over which the window slides."""
    kind: ClassVar[str] = ""
    """The operation of `cnnviz.engine`, without its axes."""

    def __init__(
        self, kernel_size: Ints, stride: Ints | None, padding: Padding, dilation: Ints, ceil_mode: bool
    ) -> None:
        super().__init__()
        who = type(self).__name__
        self.kernel_size = integers(who, "kernel_size", kernel_size, self.axes, 1)
        self.stride = self.kernel_size if stride is None else integers(who, "stride", stride, self.axes, 1)
        pairs = padding_pairs(who, padding, self.kernel_size, self.stride, (1,) * self.axes)
        plain = not isinstance(padding, Sequence) or all(isinstance(side, int) for side in padding)
        even = all(before == after <= k // 2 for (before, after), k in zip(pairs, self.kernel_size, strict=True))
        self.padding: Padding = tuple(before for before, _ in pairs) if plain or even else pairs
        self.dilation = integers(who, "dilation", dilation, self.axes, 1)
        self.ceil_mode = ceil_mode

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map(type(self).__name__, shape, self.axes)
        out = output_shape(
            shape[1:],
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
            ceil_mode=self.ceil_mode,
        )
        return (shape[0], *out)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return (
            LayerSpec(kernel_size=self.kernel_size, stride=self.stride, padding=self.padding, dilation=self.dilation),
        )

    def describe(self) -> str:
        """Say what it is: ``MaxPool2d 3x3 s2``."""
        words = [type(self).__name__, "x".join(map(str, self.kernel_size))]
        if self.stride != self.kernel_size:
            words.append(f"s{self.stride[0]}" if len(set(self.stride)) == 1 else f"s={self.stride}")
        if self.padding != (0,) * self.axes:
            words.append(padding_word(self.padding))
        return " ".join(words)

    def compute(self, x: Floats) -> Floats:
        """Pool."""
        y: Floats = getattr(engine, f"{self.kind}{self.axes}d")(x, self.kernel_size, self.stride, **self._options())
        return y

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Give each gradient to the cells of its window: to the greatest, or to each its share."""
        back = getattr(engine, f"{self.kind}{self.axes}d_vjp")
        return back(dy, x, self.kernel_size, self.stride, **self._options())[0], {}

    def _options(self) -> dict[str, Any]:
        raise NotImplementedError


class MaxPool2d(_Pool):
    """Keep of every window the greatest number, as `cnnviz.engine.max_pool2d` does.

    Parameters
    ----------
    kernel_size, stride, padding, dilation, ceil_mode
        As for `cnnviz.engine.max_pool2d`; the stride is by default the kernel's size.

    Examples
    --------
    >>> MaxPool2d(2).output_shape((32, 13, 13))
    (32, 6, 6)
    >>> MaxPool2d(3, 2, ceil_mode=True).output_shape((64, 112, 112))
    (64, 56, 56)
    """

    kind = "max_pool"

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Padding = 0,
        dilation: Ints = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__(kernel_size, stride, padding, dilation, ceil_mode)

    def _options(self) -> dict[str, Any]:
        return {"padding": self.padding, "dilation": self.dilation, "ceil_mode": self.ceil_mode}


class AvgPool2d(_Pool):
    """Take the mean of every window, as `cnnviz.engine.avg_pool2d` does.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad, dilation
        As for `cnnviz.engine.avg_pool2d`; the stride is by default the kernel's size.

    Examples
    --------
    >>> AvgPool2d(7).output_shape((1024, 7, 7))
    (1024, 1, 1)
    """

    kind = "avg_pool"

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Padding = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        dilation: Ints = 1,
    ) -> None:
        super().__init__(kernel_size, stride, padding, dilation, ceil_mode)
        self.count_include_pad = count_include_pad

    def _options(self) -> dict[str, Any]:
        return {
            "padding": self.padding,
            "dilation": self.dilation,
            "ceil_mode": self.ceil_mode,
            "count_include_pad": self.count_include_pad,
        }


class MaxPool1d(MaxPool2d):
    """Keep of every window along a sequence the greatest number; arguments as for `MaxPool2d`."""

    axes = 1


class MaxPool3d(MaxPool2d):
    """Keep of every window in a volume the greatest number; arguments as for `MaxPool2d`."""

    axes = 3


class AvgPool1d(AvgPool2d):
    """Take the mean of every window along a sequence; arguments as for `AvgPool2d`."""

    axes = 1


class AvgPool3d(AvgPool2d):
    """Take the mean of every window in a volume; arguments as for `AvgPool2d`."""

    axes = 3


class GlobalAvgPool2d(Plain):
    """Take the mean of every channel, whatever the size of the map, and whether it has one axis, two or three.

    Examples
    --------
    >>> GlobalAvgPool2d().output_shape((2048, 7, 7))
    (2048, 1, 1)
    """

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return _single(type(self).__name__, shape)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything."""
        return (LayerSpec(everything=True),)

    def compute(self, x: Floats) -> Floats:
        """Take the means."""
        return global_avg_pool(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient among all cells of its channel."""
        return global_avg_pool_vjp(dy, x)[0], {}


class GlobalMaxPool2d(GlobalAvgPool2d):
    """Take the greatest number of every channel, whatever the size of the map."""

    def compute(self, x: Floats) -> Floats:
        """Take the greatest."""
        return engine.global_max_pool(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Send each gradient to the cell that was greatest."""
        return engine.global_max_pool_vjp(dy, x)[0], {}


def _single(who: str, shape: Shape) -> Shape:
    if not 2 <= len(shape) <= 4:
        raise ShapeError(
            f"{who}: expected an input with the axes (C, H, W), got shape {tuple(shape)}; "
            f"place this layer before the flattening"
        )
    return (shape[0], *(1 for _ in shape[1:]))
