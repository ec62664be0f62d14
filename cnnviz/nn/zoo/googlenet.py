"""GoogLeNet: inception modules, four ways side by side."""

from cnnviz.nn.activation import ReLU
from cnnviz.nn.branch import Parallel
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import LocalResponseNorm
from cnnviz.nn.pool import GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.sequential import Sequential

# Channels of 1x1; before 3x3 and of it; before 5x5 and of it; behind the pooling
MODULES = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def googlenet() -> Sequential:
    """Build GoogLeNet without its two side exits: 6,998,552 parameters, for 3x224x224.

    Examples
    --------
    >>> googlenet().parameter_count, googlenet()["3a"].parameter_count
    (6998552, 163696)

    References
    ----------
    Szegedy and others, Going deeper with convolutions, 2015, table 1.
    """
    layers: dict[str, Layer] = {
        "conv1": Conv2d(3, 64, 7, 2, 3),
        "relu1": ReLU(),
        "pool1": MaxPool2d(3, 2, ceil_mode=True),
        "norm1": LocalResponseNorm(5),
        "reduce2": Conv2d(64, 64, 1),
        "relu2a": ReLU(),
        "conv2": Conv2d(64, 192, 3, padding=1),
        "relu2b": ReLU(),
        "norm2": LocalResponseNorm(5),
        "pool2": MaxPool2d(3, 2, ceil_mode=True),
    }
    channels = 192
    for name, widths in MODULES.items():
        layers[name] = inception(channels, *widths)
        channels = widths[0] + widths[2] + widths[4] + widths[5]
        if name in ("3b", "4e"):
            layers[f"pool{name[0]}"] = MaxPool2d(3, 2, ceil_mode=True)
    return Sequential(
        {**layers, "pool": GlobalAvgPool2d(), "flatten": Flatten(), "drop": Dropout(0.4), "fc": Linear(1024, 1000)}
    )


def inception(channels: int, one: int, reduce3: int, three: int, reduce5: int, five: int, pooled: int) -> Parallel:
    """Build one inception module: 1x1, 3x3 and 5x5 behind 1x1, and pooling before 1x1.

    Parameters
    ----------
    channels
        That go in.
    one, reduce3, three, reduce5, five, pooled
        Filters of each convolution.

    Examples
    --------
    >>> inception(192, 64, 96, 128, 16, 32, 32).output_shape((192, 28, 28))
    (256, 28, 28)
    """
    return Parallel(
        {
            "1x1": Sequential({"conv": Conv2d(channels, one, 1), "relu": ReLU()}),
            "3x3": _reduced(channels, reduce3, three, 3),
            "5x5": _reduced(channels, reduce5, five, 5),
            "pool": Sequential({"pool": MaxPool2d(3, 1, 1), "conv": Conv2d(channels, pooled, 1), "relu": ReLU()}),
        }
    )


def naive_inception(channels: int, one: int, three: int, five: int) -> Parallel:
    """Build the module that the paper begins with: no 1x1 before the large kernels, pooling passed on as it is.

    Examples
    --------
    >>> naive_inception(192, 64, 128, 32).parameter_count
    387296
    """
    return Parallel(
        {
            "1x1": Sequential({"conv": Conv2d(channels, one, 1), "relu": ReLU()}),
            "3x3": Sequential({"conv": Conv2d(channels, three, 3, padding=1), "relu": ReLU()}),
            "5x5": Sequential({"conv": Conv2d(channels, five, 5, padding=2), "relu": ReLU()}),
            "pool": MaxPool2d(3, 1, 1),
        }
    )


def _reduced(channels: int, reduce: int, width: int, kernel: int) -> Sequential:
    return Sequential(
        {
            "reduce": Conv2d(channels, reduce, 1),
            "relu1": ReLU(),
            "conv": Conv2d(reduce, width, kernel, padding=kernel // 2),
            "relu2": ReLU(),
        }
    )
