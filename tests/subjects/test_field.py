import subprocess
import sys

import pytest

from cnnviz.errors import InputError, OptionError, ShapeError
from cnnviz.nn import Conv2d, ConvTranspose2d, MaxPool2d, Parallel, ReLU, Sequential
from cnnviz.subjects.field import Field

VGG_16 = "3x224x224 > " + " > ".join(
    ["conv 1 p1 > conv 1 p1 > pool 2"] * 2 + ["conv 1 p1 > conv 1 p1 > conv 1 p1 > pool 2"] * 3
)


def sizes(text):
    return [level.size[1] for level in Field(text).sights[0].levels]


def test_figures_of_the_literature():
    assert [[level.size[1] for level in subject.levels] for subject in Field().sights] == [
        [1, 3, 5, 7],
        [1, 3, 4, 8, 10, 18],
    ]
    assert sizes("3x130x130 > conv 10 k3 > pool 4 > conv 20 k5 p2 > pool 2 > flatten") == [1, 3, 6, 22, 26]
    assert sizes(VGG_16)[-1] == 212


def test_what_works_cell_by_cell_and_what_sees_everything_is_left_out():
    levels = Field("1x9x9 > conv 2 > relu > bn > dropout 0.5 > gap > flatten > dense 2").sights[0].levels
    assert [level.name for level in levels] == ["input", "conv 3 × 3"]


def test_names_tell_what_is_unusual():
    levels = Field("1x40x40 > conv 2 k5x3 s2 d2 > pool 3 s1 > avgpool 2").sights[0].levels
    assert [level.name for level in levels[1:]] == [
        "conv 5 × 3, stride 2, dilation 2",
        "max pool 3 × 3, stride 1",
        "avg pool 2 × 2",
    ]
    assert (levels[1].size, levels[1].jump) == ((9, 5), (2, 2))


def test_networks_with_blocks_are_followed():
    """ResNet-18 and -50 see 435 and 483 pixels; a gate that looks at whole maps ends it."""
    assert sizes("resnet18")[-1] == 435
    assert sizes("resnet50")[-1] == 483
    assert [level.name for level in Field("resnet18").sights[0].levels][-2:] == ["block 7 × 7, stride 2", "block 5 × 5"]
    assert sizes("efficientnet-b0") == [1, 3, 7]


def test_a_fork_that_makes_maps_larger_is_no_window():
    fork = Parallel({"low": Sequential(MaxPool2d(2), ConvTranspose2d(2, 2, 2, 2)), "high": Sequential(ReLU())})
    network = Sequential({"conv": Conv2d(1, 2, 3), "fork": fork})
    network.input_shape = (1, 10, 10)
    with pytest.raises(OptionError, match="expected convolutions and poolings, got fork; leave it out"):
        Field(network)


def test_cells_in_the_padding_are_not_there():
    subject = Field("1x5x5 > conv 1 k5 same").sights[0]
    assert subject.seen(1, 0, axis=1) == [{0, 1, 2}, {0}]
    assert subject.levels[1].field((0, 0)) == (range(-2, 3), range(-2, 3))


def test_the_picture_has_the_proportions_of_the_input():
    assert Field("1x20x30 > conv 1", "photo:china").sights[0].picture.values.shape == (1, 20, 30)
    assert Field("1x300x512 > conv 1").sights[0].picture.values.shape == (1, 75, 128)


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (
            "1x600x8 > conv 1",
            OptionError,
            "receptive-field: expected an input of at most 512 cells a side for an animation, got 600 x 8; "
            "write a smaller one",
        ),
        (
            "1x99x99" + " > conv 1 p1" * 101,
            OptionError,
            "receptive-field: expected one to 100 convolutions and poolings for an animation, got 101; "
            "write some of them",
        ),
        (
            "1x9x9 > relu",
            OptionError,
            "receptive-field: expected one to 100 convolutions and poolings for an animation, got 0; "
            "write one, as in 1x28x28 > conv 8 k3",
        ),
        (
            "1x9x9 > convt 4",
            OptionError,
            "receptive-field: expected convolutions and poolings, got convt1; leave it out",
        ),
        (
            "9 > dense 4",
            InputError,
            "receptive-field: expected a network that begins with a picture, such as 1x28x28, got 9 features; "
            "only a picture has windows",
        ),
        (
            "1x4x4 > conv 1 k5",
            ShapeError,
            "conv1: output_shape: expected a kernel no larger than the padded input (H=4, W=4), "
            "got one that spans (H=5, W=5); use a smaller kernel or dilation, or more padding",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(text, kind, line):
    with pytest.raises(kind) as caught:
        Field(text)
    assert str(caught.value) == line


@pytest.mark.parametrize("room", ["padding", "stride", "field"])
def test_checking_a_subject_does_not_load_manim(room):
    code = f"import sys; import cnnviz.subjects.{room}; sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
