"""The numbers that the lecture writes on the board, and claims often printed wrong: each as the engine computes it."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import ndimage

from cnnviz import engine
from cnnviz.engine import macs, output_shape, parameter_count, receptive_field

X = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5]], dtype=float)
W = np.array([[1, 0, -1]] * 3, dtype=float)
Y = np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4]], dtype=float)

POOL_TABLE = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], dtype=float)


def plane(f, x, *arguments, **options):
    """Run an operation on one plane as a batch of one with one channel."""
    arguments = [a[None, None] if isinstance(a, np.ndarray) else a for a in arguments]
    return f(x[None, None], *arguments, **options)[0, 0]


def sizes(*layers):
    """Spatial size after each (size before, kernel, options)."""
    return [output_shape(size, kernel, **options)[0] for size, kernel, options in layers]


def fields(*layers):
    return [layer.size for layer in receptive_field([{"kernel_size": k, "stride": s} for k, s in layers])]


# The blackboard example


def test_blackboard_example():
    y = plane(engine.conv2d, X, W)
    assert y[0, 0] == -6
    np.testing.assert_array_equal(y, Y)
    np.testing.assert_array_equal(engine.relu(y), [[0, 0, 4], [0, 0, 14], [0, 0, 4]])
    np.testing.assert_array_equal(engine.correlate2d(X, W), Y)
    np.testing.assert_array_equal(engine.convolve2d(X, W), -Y)


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zeros", [-9, -4, -4, 6, 13]),
        ("replicate", [-3, -6, -6, 4, 7]),
        ("reflect", [0, -6, -6, 14, 0]),
        ("circular", [-1, -6, -6, 4, 9]),
    ],
)
def test_blackboard_example_of_the_same_size(mode, row):
    np.testing.assert_array_equal(plane(engine.conv2d, X, W, padding="same", padding_mode=mode)[0], row)


def test_blackboard_gradients():
    dx, dweight, dbias = engine.conv2d_vjp(np.ones((1, 1, 3, 3)), X[None, None], W[None, None])
    np.testing.assert_array_equal(dweight[0, 0], [[33, 42, 41], [48, 57, 46], [33, 42, 41]])
    np.testing.assert_array_equal(dx[0, 0], np.outer([1, 2, 3, 2, 1], [1, 1, 0, -1, -1]))
    assert dbias is None


def test_diagonal_cross():
    image = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]], dtype=float)
    kernel = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=float)
    np.testing.assert_array_equal(plane(engine.conv2d, image, kernel), [[9, 6], [4, 9]])


def test_high_pass_gives_60():
    kernel = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], dtype=float)
    image = np.array([[0, 140, 0], [225, 220, 205], [0, 250, 0]], dtype=float)
    assert plane(engine.conv2d, image, kernel).item() == 60


# Pooling


@pytest.mark.parametrize(
    ("image", "greatest", "mean"),
    [
        (POOL_TABLE, [[6, 8], [3, 9]], [[3.75, 5.25], [2.25, 4.25]]),
        (
            np.array([[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]], dtype=float),
            [[4, 6], [8, 7]],
            [[2.5, 3.25], [4.25, 3.25]],
        ),
        (np.array([[1, 9], [5, 4]], dtype=float), [[9]], [[4.75]]),
    ],
)
def test_pooling_two_by_two(image, greatest, mean):
    np.testing.assert_array_equal(plane(engine.max_pool2d, image, 2), greatest)
    np.testing.assert_array_equal(plane(engine.avg_pool2d, image, 2), mean)


def test_pooling_hides_32_of_the_56_shifts_of_a_bright_pixel():
    unchanged = []
    for row in range(8):
        for column in range(7):
            image = np.zeros((8, 8))
            image[row, column] = 1
            pooled, shifted = (plane(engine.max_pool2d, picture, 2) for picture in (image, np.roll(image, 1, axis=1)))
            unchanged.append(np.array_equal(pooled, shifted))
    assert (len(unchanged), sum(unchanged)) == (56, 32)


# Sizes and counts


def test_dense_layers_on_a_photograph():
    assert 224 * 224 * 3 == 150_528
    assert parameter_count(150_528, 512) == 77_070_848
    assert parameter_count(150_528, 1000) == 150_529_000


def test_dense_layers_grow_with_the_square_of_the_side():
    counts = [parameter_count(side * side * 3, 512) for side in (28, 56, 112, 224)]
    assert counts == [1_204_736, 4_817_408, 19_268_096, 77_070_848]
    weights = [parameter_count(side * side * 3, 512, bias=False) for side in (28, 56, 112, 224)]
    assert all(large == 4 * small for small, large in pairwise(weights))


def test_dense_net_against_cnn():
    dense = [parameter_count(784, 128), parameter_count(128, 64), parameter_count(64, 10)]
    assert dense == [100_480, 8_256, 650]
    assert sum(dense) == 109_386
    cnn = [
        parameter_count(1, 32, 3),
        parameter_count(32, 64, 3),
        parameter_count(64, 64, 3),
        parameter_count(576, 64),
        parameter_count(64, 10),
    ]
    assert cnn == [320, 18_496, 36_928, 36_928, 650]
    assert sum(cnn) == 93_322
    halved = {"stride": 2}
    assert sizes((28, 3, {}), (26, 2, halved), (13, 3, {}), (11, 2, halved), (5, 3, {})) == [26, 13, 11, 5, 3]
    assert 3 * 3 * 64 == 576
    assert fields((3, 1), (2, 2), (3, 1), (2, 2), (3, 1)) == [3, 4, 8, 10, 18]
    assert round(sum(dense) / sum(cnn), 2) == 1.17


def test_one_map_three_ways():
    dense = parameter_count(13 * 13 * 32, 11 * 11 * 64)
    local = parameter_count(32, 64, 3, positions=(11, 11))
    shared = parameter_count(32, 64, 3)
    assert (dense, local, shared) == (41_887_296, 2_238_016, 18_496)
    assert round(dense / shared) == 2_265


def test_four_by_four_image_and_four_hidden_nodes():
    for bias, expected in ((False, (64, 16, 4)), (True, (68, 20, 5))):
        dense = parameter_count(16, 4, bias=bias)
        quadrants = parameter_count(1, 1, 2, positions=(2, 2), bias=bias)
        shared = parameter_count(1, 1, 2, bias=bias)
        assert (dense, quadrants, shared) == expected


def test_network_with_kernels_of_four():
    assert sizes((28, 4, {}), (25, 2, {"stride": 2})) == [25, 12]
    assert 12 * 12 * 32 == 4_608
    counts = [parameter_count(1, 32, 4), parameter_count(4_608, 16), parameter_count(16, 8), parameter_count(8, 10)]
    assert counts == [544, 73_744, 136, 90]
    assert sum(counts) == 74_514


def test_padding_2_keeps_32_under_a_kernel_of_5():
    assert output_shape(32, 5, padding=2) == (32,)


def test_64_filters_on_rgb():
    assert parameter_count(3, 64, 3) == 1_792


def test_two_layers_on_200():
    assert sizes((200, 2, {"stride": 2}), (100, 3, {"padding": 1})) == [100, 100]
    assert [parameter_count(1, 16, 2), parameter_count(16, 32, 3)] == [80, 4_640]


def test_four_layers_on_130():
    layers = (130, 3, {}), (128, 4, {"stride": 4}), (32, 5, {"padding": 2}), (32, 2, {"stride": 2})
    assert sizes(*layers) == [128, 32, 32, 16]
    assert 16 * 16 * 20 == 5_120
    assert [parameter_count(3, 10, 3), parameter_count(10, 20, 5)] == [280, 5_020]
    assert fields((3, 1), (4, 4), (5, 1), (2, 2)) == [3, 6, 22, 26]


def test_three_layers_on_32():
    counts = [parameter_count(3, 16, 3), parameter_count(16, 32, 3), parameter_count(32, 64, 3)]
    assert counts == [448, 4_640, 18_496]
    assert sum(counts) == 23_584
    size = 32
    for _ in range(3):
        (size,) = output_shape(output_shape(size, 3, padding=1), 2, stride=2)
    assert size * size * 64 == 4 * 4 * 64 == 1_024


def test_progression_on_224():
    channels = (3, 64, 128, 256, 512, 512)
    convs = [parameter_count(before, after, 3) for before, after in pairwise(channels)]
    assert convs == [1_792, 73_856, 295_168, 1_180_160, 2_359_808]
    assert 7 * 7 * 512 == 25_088
    dense = [parameter_count(25_088, 4096), parameter_count(4096, 4096), parameter_count(4096, 1000)]
    assert dense == [102_764_544, 16_781_312, 4_097_000]
    assert sum(convs) + sum(dense) == 127_553_640


def test_two_threes_see_what_a_five_sees():
    assert fields((3, 1), (3, 1), (3, 1)) == [3, 5, 7]
    assert 2 * parameter_count(1, 1, 3, bias=False) == 18
    assert parameter_count(1, 1, 5, bias=False) == 25


def test_multiplications_follow_the_weights_and_the_positions():
    assert macs(32, 64, 3, (11, 11)) == 11 * 11 * parameter_count(32, 64, 3, bias=False)


# Architectures


def test_lenet5():
    c3 = 6 * parameter_count(3, 1, 5) + 9 * parameter_count(4, 1, 5) + parameter_count(6, 1, 5)
    rest = parameter_count(1, 6, 5) + parameter_count(16, 120, 5) + parameter_count(120, 84)
    assert c3 == 1_516
    subsampling = 2 * 6 + 2 * 16  # one factor and one bias for each map
    assert rest + c3 + subsampling == 60_000
    assert rest + parameter_count(6, 16, 5) + parameter_count(84, 10) == 61_706


def dense_head(flat):
    return parameter_count(flat, 4096) + parameter_count(4096, 4096) + parameter_count(4096, 1000)


@pytest.mark.parametrize(
    ("channels", "groups", "total"),
    [
        ((3, 96, 256, 384, 384, 256), (1, 2, 1, 2, 2), 60_965_224),
        ((3, 96, 256, 384, 384, 256), (1, 1, 1, 1, 1), 62_378_344),
        ((3, 64, 192, 384, 256, 256), (1, 1, 1, 1, 1), 61_100_840),
    ],
)
def test_alexnet(channels, groups, total):
    kernels = (11, 5, 3, 3, 3)
    layers = zip(pairwise(channels), kernels, groups, strict=True)
    convs = sum(parameter_count(*pair, kernel, groups=parts) for pair, kernel, parts in layers)
    assert convs + dense_head(256 * 6 * 6) == total


VGG = {11: (1, 1, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


@pytest.mark.parametrize(("depth", "total"), [(11, 132_863_336), (16, 138_357_544), (19, 143_667_240)])
def test_vgg(depth, total):
    widths = [width for width, times in zip((64, 128, 256, 512, 512), VGG[depth], strict=True) for _ in range(times)]
    convs = sum(parameter_count(before, after, 3) for before, after in pairwise([3, *widths]))
    assert convs + dense_head(512 * 7 * 7) == total
    assert len(widths) + 3 == depth


def test_inception_3a():
    def branch(*layers):
        return sum(parameter_count(*layer) for layer in layers)

    pointwise = parameter_count(192, 64, 1)
    slim = branch((192, 96, 1), (96, 128, 3)) + branch((192, 16, 1), (16, 32, 5)) + branch((192, 32, 1))
    naive = branch((192, 128, 3)) + branch((192, 32, 5))
    assert (pointwise + slim, pointwise + naive) == (163_696, 387_296)


def resnet_v1(blocks):
    """The units' 3x3 convolutions, those that shrink at the end of a block; a unit's other branch sees no further."""
    layers = [(7, 2), (3, 2)]
    for i, units in enumerate(blocks):
        layers += [(3, 1)] * (units - 1) + [(3, 2 if i < 3 else 1)]
    return layers


VGG_16 = [layer for times in VGG[16] for layer in [(3, 1)] * times + [(2, 2)]]


@pytest.mark.parametrize(
    ("name", "layers", "size"),
    [
        ("AlexNet v2", [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)], 195),
        ("VGG-16", VGG_16, 212),
        ("ResNet-v1-50", resnet_v1((3, 4, 6, 3)), 483),
        ("ResNet-v1-152", resnet_v1((3, 8, 36, 3)), 1507),
    ],
)
def test_receptive_fields_of_the_literature(name, layers, size):
    assert fields(*layers)[-1] == size


def test_receptive_field_of_inception_v3():
    def conv(kernel, stride=1):
        return {"kernel_size": kernel, "stride": stride}

    one = conv(1)
    a = {"branches": [[one], [one, conv(5)], [one, conv(3), conv(3)], [conv(3), one]]}
    shrink_a = {"branches": [[conv(3, 2)], [one, conv(3), conv(3, 2)], [conv(3, 2)]]}
    tall, wide = conv((7, 1)), conv((1, 7))
    b = {"branches": [[one], [one, wide, tall], [one, tall, wide, tall, wide], [conv(3), one]]}
    shrink_b = {"branches": [[one, conv(3, 2)], [one, wide, tall, conv(3, 2)], [conv(3, 2)]]}
    split = {"branches": [[conv((1, 3))], [conv((3, 1))]]}
    c = {"branches": [[one], [one, split], [one, conv(3), split], [conv(3), one]]}
    stem = [conv(3, 2), conv(3), conv(3), conv(3, 2), one, conv(3), conv(3, 2)]
    assert receptive_field([*stem, a, a, a, shrink_a, b, b, b, b, shrink_b, c, c])[-1].size == 1311


# Capsules


def test_squash():
    lengths = np.array([0.5, 1.0, 2.0, 10.0])
    np.testing.assert_allclose(engine.squash(lengths[:, None])[:, 0], [0.2, 0.5, 0.8, 0.9901], atol=5e-5)


# Claims often printed wrong, numbered as in the curriculum; 11 and 12 are about whole networks and tested with those


def test_erratum_1_the_pooling_table():
    assert not np.array_equal(plane(engine.max_pool2d, POOL_TABLE, 2), [[3, 4], [8, 9]])


def test_erratum_2_quadratic_is_not_exponential():
    counts = [parameter_count(side * side * 3, 512, bias=False) for side in (1, 2, 3, 4)]
    assert [count // counts[0] for count in counts] == [1, 4, 9, 16]


def test_erratum_3_gray_has_depth_1_and_rgb_3():
    gray, rgb = np.zeros((1, 1, 5, 5)), np.zeros((1, 3, 5, 5))
    assert engine.conv2d(gray, np.zeros((64, 1, 3, 3))).shape == engine.conv2d(rgb, np.zeros((64, 3, 3, 3))).shape
    assert (parameter_count(1, 64, 3), parameter_count(3, 64, 3)) == (640, 1_792)


def test_erratum_4_the_size_is_rounded_down():
    assert (32 - 3 + 2 * 1) / 2 + 1 == 16.5
    assert output_shape(32, 3, stride=2, padding=1) == (16,)


def test_erratum_5_flattening_has_activations_and_no_parameters():
    x = np.zeros((1, 64, 3, 3))
    assert engine.flatten(x, 1).shape == (1, 576)
    assert len(engine.flatten_vjp(np.zeros((1, 576)), x, 1)) == 1  # x is all there is to have a gradient


def test_erratum_6_sharing_saves_much_in_a_layer_and_little_in_this_model():
    assert round(parameter_count(5_408, 7_744) / parameter_count(32, 64, 3)) == 2_265
    assert round(109_386 / 93_322, 2) == 1.17


def test_erratum_7_convolution_moves_along():
    image = np.zeros((8, 8))
    image[2:4, 2:4] = [[1, 2], [3, 4]]
    moved = np.roll(image, 1, axis=1)
    here, there = (plane(engine.conv2d, picture, W, padding="same") for picture in (image, moved))
    np.testing.assert_array_equal(there, np.roll(here, 1, axis=1))
    assert not np.array_equal(there, here)


def test_erratum_8_ndimage_flips_and_mirrors():
    ours, theirs = plane(engine.conv2d, X, W, padding="same"), ndimage.convolve(X, W)
    np.testing.assert_array_equal(theirs[1:-1, 1:-1], -ours[1:-1, 1:-1])  # the other sign
    assert not np.array_equal(np.abs(theirs), np.abs(ours))  # and another border
    np.testing.assert_array_equal(theirs, engine.convolve2d(X, W, "same", "symm"))


@pytest.mark.parametrize("stride", [1, 2])
def test_erratum_9_the_gradient_of_the_input_needs_full_padding_and_zeros_between(stride):
    image = np.arange(35.0).reshape(5, 7)
    dy = np.arange(1.0, 16.0).reshape(3, 5) if stride == 1 else np.arange(1.0, 7.0).reshape(2, 3)
    dx = engine.conv2d_vjp(dy[None, None], image[None, None], W[None, None], stride=stride)[0][0, 0]
    spaced = np.zeros([stride * (n - 1) + 1 for n in dy.shape])
    spaced[::stride, ::stride] = dy
    np.testing.assert_array_equal(dx, plane(engine.conv2d, spaced, W[::-1, ::-1].copy(), padding="full"))
    if stride > 1:
        assert plane(engine.conv2d, dy, W[::-1, ::-1].copy(), padding="full").shape != dx.shape


def test_erratum_10_gradients_of_overlapping_windows_add_up():
    image = np.array([[1.0, 9.0, 2.0]])
    (dx,) = engine.max_pool2d_vjp(np.array([[[[4.0, 5.0]]]]), image[None, None], (1, 2), 1)
    np.testing.assert_array_equal(dx[0, 0], [[0, 9, 0]])
    (dx,) = engine.avg_pool2d_vjp(np.array([[[[4.0, 6.0]]]]), image[None, None], (1, 2), 1)
    np.testing.assert_array_equal(dx[0, 0], [[2, 5, 3]])


def test_erratum_13_27_weights_and_28_parameters():
    assert parameter_count(3, 1, 3, bias=False) == 27
    assert parameter_count(3, 1, 3) == 28
