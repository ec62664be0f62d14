"""The numbers of the famous architectures, against the literature and the worked values of the lecture."""

import numpy as np
import pytest

from cnnviz.engine import receptive_field
from cnnviz.nn import zoo

NUMBERS = {
    # name: parameters, MACs, receptive field of the last layer that does not see everything
    "tiny-cnn": (3_818, 80_896, 6),
    "scattered-cnn": (6_218, 608_576, 24),
    "lenet5": (60_000, 326_520, 32),
    "lenet5-dense": (61_706, 416_520, 32),
    "texture-cnn": (5_711, 970_920, 20),
    "alexnet": (60_965_224, 724_406_816, 195),
    "alexnet-ungrouped": (62_378_344, 1_135_256_096, 195),
    "alexnet-one-column": (61_100_840, 714_188_480, 195),
    "vgg11": (132_863_336, 7_609_090_048, 150),
    "vgg16": (138_357_544, 15_470_264_320, 212),
    "vgg19": (143_667_240, 19_632_062_464, 268),
    "googlenet": (6_998_552, 1_582_671_872, 715),
    "resnet18": (11_689_512, 1_814_073_344, 435),
    "resnet50": (25_557_032, 3_857_973_248, 483),
    "resnet152": (60_192_808, 11_282_415_616, 1507),
    "mobilenet-v1": (4_231_976, 568_740_352, 315),
    "efficientnet-b0": (5_288_548, 385_814_752, 7),
    "dense": (109_386, 109_184, np.inf),
    "cnn": (93_322, 2_794_240, 18),
    "cnn-4x4": (74_514, 393_936, 5),
    "cnn-130": (5_300, 9_543_680, 26),
    "cnn-200": (4_720, 46_720_000, 6),
    "cnn-32": (23_584, 2_801_664, 22),
    "cnn-224": (127_553_640, 3_447_291_904, 94),
}


def summary(name):
    entry = zoo.find("test", name)
    return entry.build().summary(entry.input)


def parameters(name):
    return [row.parameters for row in summary(name) if row.parameters]


def outputs(name, kind):
    return [row.output for row in summary(name) if row.layer.startswith(kind)]


def fields(name, *kinds):
    return [row.receptive_field for row in summary(name) if row.layer.startswith(kinds) and row.receptive_field < 1e9]


@pytest.mark.parametrize("name", NUMBERS)
def test_parameters_macs_and_receptive_field(name):
    found = summary(name)
    assert (found.parameters, found.macs, found.receptive_field) == NUMBERS[name]


def test_no_network_is_left_out():
    assert set(NUMBERS) == set(zoo.names())


@pytest.mark.parametrize("name", [name for name in NUMBERS if name != "efficientnet-b0"])
def test_the_receptive_field_found_row_by_row_is_that_of_the_whole_chain(name):
    entry = zoo.find("test", name)
    network = entry.build()
    whole = receptive_field(network)
    by_name = {row.name: row for row in network.summary(entry.input)}
    last = [row for key, row in by_name.items() if "." not in key or key.endswith((".add", ".concat"))]
    assert [row.receptive_field for row in last] == [field.size for field in whole]


def test_two_ways_of_counting_parameters_agree():
    for name in NUMBERS:
        network = zoo.find("test", name).build()
        arrays = [p for p in network.parameters().values() if p.learned]
        assert sum(int(np.prod(p.shape)) for p in arrays) == NUMBERS[name][0]
        assert all(p.values is None for p in arrays)  # counted without taking memory


def test_macs_in_total_are_those_of_the_network():
    for name, (_, macs, _) in NUMBERS.items():
        entry = zoo.find("test", name)
        assert entry.build().macs(entry.input) == macs


def test_lenet_layer_by_layer():
    assert parameters("lenet5") == [156, 12, 1_516, 32, 48_120, 10_164]
    assert parameters("lenet5-dense") == [156, 2_416, 48_120, 10_164, 850]
    assert [row.output for row in summary("lenet5") if row.parameters] == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,),
    ]  # fmt: skip


def test_alexnet_layer_by_layer():
    assert parameters("alexnet") == [34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000]
    assert outputs("alexnet", "MaxPool") == [(96, 27, 27), (256, 13, 13), (256, 6, 6)]
    assert outputs("alexnet-one-column", "MaxPool") == [(64, 27, 27), (192, 13, 13), (256, 6, 6)]


def test_vgg_has_as_many_layers_with_weights_as_its_name_says():
    for depth in (11, 16, 19):
        assert len(parameters(f"vgg{depth}")) == depth
    assert outputs("vgg16", "MaxPool") == [(64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]


def test_resnets_have_as_many_layers_on_their_longest_way_as_their_name_says():
    for depth in (18, 50, 152):
        names = [row.name for row in summary(f"resnet{depth}") if row.layer.startswith(("Conv2d", "Linear"))]
        assert len([name for name in names if "shortcut" not in name]) == depth
    stages = dict.fromkeys(row.output for row in summary("resnet50") if row.name.endswith(".add"))
    assert list(stages) == [(256, 56, 56), (512, 28, 28), (1024, 14, 14), (2048, 7, 7)]


def test_resnet_with_its_step_in_the_other_convolution():
    found = zoo.resnet50("3x3").summary((3, 224, 224))
    assert (found.parameters, found.macs, found.receptive_field) == (25_557_032, 4_089_184_256, 427)


def test_inception_3a():
    module, naive = zoo.inception(192, 64, 96, 128, 16, 32, 32), zoo.naive_inception(192, 64, 128, 32)
    assert (module.parameter_count, naive.parameter_count) == (163_696, 387_296)
    assert naive.output_shape((192, 28, 28)) == (416, 28, 28)
    concats = outputs("googlenet", "Parallel")
    assert [shape[0] for shape in concats] == [256, 480, 512, 512, 512, 528, 832, 832, 1024]
    assert [shape[1] for shape in concats] == [28, 28, 14, 14, 14, 14, 14, 7, 7]


def test_mobilenet_ends_with_maps_of_seven_by_seven():
    assert outputs("mobilenet-v1", "Conv2d")[-1] == (1024, 7, 7)


def test_efficientnet_stages():
    rows = {row.name: row.output for row in summary("efficientnet-b0")}
    ends = [rows[f"block{stage}_1.bn"] if stage in (1, 7) else None for stage in range(1, 8)]
    assert ends[0] == (16, 112, 112)
    assert ends[-1] == (320, 7, 7)
    assert rows["head.conv"] == (1280, 7, 7)


# The networks of the lecture


def test_the_dense_net_and_the_cnn_of_the_lecture():
    assert parameters("dense") == [100_480, 8_256, 650]
    assert parameters("cnn") == [320, 18_496, 36_928, 36_928, 650]
    sizes = [row.output[1] for row in summary("cnn") if row.layer.startswith(("Conv2d", "MaxPool2d"))]
    assert sizes == [26, 13, 11, 5, 3]
    assert fields("cnn", "Conv2d", "MaxPool2d") == [3, 4, 8, 10, 18]
    assert outputs("cnn", "Flatten") == [(576,)]


def test_the_other_networks_of_the_lecture():
    assert parameters("cnn-4x4") == [544, 73_744, 136, 90]
    assert outputs("cnn-4x4", ("Conv2d", "MaxPool2d", "Flatten")) == [(32, 25, 25), (32, 12, 12), (4_608,)]
    assert parameters("cnn-200") == [80, 4_640]
    assert outputs("cnn-200", "Conv2d") == [(16, 100, 100), (32, 100, 100)]
    assert parameters("cnn-130") == [280, 5_020]
    assert [row.output for row in summary("cnn-130")] == [
        (10, 128, 128), (10, 32, 32), (20, 32, 32), (20, 16, 16), (5_120,),
    ]  # fmt: skip
    assert fields("cnn-130", "Conv2d", "MaxPool2d") == [3, 6, 22, 26]
    assert parameters("cnn-32") == [448, 4_640, 18_496]
    assert [row.output for row in summary("cnn-32")][-2:] == [(64, 4, 4), (1_024,)]
    assert parameters("cnn-224") == [
        1_792, 73_856, 295_168, 1_180_160, 2_359_808, 102_764_544, 16_781_312, 4_097_000,
    ]  # fmt: skip
    assert outputs("cnn-224", "Flatten") == [(25_088,)]


# Every one runs


SMALL = {"lenet5": (1, 32, 32), "lenet5-dense": (1, 32, 32), "mobilenet-v1": (3, 32, 32), "resnet18": (3, 32, 32)}


@pytest.mark.parametrize("name", SMALL)
def test_forward_and_back(name):
    network = zoo.find("test", name).build()
    network.initialize(0)
    x = np.random.default_rng(1).standard_normal((2, *SMALL[name])).astype(np.float32)
    record = network.forward(x, record=True)
    assert record.output.shape[0] == 2
    assert np.isfinite(record.output).all()
    gradients = network.backward(np.ones_like(record.output), record)
    learned = {key for key, parameter in network.parameters().items() if parameter.learned}
    assert set(gradients.parameters()) == learned
    assert all(np.isfinite(g).all() for g in gradients.parameters().values())


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in NUMBERS if name not in SMALL])
def test_forward_at_full_size(name):
    entry = zoo.find("test", name)
    network = entry.build()
    network.initialize(0)
    x = np.random.default_rng(1).standard_normal((1, *entry.input)).astype(np.float32)
    y = network.forward(x)
    assert y.shape == (1, *network.output_shape(entry.input))
    assert np.isfinite(y).all()
