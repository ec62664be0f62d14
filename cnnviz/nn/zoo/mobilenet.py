"""MobileNet: each convolution in two, along the maps and across them."""

from cnnviz.nn.activation import ReLU
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import GlobalAvgPool2d
from cnnviz.nn.sequential import Sequential

# Filters and stride of each pair; the paper's table prints the last stride as 2, which its sizes contradict
PAIRS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
    (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
)  # fmt: skip


def mobilenet_v1() -> Sequential:
    """Build MobileNet v1 of full width: 4,231,976 parameters, for 3x224x224.

    Examples
    --------
    >>> mobilenet_v1().parameter_count
    4231976

    References
    ----------
    Howard and others, MobileNets: efficient convolutional neural networks for mobile vision applications, 2017,
    table 1.
    """
    layers: dict[str, Layer] = {
        "conv1": Conv2d(3, 32, 3, 2, 1, bias=False),
        "bn1": BatchNorm2d(32),
        "relu1": ReLU(),
    }
    channels = 32
    for place, (width, stride) in enumerate(PAIRS, 2):
        layers[f"depthwise{place}"] = Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False)
        layers[f"bn{place}a"] = BatchNorm2d(channels)
        layers[f"relu{place}a"] = ReLU()
        layers[f"pointwise{place}"] = Conv2d(channels, width, 1, bias=False)
        layers[f"bn{place}b"] = BatchNorm2d(width)
        layers[f"relu{place}b"] = ReLU()
        channels = width
    return Sequential({**layers, "pool": GlobalAvgPool2d(), "flatten": Flatten(), "fc": Linear(1024, 1000)})
