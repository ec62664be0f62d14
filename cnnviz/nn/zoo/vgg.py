"""VGG: nothing but 3x3 convolutions, deeper and deeper."""

from cnnviz.nn.activation import ReLU
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer
from cnnviz.nn.pool import MaxPool2d
from cnnviz.nn.sequential import Sequential

STAGES = {11: (1, 1, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
WIDTHS = (64, 128, 256, 512, 512)


def vgg11() -> Sequential:
    """Build VGG-11, configuration A: 132,863,336 parameters; see `vgg16`."""
    return _vgg(11)


def vgg16() -> Sequential:
    """Build VGG-16, configuration D: 138,357,544 parameters, for an input of 3x224x224.

    Examples
    --------
    >>> vgg16().parameter_count
    138357544

    References
    ----------
    Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition, 2015, table 1.
    """
    return _vgg(16)


def vgg19() -> Sequential:
    """Build VGG-19, configuration E: 143,667,240 parameters; see `vgg16`."""
    return _vgg(19)


def _vgg(depth: int) -> Sequential:
    layers: dict[str, Layer] = {}
    channels = 3
    for stage, (count, width) in enumerate(zip(STAGES[depth], WIDTHS, strict=True), 1):
        for place in range(1, count + 1):
            layers[f"conv{stage}_{place}"] = Conv2d(channels, width, 3, padding=1)
            layers[f"relu{stage}_{place}"] = ReLU()
            channels = width
        layers[f"pool{stage}"] = MaxPool2d(2)
    return Sequential(
        {
            **layers,
            "flatten": Flatten(),
            "fc6": Linear(512 * 7 * 7, 4096),
            "relu6": ReLU(),
            "drop6": Dropout(),
            "fc7": Linear(4096, 4096),
            "relu7": ReLU(),
            "drop7": Dropout(),
            "fc8": Linear(4096, 1000),
        }
    )
