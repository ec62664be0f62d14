"""Parameters and receptive fields of known architectures, layer by layer."""

from itertools import pairwise

import pytest

from cnnviz.engine import parameter_count, receptive_field
from tests.engine.curriculum.chain import fields


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
