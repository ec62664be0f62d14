import pytest

from cnnviz.stage.conv import narration
from cnnviz.subjects.convolution import Convolution

LONGEST = 140


def subject(**options):
    return Convolution(**options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, ""),
        ({"padding": 1}, "With zeros around the picture, the map has 8 × 8 numbers."),
        ({"stride": 2}, "With steps of 2, the map has 3 × 3 numbers."),
        (
            {"padding": 1, "stride": (2, 1), "dilation": 2, "padding_mode": "circular"},
            "With pixels from the far side around the picture, steps of 2 × 1 and weights 2 pixels apart, "
            "the map has 3 × 6 numbers.",
        ),
    ],
)
def test_settings(options, sentence):
    assert narration.settings(subject(**options)) == sentence


@pytest.mark.parametrize(
    ("kernel", "index", "sentence"),
    [
        ("edge-x", 0, "Bright on the right, dark on the left: the kernel answers with a negative number, −6."),
        ("edge-x", 5, "Bright on the left, dark on the right: the kernel answers with a large positive number, 14."),
        ("1,1;1,1", 0, "No weight is negative: the kernel gathers its window into one number, 16."),
        ("1,1,1;0,0,0;-1,-1,-1", 0, "As bright above as below: no edge here, and the answer is 0."),
        ("0,-1;2,0", 0, "The positive products give 12, the negative ones −2: together 10."),
    ],
)
def test_why_reads_the_kernel_and_the_window(kernel, index, sentence):
    made = subject(image="blackboard", kernel=kernel)
    assert narration.why(made.trace[index], largest=14) == sentence


@pytest.mark.parametrize("image", ["digit:0", "photo:china"])
@pytest.mark.parametrize("channels", ["gray", "rgb"])
def test_every_sentence_is_short_enough_to_read(image, channels):
    made = subject(image=image, size=None if image == "digit:0" else 9, channels=channels)
    first = made.trace[0]
    sentences = [
        narration.opening(made),
        narration.lay(made),
        narration.add_up(first),
        narration.again(made),
        narration.sharing(made),
        narration.takeaway(made),
        *(narration.why(step, largest=1.0) for step in made.trace[:20]),
    ]
    assert all(0 < len(sentence) <= LONGEST for sentence in sentences)


def test_one_window_is_no_windows():
    one = subject(image="1,2,3;4,5,6;7,8,9")
    assert narration.takeaway(one).startswith("1 window, 1 number: ")
    assert narration.takeaway(subject()).startswith("36 windows, 36 numbers: ")


def test_one_weight_is_no_weights():
    one = subject(image="blackboard", kernel="2")
    said = (narration.lay(one), narration.add_up(one.trace[0]), narration.sharing(one))
    assert said == (
        "The 1 × 1 kernel lies on one pixel, which is multiplied by the only weight.",
        "The one product is 2: the first number of the feature map.",
        "The same weight serves every position: this is weight sharing.",
    )
