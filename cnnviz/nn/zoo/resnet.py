"""ResNet: layers that only add to what comes past them."""

from cnnviz._checks import choice
from cnnviz.nn.activation import ReLU
from cnnviz.nn.branch import Residual
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.sequential import Sequential

WIDTHS = (64, 128, 256, 512)


def resnet18() -> Sequential:
    """Build ResNet-18, of two 3x3 convolutions in a block: 11,689,512 parameters, for 3x224x224."""
    return _resnet((2, 2, 2, 2), None)


def resnet50(stride_in: str = "1x1") -> Sequential:
    """Build ResNet-50: 25,557,032 parameters, for 3x224x224.

    Parameters
    ----------
    stride_in
        Which convolution of a block makes the step of 2: ``1x1``, the first, as in the paper, where a cell sees 483
        cells of the input; or ``3x3``, the second, as in PyTorch's, where it sees 427 and computing takes 6 % more.

    Raises
    ------
    OptionError
        If ``stride_in`` is neither.

    Examples
    --------
    >>> resnet50().parameter_count, resnet50().summary((3, 224, 224)).receptive_field
    (25557032, 483)

    References
    ----------
    He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2015, table 1.
    """
    return _resnet((3, 4, 6, 3), choice("resnet50", "stride_in", stride_in, ("1x1", "3x3")))


def resnet152(stride_in: str = "1x1") -> Sequential:
    """Build ResNet-152: 60,192,808 parameters; see `resnet50`."""
    return _resnet((3, 8, 36, 3), choice("resnet152", "stride_in", stride_in, ("1x1", "3x3")))


def _resnet(counts: tuple[int, int, int, int], stride_in: str | None) -> Sequential:
    """Put together so many blocks for each stage; ``stride_in`` None makes the blocks of two convolutions."""
    layers: dict[str, Layer] = {
        "conv1": Conv2d(3, 64, 7, 2, 3, bias=False),
        "bn1": BatchNorm2d(64),
        "relu1": ReLU(),
        "pool1": MaxPool2d(3, 2, 1),
    }
    channels = 64
    for stage, (count, width) in enumerate(zip(counts, WIDTHS, strict=True), 2):
        for place in range(1, count + 1):
            stride = 2 if stage > 2 and place == 1 else 1
            out = width if stride_in is None else 4 * width
            body = (
                _basic(channels, width, stride)
                if stride_in is None
                else _bottleneck(channels, width, stride, stride_in)
            )
            layers[f"block{stage}_{place}"] = Residual(body, _shortcut(channels, out, stride))
            layers[f"relu{stage}_{place}"] = ReLU()
            channels = out
    return Sequential({**layers, "pool": GlobalAvgPool2d(), "flatten": Flatten(), "fc": Linear(channels, 1000)})


def _basic(channels: int, width: int, stride: int) -> Sequential:
    return Sequential(
        {
            "conv1": Conv2d(channels, width, 3, stride, 1, bias=False),
            "bn1": BatchNorm2d(width),
            "relu1": ReLU(),
            "conv2": Conv2d(width, width, 3, padding=1, bias=False),
            "bn2": BatchNorm2d(width),
        }
    )


def _bottleneck(channels: int, width: int, stride: int, stride_in: str) -> Sequential:
    first, second = (stride, 1) if stride_in == "1x1" else (1, stride)
    return Sequential(
        {
            "conv1": Conv2d(channels, width, 1, first, bias=False),
            "bn1": BatchNorm2d(width),
            "relu1": ReLU(),
            "conv2": Conv2d(width, width, 3, second, 1, bias=False),
            "bn2": BatchNorm2d(width),
            "relu2": ReLU(),
            "conv3": Conv2d(width, 4 * width, 1, bias=False),
            "bn3": BatchNorm2d(4 * width),
        }
    )


def _shortcut(channels: int, out: int, stride: int) -> Sequential | None:
    if stride == 1 and channels == out:
        return None
    return Sequential({"conv": Conv2d(channels, out, 1, stride, bias=False), "bn": BatchNorm2d(out)})
