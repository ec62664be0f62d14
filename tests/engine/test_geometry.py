import numpy as np
import pytest

from cnnviz.engine import conv2d, max_pool2d
from cnnviz.engine.geometry import lay_out, lay_out_transposed
from cnnviz.engine.padding import choose_mode, padding_pairs
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import same


@pytest.mark.parametrize(
    ("padding", "pairs"),
    [
        (2, ((2, 2), (2, 2))),
        (np.int64(2), ((2, 2), (2, 2))),
        ((0, 2), ((0, 0), (2, 2))),
        ([0, 2], ((0, 0), (2, 2))),
        (((1, 2), (3, 4)), ((1, 2), (3, 4))),
        ([[1, 2], [3, 4]], ((1, 2), (3, 4))),
        ("valid", ((0, 0), (0, 0))),
        ("crop", ((0, 0), (0, 0))),
        ("same", ((1, 1), (3, 3))),
        ("full", ((2, 2), (6, 6))),
    ],
)
def test_every_way_of_writing_a_padding(padding, pairs):
    assert padding_pairs("conv2d", padding, (3, 4), (1, 1), (1, 2)) == pairs


@pytest.mark.parametrize(
    ("padding", "text"),
    [
        (
            "some",
            "conv2d: expected padding as one of valid, crop, same, full, a whole number, one for each axis or a "
            "(before, after) pair for each axis, got 'some'; write one of these",
        ),
        (-1, "conv2d: expected padding of at least 0, got -1; choose 0 or more"),
        ((0, -1), "conv2d: expected padding[1] of at least 0, got -1; choose 0 or more"),
        (((0, 1), (2, -3)), "conv2d: expected padding[1][1] of at least 0, got -3; choose 0 or more"),
        (
            1.5,
            "conv2d: expected padding as a whole number of at least 0, got 1.5; "
            "write it without quotes or a decimal point",
        ),
        (
            (1, 2, 3),
            "conv2d: expected padding as one whole number or 2 (H, W), got 3: (1, 2, 3); "
            "give one number for all axes, or 2",
        ),
        (
            None,
            "conv2d: expected padding as a whole number of at least 0, got None; "
            "write it without quotes or a decimal point",
        ),
    ],
)
def test_a_padding_that_is_none(padding, text):
    with says(OptionError, text):
        padding_pairs("conv2d", padding, (3, 3), (1, 1), (1, 1))


def test_same_needs_stride_1():
    with says(
        OptionError,
        "conv2d: expected stride 1 with padding='same', got stride (2, 1); "
        "give padding=same_padding(size, kernel_size, stride=...) to choose the cells yourself",
    ):
        padding_pairs("conv2d", "same", (3, 3), (2, 1), (1, 1))


def test_padding_modes_and_their_alias():
    names = ("zeros", "replicate", "reflect", "circular", "extend")
    assert [choose_mode("conv2d", name) for name in names] == [*names[:4], "replicate"]
    with says(
        OptionError,
        "conv2d: expected padding_mode as one of zeros, replicate, reflect, circular, extend, got 'mirror'; "
        "write one of these words",
    ):
        choose_mode("conv2d", "mirror")


@pytest.mark.parametrize(
    ("mode", "padding", "text"),
    [
        (
            "reflect",
            ((0, 0), (0, 3)),
            "conv2d: expected reflect padding of at most 2 along W of size 3, got 3; "
            "pad less or use padding_mode='replicate'",
        ),
        (
            "circular",
            4,
            "conv2d: expected circular padding of at most 3 along H of size 3, got 4; "
            "pad less or use padding_mode='replicate'",
        ),
    ],
)
def test_a_border_wider_than_what_it_repeats(mode, padding, text):
    with says(ShapeError, text):
        lay_out("conv2d", (3, 3), (2, 2), padding=padding, padding_mode=mode)


def test_a_kernel_that_does_not_fit():
    with says(
        ShapeError,
        "conv2d: expected a kernel no larger than the padded input (H=3, W=7), got one that spans (H=5, W=5); "
        "use a smaller kernel or dilation, or more padding",
    ):
        lay_out("conv2d", (3, 5), (3, 3), padding=((0, 0), (1, 1)), dilation=2)


def test_ceil_mode_covers_the_window_that_sticks_out():
    geometry = lay_out("max_pool1d", (6,), (3,), stride=2, ceil_mode=True)
    assert (geometry.out, geometry.pairs, geometry.padded) == ((3,), ((0, 1),), (7,))
    same(geometry.windows(geometry.pad(np.arange(6.0), -1)), np.array([[0, 1, 2], [2, 3, 4], [4, 5, -1.0]]))


def test_ceil_mode_leaves_out_a_window_that_starts_in_the_padding_after():
    assert lay_out("max_pool1d", (4,), (2,), stride=3, padding=1, ceil_mode=True).out == (2,)  # not ceil(4 / 3) + 1
    assert lay_out("max_pool1d", (6,), (3,), stride=3, padding=1, ceil_mode=True).out == (3,)


def test_a_geometry_pads_views_and_brings_back():
    geometry = lay_out("conv1d", (4,), (3,), padding=1, stride=2, padding_mode="circular")
    x = np.array([1.0, 2.0, 3.0, 4.0])
    view = geometry.windows(geometry.pad(x))
    same(view, np.array([[4, 1, 2], [2, 3, 4.0]]))
    same(geometry.pad_vjp(geometry.windows_vjp(np.ones_like(view))), np.array([1, 2, 1, 2.0]))


def test_a_transposed_convolution_is_described_by_the_one_that_it_transposes():
    geometry = lay_out_transposed("conv_transpose1d", (4,), (3,), stride=2, padding=1, output_padding=1)
    assert (geometry.out, geometry.size) == ((4,), (8,))
    assert lay_out("conv1d", (8,), (3,), stride=2, padding=1).out == (4,)


def test_output_padding_only_settles_what_the_stride_leaves_open():
    with says(
        OptionError,
        "conv_transpose1d: expected output_padding below stride (2,) or dilation (1,) along every axis, got (2,); "
        "it only chooses among the sizes that the stride leaves open",
    ):
        lay_out_transposed("conv_transpose1d", (4,), (3,), stride=2, output_padding=2)


def test_a_transposed_convolution_must_leave_something():
    with says(
        ShapeError,
        "conv_transpose2d: expected an output of at least one cell along every axis, got (H=0, W=3); use less padding",
    ):
        lay_out_transposed("conv_transpose2d", (2, 3), (1, 1), padding=((1, 1), (0, 0)))


def test_what_was_laid_out_before_lets_nothing_else_pass():
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    weight = np.ones((1, 1, 1, 1))
    for call in (lambda **options: conv2d(x, weight, **options), lambda **options: max_pool2d(x, 1, **options)):
        assert call(stride=1, padding=0, dilation=1).shape == x.shape
        for name in ("stride", "dilation"):
            for value in (True, 1.0, np.bool_(True), "1"):
                with pytest.raises(OptionError, match=f"expected {name}"):
                    call(**{name: value})
    assert max_pool2d(x, 2, ceil_mode=False).shape == (1, 1, 2, 2)
    with pytest.raises(OptionError, match="ceil_mode"):
        max_pool2d(x, 2, ceil_mode=0)
    assert conv2d(x, weight, stride=np.int64(2)).shape == conv2d(x, weight, stride=(2, 2)).shape
