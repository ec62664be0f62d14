"""Poolings as layers."""

from typing import Any

from cnnviz._checks import Floats, Ints, integers
from cnnviz.engine import (
    LayerSpec,
    avg_pool2d,
    avg_pool2d_vjp,
    global_avg_pool,
    global_avg_pool_vjp,
    max_pool2d,
    max_pool2d_vjp,
    output_shape,
)
from cnnviz.nn.layer import Plain, Pulled, Shape, check_map


class _Pool(Plain):
    """A window that slides over each channel."""

    def __init__(self, kernel_size: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil_mode: bool) -> None:
        super().__init__()
        who = type(self).__name__
        self.kernel_size = integers(who, "kernel_size", kernel_size, 2, 1)
        self.stride = self.kernel_size if stride is None else integers(who, "stride", stride, 2, 1)
        self.padding = integers(who, "padding", padding, 2, 0)
        self.dilation = integers(who, "dilation", dilation, 2, 1)
        self.ceil_mode = ceil_mode

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map(type(self).__name__, shape)
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
        if any(self.padding):
            words.append(f"p{self.padding[0]}" if len(set(self.padding)) == 1 else f"p={self.padding}")
        return " ".join(words)


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

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        dilation: Ints = 1,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__(kernel_size, stride, padding, dilation, ceil_mode)

    def compute(self, x: Floats) -> Floats:
        """Pool."""
        y: Floats = max_pool2d(x, self.kernel_size, self.stride, **self._options())
        return y

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Send each gradient to the cell that was greatest."""
        return max_pool2d_vjp(dy, x, self.kernel_size, self.stride, **self._options())[0], {}

    def _options(self) -> dict[str, Any]:
        return {"padding": self.padding, "dilation": self.dilation, "ceil_mode": self.ceil_mode}


class AvgPool2d(_Pool):
    """Take the mean of every window, as `cnnviz.engine.avg_pool2d` does.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As for `cnnviz.engine.avg_pool2d`; the stride is by default the kernel's size.

    Examples
    --------
    >>> AvgPool2d(7).output_shape((1024, 7, 7))
    (1024, 1, 1)
    """

    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__(kernel_size, stride, padding, 1, ceil_mode)
        self.count_include_pad = count_include_pad

    def compute(self, x: Floats) -> Floats:
        """Pool."""
        return avg_pool2d(x, self.kernel_size, self.stride, **self._options())

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient among the cells of its window."""
        return avg_pool2d_vjp(dy, x, self.kernel_size, self.stride, **self._options())[0], {}

    def _options(self) -> dict[str, Any]:
        return {
            "padding": self.padding,
            "ceil_mode": self.ceil_mode,
            "count_include_pad": self.count_include_pad,
        }


class GlobalAvgPool2d(Plain):
    """Take the mean of every channel, whatever the size of the map.

    Examples
    --------
    >>> GlobalAvgPool2d().output_shape((2048, 7, 7))
    (2048, 1, 1)
    """

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        check_map("GlobalAvgPool2d", shape)
        return (shape[0], 1, 1)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything."""
        return (LayerSpec(everything=True),)

    def compute(self, x: Floats) -> Floats:
        """Take the means."""
        return global_avg_pool(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Share each gradient among all cells of its channel."""
        return global_avg_pool_vjp(dy, x)[0], {}
