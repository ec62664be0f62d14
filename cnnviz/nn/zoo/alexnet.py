"""AlexNet: the network of 2012, and the ways it has been counted since."""

from cnnviz._checks import choice
from cnnviz.nn.activation import ReLU
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import LocalResponseNorm
from cnnviz.nn.pool import MaxPool2d
from cnnviz.nn.sequential import Sequential

VARIANTS = ("grouped", "ungrouped", "one-column")


def alexnet(variant: str = "grouped") -> Sequential:
    """Build AlexNet.

    Parameters
    ----------
    variant
        ``grouped``: as in 2012, spread over two graphics cards that see only half of each other's maps, 60,965,224
        parameters. ``ungrouped``: the same with all maps connected, 62,378,344. Both for 3x227x227, the size that the
        paper's 224 should have been. ``one-column``: the narrower one of 2014 without normalization, 61,100,840, for
        3x224x224.

    Raises
    ------
    OptionError
        If there is no such variant.

    Examples
    --------
    >>> [alexnet(variant).parameter_count for variant in VARIANTS]
    [60965224, 62378344, 61100840]

    References
    ----------
    Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012,
    section 3.5; Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014.
    """
    choice("alexnet", "variant", variant, VARIANTS)
    one = variant == "one-column"
    groups = 2 if variant == "grouped" else 1
    widths = (64, 192, 384, 256, 256) if one else (96, 256, 384, 384, 256)
    layers: dict[str, Layer] = {
        "conv1": Conv2d(3, widths[0], 11, 4, 2 if one else 0),
        "relu1": ReLU(),
        "norm1": _normalize(),
        "pool1": MaxPool2d(3, 2),
        "conv2": Conv2d(widths[0], widths[1], 5, padding=2, groups=groups),
        "relu2": ReLU(),
        "norm2": _normalize(),
        "pool2": MaxPool2d(3, 2),
        "conv3": Conv2d(widths[1], widths[2], 3, padding=1),
        "relu3": ReLU(),
        "conv4": Conv2d(widths[2], widths[3], 3, padding=1, groups=groups),
        "relu4": ReLU(),
        "conv5": Conv2d(widths[3], widths[4], 3, padding=1, groups=groups),
        "relu5": ReLU(),
        "pool5": MaxPool2d(3, 2),
        "flatten": Flatten(),
        "fc6": Linear(widths[4] * 6 * 6, 4096),
        "relu6": ReLU(),
        "drop6": Dropout(),
        "fc7": Linear(4096, 4096),
        "relu7": ReLU(),
        "drop7": Dropout(),
        "fc8": Linear(4096, 1000),
    }
    if one:
        del layers["norm1"], layers["norm2"]
    return Sequential(layers)


def _normalize() -> LocalResponseNorm:
    """Normalize as the paper does: its alpha of 1e-4 is for a sum, ours for a mean over 5 channels."""
    return LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0)
