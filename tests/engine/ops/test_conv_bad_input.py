"""Every wrong call of a convolution, by the whole text of its answer."""

import inspect

import numpy as np
import pytest

from cnnviz import engine
from cnnviz.engine import conv1d, conv2d, conv2d_vjp, conv3d, conv_transpose2d, conv_transpose2d_vjp
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

X, W, B = np.ones((1, 4, 5, 5)), np.ones((6, 4, 3, 3)), np.ones(6)


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        (
            {"x": np.ones((5, 5))},
            ShapeError,
            "conv2d: expected x with 4 axes (N, C, H, W), got shape (5, 5); "
            "add the missing in front with x[None, None]",
        ),
        (
            {"x": np.ones((1, 1, 4, 5, 5))},
            ShapeError,
            "conv2d: expected x with 4 axes (N, C, H, W), got shape (1, 1, 4, 5, 5); "
            "take one entry of the first with x[0] or reshape it",
        ),
        (
            {"weight": np.ones((3, 3))},
            ShapeError,
            "conv2d: expected weight with 4 axes (M, C/groups, kH, kW), got shape (3, 3); "
            "add the missing in front with weight[None, None]",
        ),
        (
            {"bias": np.ones((6, 1))},
            ShapeError,
            "conv2d: expected bias with 1 axis (M), got shape (6, 1); "
            "take one entry of the first with bias[0] or reshape it",
        ),
        (
            {"bias": np.ones(4)},
            ShapeError,
            "conv2d: expected bias with one number for each of the M=6 filters, got shape (4,); "
            "give 6 numbers or bias=None",
        ),
        (
            {"weight": np.ones((6, 3, 3, 3))},
            ShapeError,
            "conv2d: expected weight with C/groups=4 channels for x with C=4 and groups=1, got 3 "
            "(weight.shape=(6, 3, 3, 3)); use a weight that reads as many channels as x has",
        ),
        (
            {"weight": np.ones((6, 2, 3, 3))},
            ShapeError,
            "conv2d: expected weight with C/groups=4 channels for x with C=4 and groups=1, got 2 "
            "(weight.shape=(6, 2, 3, 3)); use groups=2 or a weight that reads all channels",
        ),
        (
            {"groups": 3},
            ShapeError,
            "conv2d: expected groups to divide the channels C=4 of x and the filters M=6 of weight, got groups=3; "
            "choose a divisor of both",
        ),
        (
            {"groups": 4, "weight": np.ones((6, 1, 3, 3))},
            ShapeError,
            "conv2d: expected groups to divide the channels C=4 of x and the filters M=6 of weight, got groups=4; "
            "choose a divisor of both",
        ),
        ({"groups": 0}, OptionError, "conv2d: expected groups of at least 1, got 0; choose 1 or more"),
        (
            {"groups": 2.0},
            OptionError,
            "conv2d: expected groups as a whole number of at least 1, got 2.0; "
            "write it without quotes or a decimal point",
        ),
        (
            {"padding": 5, "padding_mode": "reflect"},
            ShapeError,
            "conv2d: expected reflect padding of at most 4 along H of size 5, got 5; "
            "pad less or use padding_mode='replicate'",
        ),
        (
            {"x": np.ones((0, 4, 5, 0))},
            ShapeError,
            "conv2d: expected x with at least one cell along every axis, got (N=0, C=4, H=5, W=0); "
            "look at what selected this data",
        ),
        (
            {"x": np.ones((1, 4, 0, 5))},
            ShapeError,
            "conv2d: expected x with at least one cell along every axis, got (N=1, C=4, H=0, W=5); "
            "look at what selected this data",
        ),
        (
            {"weight": np.ones((0, 4, 3, 3))},
            ShapeError,
            "conv2d: expected weight with at least one cell along every axis, got (M=0, C/groups=4, kH=3, kW=3); "
            "look at what selected this data",
        ),
        (
            {"x": np.ones((1, 4, 5, 5), int)},
            OptionError,
            "conv2d: expected x as float32 or float64, got int64; convert it with x.astype(np.float32)",
        ),
        (
            {"weight": np.ones((6, 4, 3, 3), object)},
            OptionError,
            "conv2d: expected weight as float32 or float64, got object; convert it with weight.astype(np.float32)",
        ),
        (
            {"weight": W.astype(np.float32)},
            OptionError,
            "conv2d: expected x and weight of one dtype, got float64 and float32; "
            "convert one with weight.astype(x.dtype)",
        ),
        (
            {"bias": B.astype(np.float32)},
            OptionError,
            "conv2d: expected weight and bias of one dtype, got float64 and float32; "
            "convert one with bias.astype(weight.dtype)",
        ),
        (
            {"x": [[[[1.0]]]]},
            OptionError,
            "conv2d: expected x as a numpy array of float32 or float64, got a list; "
            "make one with np.array(x, dtype=np.float32)",
        ),
        (
            {"weight": np.ones((6, 4, 6, 3))},
            ShapeError,
            "conv2d: expected a kernel no larger than the padded input (H=5, W=5), got one that spans (H=6, W=3); "
            "use a smaller kernel or dilation, or more padding",
        ),
        (
            {"dilation": 3},
            ShapeError,
            "conv2d: expected a kernel no larger than the padded input (H=5, W=5), got one that spans (H=7, W=7); "
            "use a smaller kernel or dilation, or more padding",
        ),
        ({"stride": 0}, OptionError, "conv2d: expected stride of at least 1, got 0; choose 1 or more"),
        (
            {"stride": (1, 2, 3)},
            OptionError,
            "conv2d: expected stride as one whole number or 2 (H, W), got 3: (1, 2, 3); "
            "give one number for all axes, or 2",
        ),
        ({"dilation": -1}, OptionError, "conv2d: expected dilation of at least 1, got -1; choose 1 or more"),
        ({"padding": -1}, OptionError, "conv2d: expected padding of at least 0, got -1; choose 0 or more"),
        (
            {"padding": "same", "stride": 2},
            OptionError,
            "conv2d: expected stride 1 with padding='same', got stride (2, 2); "
            "give padding=same_padding(size, kernel_size, stride=...) to choose the cells yourself",
        ),
        (
            {"padding_mode": "mirror"},
            OptionError,
            "conv2d: expected padding_mode as one of zeros, replicate, reflect, circular, extend, got 'mirror'; "
            "write one of these words",
        ),
    ],
)
def test_conv2d(change, error, text):
    call = {"x": X, "weight": W, "bias": B} | change
    with says(error, text):
        conv2d(**call)
    with says(error, text.replace("conv2d:", "conv2d_vjp:")):
        conv2d_vjp(np.ones((1, 6, 3, 3)), **call)


def test_the_axes_are_those_of_the_operation():
    with says(
        ShapeError,
        "conv1d: expected x with 3 axes (N, C, L), got shape (8,); add the missing in front with x[None, None]",
    ):
        conv1d(np.ones(8), np.ones((1, 1, 3)))
    with says(
        ShapeError,
        "conv3d: expected weight with 5 axes (M, C/groups, kD, kH, kW), got shape (1, 3, 3, 3); "
        "add the missing in front with weight[None]",
    ):
        conv3d(np.ones((1, 1, 3, 3, 3)), np.ones((1, 3, 3, 3)))


@pytest.mark.parametrize(
    ("dy", "error", "text"),
    [
        (
            np.ones((1, 6, 5, 5)),
            ShapeError,
            "conv2d_vjp: expected dy of the output's shape (N=1, C=6, H=3, W=3), got (N=1, C=6, H=5, W=5); "
            "give the gradient of what the forward operation returned, with the same options",
        ),
        (
            np.ones((6, 3, 3)),
            ShapeError,
            "conv2d_vjp: expected dy with 4 axes (N, C, H, W), got shape (6, 3, 3); "
            "add the missing in front with dy[None]",
        ),
        (
            np.ones((1, 6, 3, 3), np.float32),
            OptionError,
            "conv2d_vjp: expected x and dy of one dtype, got float64 and float32; convert one with dy.astype(x.dtype)",
        ),
    ],
)
def test_a_gradient_that_does_not_fit(dy, error, text):
    with says(error, text):
        conv2d_vjp(dy, X, W, B)


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        (
            {"weight": np.ones((3, 4, 3, 3))},
            ShapeError,
            "conv_transpose2d: expected weight with C=4 first, as x has, got 3 (weight.shape=(3, 4, 3, 3)); "
            "weight is (C, M/groups, *kernel) here, turned round from a convolution's",
        ),
        (
            {"groups": 3},
            ShapeError,
            "conv_transpose2d: expected groups to divide the channels C=4 of x, got groups=3; choose a divisor",
        ),
        (
            {"bias": np.ones(3), "groups": 2},
            ShapeError,
            "conv_transpose2d: expected bias with one number for each of the M=12 filters, got shape (3,); "
            "give 12 numbers or bias=None",
        ),
        (
            {"output_padding": (0, 2), "stride": 2},
            OptionError,
            "conv_transpose2d: expected output_padding below stride (2, 2) or dilation (1, 1) along every axis, "
            "got (0, 2); it only chooses among the sizes that the stride leaves open",
        ),
        (
            {"padding": 4},
            ShapeError,
            "conv_transpose2d: expected an output of at least one cell along every axis, got (H=-1, W=-1); "
            "use less padding",
        ),
    ],
)
def test_conv_transpose2d(change, error, text):
    call = {"x": X, "weight": np.ones((4, 6, 3, 3)), "bias": None} | change
    with says(error, text):
        conv_transpose2d(**call)
    with says(error, text.replace("conv_transpose2d:", "conv_transpose2d_vjp:")):
        conv_transpose2d_vjp(np.ones((1, 6, 7, 7)), **call)


@pytest.mark.parametrize("name", [name for name in engine.__all__ if name.startswith("conv")])
def test_each_speaks_under_its_own_name(name):
    arrays = [
        parameter
        for parameter in inspect.signature(getattr(engine, name)).parameters.values()
        if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    with pytest.raises(OptionError, match=f"^{name}: expected "):
        getattr(engine, name)(*[None] * len(arrays))
