import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn import AvgPool2d, Conv2d, ConvTranspose2d, MaxPool2d, parse_network
from cnnviz.nn.notation import KINDS
from tests.engine.says import says


def test_every_word_makes_its_layer():
    shape, network = parse_network(
        "4X9x9 > CONV 8 k3x5 s2 p1x2 d1 g2 nobias > bn > relu > convt 4 k2 s2 o1 > sigmoid > maxpool 2 ceil"
        " > avgpool k3 s1 p1 > conv 2 same > tanh > dropout 0.25 > gap > flatten > linear 5 > softmax > dense 2 nobias"
    )
    assert shape == (4, 9, 9)
    kinds = [type(layer).__name__ for layer in network]
    assert kinds == [
        "Conv2d", "BatchNorm2d", "ReLU", "ConvTranspose2d", "Sigmoid", "MaxPool2d", "AvgPool2d", "Conv2d", "Tanh",
        "Dropout", "GlobalAvgPool2d", "Flatten", "Linear", "Softmax", "Linear",
    ]  # fmt: skip
    conv, convt, pool, average = network["conv1"], network["convt1"], network["maxpool1"], network["avgpool1"]
    assert isinstance(conv, Conv2d)
    assert (conv.kernel_size, conv.stride, conv.padding, conv.groups) == ((3, 5), (2, 2), (1, 2), 2)
    assert list(conv.own) == ["weight"]
    assert isinstance(convt, ConvTranspose2d)
    assert (convt.stride, convt.output_padding) == ((2, 2), (1, 1))
    assert isinstance(pool, MaxPool2d)
    assert pool.ceil_mode
    assert isinstance(average, AvgPool2d)
    assert (average.kernel_size, average.stride, average.padding) == ((3, 3), (1, 1), (1, 1))
    assert network["conv2"].padding == "same"
    assert network["dropout1"].p == 0.25
    assert network.output_shape(shape) == (2,)
    network.initialize(0)
    assert network.forward(np.zeros((1, *shape), np.float32)).shape == (1, 2)


def test_padding_and_epsilon():
    """How many cells ``same`` adds is in test_keras.py."""
    network = parse_network(
        "1x9x9 > conv 2 p1-2 > conv 2 p=0-1x2-2 > conv 2 s2 same > avgpool 3 s1 same > avgpool 2 p1-0 > bn eps1e-3 > bn"
    )[1]
    assert network["conv1"].padding == ((1, 2), (1, 2))
    assert network["conv2"].padding == ((0, 1), (2, 2))
    assert network["conv3"].padding == ((1, 1), (0, 1))
    assert (network["avgpool1"].count_include_pad, network["avgpool2"].count_include_pad) == (False, True)
    assert (network["bn1"].eps, network["bn2"].eps) == (1e-3, 1e-5)
    other = parse_network("1x9x9 > conv 2 s2 same > flatten > dense 3", (1, 8, 7))
    assert other[0] == (1, 8, 7)
    assert (other[1]["conv1"].padding, other[1]["dense1"].in_features) == (((0, 1), (1, 1)), 32)


def test_defaults():
    network = parse_network("1x8x8 > conv 2 > pool 2 > pool 3 s1 > dropout")[1]
    assert network["conv1"].kernel_size == (3, 3)
    assert (network["pool1"].stride, network["pool2"].stride) == ((2, 2), (1, 1))
    assert network["dropout1"].p == 0.5


SIZE = (
    "network: expected the input as CHANNELSxROWSxCOLUMNS, such as 3x224x224, or one number of features, each "
    "from 1 to 1,000,000, got {}; write it so"
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", SIZE.format("''")),
        ("3x3 > relu", SIZE.format("'3x3'")),
        ("1x0x8 > relu", SIZE.format("'1x0x8'")),
        ("1x8x9999999 > relu", SIZE.format("'1x8x9999999'")),
        (
            "1x8x8 > cnv 3",
            f"network: expected a layer ({', '.join(KINDS)}), got 'cnv 3'; did you mean conv?",
        ),
        (
            "1x8x8 > > relu",
            f"network: expected a layer ({', '.join(KINDS)}), got ''; begin it with one of these words",
        ),
        (
            "1x8x8 > conv k3",
            "network: expected filters as a whole number after the word in 'conv k3', as in 'conv 10 k3'; add it",
        ),
        (
            "1x8x8 > conv 2.5",
            "network: expected filters as a whole number after the word in 'conv 2.5', as in 'conv 10 k3'; add it",
        ),
        (
            "1x8x8 > pool 2 q3",
            "network: expected after pool only a number, kN, sN, pN, ceil, same, each once, got 'q3' in 'pool 2 "
            "q3'; leave it out or correct it",
        ),
        (
            "1x8x8 > relu 3",
            "network: expected after relu nothing, each once, got '3' in 'relu 3'; leave it out or correct it",
        ),
        (
            "1x8x8 > conv 2 p1 same",
            "network: expected one padding, got more in 'conv 2 p1 same'; leave all but one out",
        ),
        (
            "1x8x8 > conv 2 p0-1 p1",
            "network: expected one padding, got more in 'conv 2 p0-1 p1'; leave all but one out",
        ),
        (
            "1x8x8 > conv 2 p0-1 p1-0",
            "network: expected after conv only a number, kN, sN, pN, dN, gN, same, nobias, each once, got 'p1-0' in "
            "'conv 2 p0-1 p1-0'; leave it out or correct it",
        ),
        (
            "1x8x8 > bn eps0.0",
            "network: expected eps above 0, which keeps a variance of 0 from dividing, got it in 'bn eps0.0'; write "
            "what your model takes, such as eps1e-5",
        ),
        (
            "1x8x8 > bn eps-1",
            "network: expected after bn only epsN, each once, got 'eps-1' in 'bn eps-1'; leave it out or correct it",
        ),
        ("1x8x8 > relu" * 1_000, "network: expected at most 10,000 characters, got 12,000; write a smaller network"),
    ],
)
def test_whole_texts_of_what_is_refused(text, line):
    with says(InputError, line):
        parse_network(text)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *KINDS,
                "1x8x8",
                ">",
                ">",
                "k3",
                "s0",
                "p99",
                "3",
                "0",
                "g2",
                "same",
                "x",
                "p1-0",
                "p1-2x0-9",
                "eps1e-3",
                "9" * 7,
                "nan",
            ]
        ),
        max_size=12,
    )
)
def test_any_words_make_a_network_or_one_line(words):
    line = " ".join(["2x9x9 >", *words])
    try:
        shape, network = parse_network(line)
    except CnnvizError as error:
        refusal = str(error)
    else:
        network.summary(shape)
        return
    assert refusal
    assert "\n" not in refusal
