import numpy as np
import pytest

from cnnviz.engine import macs, output_shape, parameter_count, same_padding
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says


@pytest.mark.parametrize(
    ("size", "kernel", "options", "expected"),
    [
        (32, 5, {"padding": 2}, (32,)),
        (32, 3, {"padding": 1, "stride": 2}, (16,)),  # printed without the floor: 16.5
        ((200, 200), 2, {"stride": 2}, (100, 100)),
        ((100, 100), 3, {"padding": 1}, (100, 100)),
        ((130, 130), 3, {}, (128, 128)),
        ((128, 128), 4, {"stride": 4}, (32, 32)),
        ((32, 32), 5, {"padding": 2}, (32, 32)),
        ((28, 28), 4, {}, (25, 25)),
        ((25, 25), 2, {"stride": 2}, (12, 12)),
        ((25, 25), 2, {"stride": 2, "ceil_mode": True}, (13, 13)),
        ((224, 224), 7, {"stride": 2, "padding": 3}, (112, 112)),
        ((5, 7), (3, 2), {"padding": "full", "dilation": (1, 3)}, (7, 10)),
        ((5, 7, 9), 3, {"padding": "same", "dilation": 2}, (5, 7, 9)),
        (5, 3, {"padding": ((2, 0),)}, (5,)),
        (16, 3, {"stride": 2, "padding": 1, "output_padding": 1, "transposed": True}, (32,)),
        ((14, 14), 2, {"stride": 2, "transposed": True}, (28, 28)),
    ],
)
def test_output_shape(size, kernel, options, expected):
    assert output_shape(size, kernel, **options) == expected


def test_the_small_network_of_five_layers():
    sizes = [(28, 28)]
    for kernel, stride in ((3, 1), (2, 2), (3, 1), (2, 2), (3, 1)):
        sizes.append(output_shape(sizes[-1], kernel, stride=stride))
    assert [h for h, _ in sizes] == [28, 26, 13, 11, 5, 3]


def test_same_padding_keeps_what_the_stride_keeps():
    for size in range(1, 12):
        for kernel in range(1, 6):
            for stride in range(1, 4):
                for dilation in range(1, 4):
                    pairs = same_padding(size, kernel, stride=stride, dilation=dilation)
                    lower = same_padding(size, kernel, stride=stride, dilation=dilation, extra="before")
                    assert lower == tuple((after, before) for before, after in pairs)
                    assert 0 <= pairs[0][1] - pairs[0][0] <= 1
                    span = size + sum(pairs[0]) - dilation * (kernel - 1) - 1
                    assert span // stride + 1 == -(-size // stride)


def test_same_padding_of_even_kernels_puts_the_odd_cell_after():
    assert same_padding((5, 5), (2, 4)) == ((0, 1), (1, 2))
    assert same_padding((5, 5), (2, 4), extra="before") == ((1, 0), (2, 1))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((224 * 224 * 3, 512), 77_070_848),
        ((224 * 224 * 3, 1000), 150_529_000),
        ((28 * 28 * 3, 512), 1_204_736),
        ((56 * 56 * 3, 512), 4_817_408),
        ((112 * 112 * 3, 512), 19_268_096),
        ((784, 128), 100_480),
        ((128, 64), 8_256),
        ((64, 10), 650),
        ((1, 32, 3), 320),
        ((32, 64, 3), 18_496),
        ((64, 64, 3), 36_928),
        ((576, 64), 36_928),
        ((13 * 13 * 32, 11 * 11 * 64), 41_887_296),
        ((1, 32, 4), 544),
        ((4_608, 16), 73_744),
        ((1, 16, 2), 80),
        ((16, 32, 3), 4_640),
        ((3, 10, 3), 280),
        ((10, 20, 5), 5_020),
        ((3, 16, 3), 448),
        ((3, 64, 3), 1_792),
        ((64, 128, 3), 73_856),
        ((512, 512, 3), 2_359_808),
        ((25_088, 4_096), 102_764_544),
        ((4_096, 4_096), 16_781_312),
        ((4_096, 1_000), 4_097_000),
    ],
)
def test_parameter_count(arguments, expected):
    assert parameter_count(*arguments) == expected


def test_parameter_count_of_layers_that_do_not_share_everything():
    assert parameter_count(32, 64, 3, positions=(11, 11)) == 2_238_016
    assert parameter_count(3, 1, 3, bias=False) == 27
    assert parameter_count(3, 1, 3) == 28
    assert parameter_count(32, 32, 3, groups=32, bias=False) == 288
    assert parameter_count(2, 4, (3, 3, 3), groups=2) == 4 * 27 + 4
    assert parameter_count(1, 1, (5,)) == 6
    assert parameter_count(3, 64, np.int64(3), positions=[]) == 1_792
    assert [parameter_count(16, 4, bias=bias) for bias in (False, True)] == [64, 68]
    assert [parameter_count(1, 1, 2, positions=(2, 2), bias=bias) for bias in (False, True)] == [16, 20]
    assert [parameter_count(1, 1, 2, bias=bias) for bias in (False, True)] == [4, 5]


def test_macs():
    assert macs(3, 64, 3, (224, 224)) == 224 * 224 * 64 * 27
    assert macs(32, 32, 3, (10, 12), groups=32) == 120 * 32 * 9
    assert macs(4_096, 1_000) == 4_096_000
    assert macs(1, 2, (3,), 7) == 42


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: output_shape((1, 2, 3, 4), 3),
            ShapeError,
            "output_shape: expected size with one to three spatial axes, got 4: (1, 2, 3, 4); "
            "leave out N and C, as in (H, W)",
        ),
        (
            lambda: output_shape((5, 0), 3),
            OptionError,
            "output_shape: expected size[1] of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: output_shape(5, 7),
            ShapeError,
            "output_shape: expected a kernel no larger than the padded input (L=5), got one that spans (L=7); "
            "use a smaller kernel or dilation, or more padding",
        ),
        (
            lambda: output_shape(5, 3, stride=0),
            OptionError,
            "output_shape: expected stride of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: output_shape(5, 3, output_padding=1),
            OptionError,
            "output_shape: expected output_padding only with transposed=True, got 1; "
            "leave it out or set transposed=True",
        ),
        (
            lambda: same_padding(5, 3, extra="left"),
            OptionError,
            "same_padding: expected extra as one of after, before, got 'left'; write one of these words",
        ),
        (
            lambda: parameter_count(3, 4, 3, groups=2),
            OptionError,
            "parameter_count: expected groups to divide in_channels and out_channels, got groups=2 for 3 and 4; "
            "choose a divisor of both",
        ),
        (
            lambda: macs(0, 4, 3, (5, 5)),
            OptionError,
            "macs: expected in_channels of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: macs(1, 4, 3, "5"),
            OptionError,
            "macs: expected output_size[0] as a whole number of at least 1, got '5'; "
            "write it without quotes or a decimal point",
        ),
    ],
)
def test_bad_input(call, error, text):
    with says(error, text):
        call()
