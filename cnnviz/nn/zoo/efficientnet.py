"""EfficientNet-B0: inverted bottlenecks whose channels are weighed by what the whole map holds."""

import math

from cnnviz.errors import OptionError
from cnnviz.nn.activation import Sigmoid, SiLU
from cnnviz.nn.branch import Gated, Residual
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import GlobalAvgPool2d
from cnnviz.nn.sequential import Sequential

# Expansion, kernel, stride of the first, filters, blocks
STAGES = (
    (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
)  # fmt: skip


def efficientnet_b0() -> Sequential:
    """Build EfficientNet-B0: 5,288,548 parameters, for 3x224x224.

    From the first squeeze on each cell sees the whole input. Whole blocks are not dropped by chance while training.

    Examples
    --------
    >>> efficientnet_b0().parameter_count
    5288548

    References
    ----------
    Tan and Le, EfficientNet: rethinking model scaling for convolutional neural networks, 2019, table 1.
    """
    return efficientnet()


def efficientnet(width: float = 1.0, depth: float = 1.0) -> Sequential:
    """Build an EfficientNet so many times as wide and as deep as B0.

    Filters are rounded to the nearest multiple of 8, but not down by more than a tenth; blocks are rounded up.

    Parameters
    ----------
    width, depth
        From 0.1 to 10.

    Raises
    ------
    OptionError
        If one of them is outside of that.

    Examples
    --------
    >>> efficientnet(2.0, 3.1).parameter_count  # B7
    66347960
    """
    if not (0.1 <= width <= 10 and 0.1 <= depth <= 10):
        raise OptionError(f"efficientnet: expected width and depth from 0.1 to 10, got {width} and {depth}; B0 has 1")
    channels = _filters(32, width)
    layers: dict[str, Layer] = {"stem": _convolution(3, channels, 3, 2)}
    for stage, (expansion, kernel, first, filters, count) in enumerate(STAGES, 1):
        out = _filters(filters, width)
        for place in range(1, math.ceil(round(count * depth, 6)) + 1):
            stride = first if place == 1 else 1
            block = _block(channels, out, expansion, kernel, stride)
            layers[f"block{stage}_{place}"] = Residual(block) if stride == 1 and channels == out else block
            channels = out
    head = _filters(1280, width)
    return Sequential(
        {
            **layers,
            "head": _convolution(channels, head, 1),
            "pool": GlobalAvgPool2d(),
            "flatten": Flatten(),
            "drop": Dropout(0.2),
            "fc": Linear(head, 1000),
        }
    )


def _filters(count: int, width: float) -> int:
    """Scale a count of filters, as multiples of 8."""
    scaled = count * width
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded


def _block(channels: int, width: int, expansion: int, kernel: int, stride: int) -> Sequential:
    inner = channels * expansion
    squeezed = channels // 4
    layers: dict[str, Layer] = {} if expansion == 1 else {"expand": _convolution(channels, inner, 1)}
    gate = Sequential(
        {
            "pool": GlobalAvgPool2d(),
            "reduce": Conv2d(inner, squeezed, 1),
            "silu": SiLU(),
            "restore": Conv2d(squeezed, inner, 1),
            "sigmoid": Sigmoid(),
        }
    )
    return Sequential(
        {
            **layers,
            "depthwise": _convolution(inner, inner, kernel, stride, groups=inner),
            "squeeze": Gated(gate),
            "project": Conv2d(inner, width, 1, bias=False),
            "bn": _normalize(width),
        }
    )


def _convolution(channels: int, width: int, kernel: int, stride: int = 1, groups: int = 1) -> Sequential:
    return Sequential(
        {
            "conv": Conv2d(channels, width, kernel, stride, kernel // 2, groups=groups, bias=False),
            "bn": _normalize(width),
            "silu": SiLU(),
        }
    )


def _normalize(channels: int) -> BatchNorm2d:
    return BatchNorm2d(channels, eps=1e-3, momentum=0.01)
