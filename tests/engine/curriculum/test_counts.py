"""Sizes, parameters and receptive fields of the networks that the lecture counts through."""

from itertools import pairwise

from cnnviz.engine import macs, output_shape, parameter_count
from tests.engine.curriculum.chain import fields, sizes


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
