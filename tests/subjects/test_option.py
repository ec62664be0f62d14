"""Options: every form of every kind, for every scene of the catalogue; each declared in one place."""

import ast
import inspect
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from cnnviz.data import Kernel, Picture, kernel, load_image
from cnnviz.errors import CnnvizError, OptionError
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import scenes, subject_of
from cnnviz.subjects import Convolution, Depth, Gallery, Option, Padding, PoolGradient, Pooling, Rgb, Stride, Subject
from cnnviz.subjects.axis import PaddingKind, PerAxis
from cnnviz.subjects.conv1d import SignalKind
from cnnviz.subjects.depth import Filters
from cnnviz.subjects.experiment import ResultKind
from cnnviz.subjects.inside import LayerNames
from cnnviz.subjects.kernel import KernelKind, Rows
from cnnviz.subjects.kinds import Choice, Flag, Integer, Many, Number
from cnnviz.subjects.network import NetworkKind, PictureNetworkKind
from cnnviz.subjects.picture import PictureKind
from cnnviz.subjects.rgb import Slices

ROOT = Path(__file__).parents[2]
PAIRS = [("3", 3), ("3,2", (3, 2)), (" 3 , 2", [3, 2]), ("3", np.int64(3))]
ROWS = [("1,0;0,2", [[1, 0], [0, 2]]), ("0.5", np.array([[0.5]]))]
FORMS = {
    Integer: lambda kind: [(str(kind.least), kind.least), (str(kind.most), kind.most)],
    Number: lambda _: [("-0.5", -0.5), ("2", 2), ("1e3", np.float64(1000))],
    Flag: lambda _: [("true", True), ("no", False), ("1", True)],
    Choice: lambda kind: [(word, word) for word in kind.words],
    PerAxis: lambda _: PAIRS,
    PaddingKind: lambda kind: [*PAIRS, ("1,1;0,2", ((1, 1), (0, 2))), *((word, word) for word in kind.words)],
    PictureKind: lambda _: [("digit:3", "digit:3"), ("photo.png", "photo.png")],
    KernelKind: lambda _: [*ROWS, ("edge-x", kernel("edge-x")), ("edge-x", kernel("edge-x").values)],
    Rows: lambda kind: [*ROWS, *((word, word) for word in kind.words)],
    NetworkKind: lambda _: [("cnn-32", "cnn_32"), ("1x28x28 > conv 8 k3", "1x28x28 > conv 8 k3")],
    PictureNetworkKind: lambda _: [("cnn-32", "cnn_32"), ("1x1x28 > conv 8 k1x3", "1x1x28 > conv 8 k1x3")],
    Filters: lambda _: [("2", 2), ("sobel-x|sobel-y", ["sobel-x", kernel("sobel-y")]), ("emboss", "emboss")],
    Slices: lambda _: [("edge-x", ["edge-x"]), ("1,2|3,4|5,6", ["1,2", [[3, 4]], "5,6"])],
    ResultKind: lambda kind: [(str(FOLDER / f"{kind.experiment}.json"), measured(kind.experiment))],
    SignalKind: lambda _: [("tone", "tone"), ("1, 2,-3,4", [1, 2, -3, 4]), ("1,2,3,4", np.arange(1, 5))],
    LayerNames: lambda _: [("conv1, pool1", ["conv1", "pool1"]), ("1", ("1",))],
    Many: lambda kind: [_joined(kind)],
}
BAD = {
    Integer: ("x", "1.5", "", "-1", True),
    Number: ("abc", "nan", "", "inf", True),
    Flag: ("maybe", "", 2, [True]),
    Choice: ("?", "", 3, ["gray"]),
    PerAxis: ("a", "1,2,3", "1.5", "", (1, 2, 3), 1.5, True, "129"),
    PaddingKind: ("sames", "1,2;3", "", "1;2", ((1, 2, 3), 4), 1.5, "1,2;3,999"),
    PictureKind: ("7", "", "none.png", 7, [1, 2], [[1, float("nan")]], np.zeros((2, 3, 4, 5)), {"a": 1}),
    KernelKind: ("1,a", "nope", "1,2;3", [[float("inf")]], {"a": 1}, np.zeros((40, 2)), np.zeros((0, 0))),
    Rows: ("mean", "", "1,a", {"a": 1}),
    **dict.fromkeys((NetworkKind, PictureNetworkKind), ("nope", "", "1x8x8 > bla", "none.onnx", 5)),
    Filters: ("0", "9", 0, 9, "nope", "sobel-x|gaussian-5", []),
    Slices: ("nope", "edge-x|edge-x", "edge-x|edge-x|gaussian-5"),
    ResultKind: ("none.json", 5, ""),
    SignalKind: ("nope", "", "1,2,3", 5, [1, 2, 3, float("nan")], np.zeros((2, 4)), np.zeros(65)),
    LayerNames: ("nope", 5, "99"),
}
OPTIONS = [(entry, option) for entry in scenes() for option in subject_of(entry).options.values()]
EACH = pytest.mark.parametrize(
    ("entry", "option"), OPTIONS, ids=[f"{entry.slug}-{option.name}" for entry, option in OPTIONS]
)


def _joined(kind):
    """A text form of several values, and the values."""
    forms = FORMS[type(kind.kind)](kind.kind)[: kind.most] * kind.least
    texts, values = zip(*forms[: max(kind.least, min(kind.most, 2))], strict=True)
    return kind.separator.join(texts), list(values)


def plain(value):
    """What was read, in a form that can be compared."""
    if isinstance(value, Kernel | Picture):
        return value.values.tolist()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return getattr(value, "input", value)


@EACH
def test_every_form_is_read_and_means_what_the_value_of_python_means(entry, option):
    for text, value in FORMS[type(option.kind)](option.kind):
        assert plain(option.read(text)) == plain(option.read(value)), (text, value)
    assert plain(option.read(None)) == plain(option.read(option.default))


@EACH
def test_every_wrong_form_is_refused_in_one_line(entry, option):
    kind = option.kind.kind if isinstance(option.kind, Many) else option.kind
    for value in BAD[type(kind)]:
        with pytest.raises(CnnvizError) as caught:
            subject_of(entry)(**{option.name: value})
        assert "\n" not in str(caught.value)
        assert "expected" in str(caught.value), (value, str(caught.value))


@EACH
def test_every_option_says_what_it_is(entry, option):
    assert option.help[-1] in ".!"
    assert option.kind.metavar
    one = option.kind.kind if isinstance(option.kind, Many) else option.kind  # several words: each on its own
    assert all(one.read(option.name, word) is not None for word in option.kind.offers())


@pytest.mark.parametrize(
    ("subject", "options", "found"),
    [
        (Pooling, {"kernel_size": "3,2"}, lambda s: s.trace.kernel_size == (3, 2)),
        (Pooling, {"image": "digit:3", "size": "6,8"}, lambda s: s.picture.values.shape == (1, 6, 8)),
        (Pooling, {"ceil_mode": "true"}, lambda s: s.ceil_mode is True),
        (Stride, {"dilation": "1,2"}, lambda s: s.every.dilation == (1, 2)),
        (Stride, {"padding": "1,1;0,2"}, lambda s: s.every.padding == ((1, 1), (0, 2))),
        (Rgb, {"at": "3,4"}, lambda s: s.corner == (3, 4)),
    ],
)
def test_the_forms_of_a_command_are_those_of_a_setting(subject, options, found):
    assert found(subject(**options))


@pytest.mark.parametrize(
    ("subject", "options", "line"),
    [
        (
            Stride,
            {"image": "7"},
            'load_image: expected a built-in picture or a file, got "7"; built in are digit:0, digit:1, digit:2, '
            "digit:3, digit:4, digit:5, digit:6, digit:7, digit:8, digit:9, photo:china, photo:flower, "
            "photo:grace_hopper, checkerboard, ramp, impulse, edge, blackboard, blackboard-4, pooling-a, pooling-b",
        ),
        (
            Stride,
            {"image": 7},
            "image: expected a picture as a name, a path, rows of numbers or an array of shape (H, W) or (3, H, W), "
            "got 7",
        ),
        (Rgb, {"bias": "abc"}, "bias: expected a finite number, got 'abc'; choose one such as 1 or -0.5"),
        (
            Convolution,
            {"strde": 2},
            "Convolution: expected options among image, kernel, size, stride, padding, padding_mode, dilation, "
            "channels, got 'strde'; did you mean stride?",
        ),
        (Subject, {"a": 2}, "Subject: expected options among none, got 'a'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(subject, options, line):
    with pytest.raises(CnnvizError) as caught:
        subject(**options)
    assert str(caught.value) == line


def test_pictures_and_kernels_of_python_are_taken():
    eye = np.eye(5)
    assert Convolution(image=eye, kernel=np.ones((2, 2)) / 4).trace[0].result == 0.5
    assert Convolution(image=[[1, 2], [3, 4]], kernel=[[1]]).trace.input.tolist() == [[[1, 2], [3, 4]]]
    assert Convolution(image=load_image("digit:3")).trace.fold().tolist() == Convolution().trace.fold().tolist()
    assert Gallery(kernels=[kernel("edge-x"), eye]).exhibits[1].map.shape == (108, 92)
    assert Padding(image=eye).around == ((1, 1), (1, 1))
    assert Depth(filters=[eye, "gaussian-5"]).maps.shape == (2, 4, 4)
    assert PoolGradient(dy=np.ones((3, 3))).gradient.sum() == 9
    pixels = np.zeros((6, 7, 3), np.uint8)
    color = Convolution(image=pixels, channels="rgb")
    assert (color.picture.values.shape, color.picture.peak) == ((3, 6, 7), 255.0)
    assert Convolution(image=pixels).picture.values.shape == (1, 6, 7)
    assert Convolution(image=np.zeros((300, 200))).picture.values.shape == (1, 64, 43)


def test_weights_of_an_array_are_written_short():
    labels = Convolution(kernel=np.array([[1 / 9, 0.25], [-2 / 3, 0.123456789]])).kernel.labels
    assert labels == (("1/9", "0.25"), ("−2/3", "0.12"))


def test_the_signature_tells_the_options():
    assert str(inspect.signature(Pooling))[:25] == "(image='pooling-a', mode="
    with pytest.raises(OptionError):
        Pooling(*range(9))


# Where options are declared


def declarations(source):
    """The texts of the options that are declared in a source file."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Option"]


def own_keywords(source):
    """Keyword-only parameters of constructors."""
    made = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
    return {argument.arg for each in made for argument in each.args.kwonlyargs}


def test_each_option_is_declared_once():
    subjects = ROOT / "cnnviz" / "subjects"
    texts = Counter(text for path in subjects.glob("*.py") for text in declarations(path.read_text()))
    assert [text for text, count in texts.items() if count > 1] == []
    names = {name for entry in scenes() for name in subject_of(entry).options}
    for path in [*(ROOT / "scenes").glob("ch*/*.py"), *(ROOT / "cnnviz" / "cli").rglob("*.py")]:
        assert not declarations(path.read_text()), path
        assert not names & own_keywords(path.read_text()), path
    for path in (ROOT / "cnnviz" / "stage").glob("*/lesson.py"):
        assert not own_keywords(path.read_text()), path


def test_that_check_can_fail():
    assert declarations("class A:\n    a = Option(Integer(), 1, 'A.')") == ["Option(Integer(), 1, 'A.')"]
    assert own_keywords("class A:\n    def __init__(self, *, image=1): ...") == {"image"}


def test_another_default_leaves_the_first_as_it_is():
    class Small(Subject):
        side = Option(Integer(1, 9), 3, "Cells.")

    other = Small.having(side="5")
    assert (Small().side, other().side, other.__name__) == (3, 5, "Small")
    with pytest.raises(OptionError):
        Small.having(sid=5)
