"""From code to shapes, read back: the code that is drawn builds the network, in PyTorch itself, too."""

import ast
import re
from functools import cache

import pytest

from cnnviz import nn
from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Code
from tests.engine.says import says
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch06-s07-code")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OWN = {
    "padded": "3x32x32 > conv 8 k5 p2 s2 > bn > avgpool 3 s2 p1 > conv 12 same nobias > tanh > gap > flatten > dense 4",
    "dense": "1x8x8 > flatten > dense 5 > sigmoid > dropout 0.3 > dense 3 > softmax",
    "dilated": "1x9x9 > conv 4 k3x5 p1 > pool 3 s2 > conv 4 k3 d2 p2 > flatten > dense 4",
    "plain": "2x9x9 > relu > pool 3 s1 ceil",
}


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def rows(still):
    """What is written on each line of the code's panel from the left, with where it is."""
    code, at = seen().scene.code, {}
    for label in sorted(still.labels, key=lambda label: label.box[0]):
        if not label.caption and code.box.left < label.center[0] < code.box.right:
            row = round((code.y(0) - label.center[1]) / code.pitch)
            if abs(label.center[1] - code.y(row)) < 0.2 and -1 <= row <= len(code.calls):
                at.setdefault(row, []).append(label)
    return [at[row] for row in sorted(at)]


def drawn(still):
    """The code as it stands on screen, line by line, without line numbers and without what stands behind it."""
    code = seen().scene.code
    inside = [[x.text for x in row if code.code_at - 0.01 < x.box[0] < code.shape_at - 0.01] for row in rows(still)]
    text = "\n".join("".join(row) for row in inside)
    return re.sub(r"[ ]*([(,)=\[\]])[ ]*", r"\1", text).replace(",", ", ")


def notes(still):
    """The shapes that stand behind the lines, with how many numbers each line learns."""
    code = seen().scene.code
    behind = [[x.text for x in row if x.box[0] >= code.shape_at - 0.01] for row in rows(still)[1:-1]]
    return [("".join(row[:2]).removeprefix("#").strip(), *row[2:]) for row in behind if row]


def built(text, names):
    """Build what the text says, call by call, of the layers of some module."""
    (assign,) = ast.parse(text).body
    made = []
    for call in assign.value.args:
        assert ast.unparse(call.func).startswith("nn.")
        places = [ast.literal_eval(each) for each in call.args]
        keywords = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
        made.append(getattr(names, call.func.attr)(*places, **keywords))
    return made


def test_the_code_on_screen_builds_the_shapes_beside_it():
    still = said("It must name all that come in")
    layers, shape = built(_without_comment(drawn(still)), nn), (1, 28, 28)
    made = notes(still)
    assert made[0] == ("1 × 28 × 28",)
    counts = []
    for layer, row in zip(layers, made[1:], strict=True):
        shape = layer.output_shape(shape)
        counts.append(sum(_cells(each.shape) for each in layer.parameters().values()))
        assert row == (" × ".join(map(str, shape)), f"{counts[-1]:,}")
    assert rows(still)[-1][-1].text == f"{sum(counts):,}"
    assert shape == (10,)
    assert f"{sum(counts):,}" == "5,258"


def test_another_number_in_the_code_would_be_noticed():
    text = _without_comment(drawn(said("It must name all that come in"))).replace("400", "401")
    with pytest.raises(Exception, match="401"):
        nn.Sequential(*built(text, nn)).output_shape((1, 28, 28))


def _without_comment(text):
    return "\n".join(line for line in text.splitlines() if "#" not in line)


def _cells(shape):
    return 1 if not shape else shape[0] * _cells(shape[1:])


def test_keras_has_the_same_numbers_in_its_own_order():
    keras = notes(said("The same in Keras"))
    torch = notes(said("It must name all that come in"))
    for own, other in zip(keras, torch, strict=True):
        depth, *plane = other[0].split(" × ")
        assert own == (" × ".join([*plane, depth]), *other[1:])
    assert drawn(said("The same in Keras")).splitlines()[1].startswith("keras.Input((28, 28, 1))")


@pytest.mark.parametrize(
    ("words", "channels"), [("Channels in must be", ["8", "16"]), ("The same in Keras", ["1", "8"])]
)
def test_the_channels_of_a_shape_are_colored_wherever_they_stand(words, channels):
    still, scene = said(words), seen().scene
    room, inks = scene.blocks.box, (scene.theme.input, scene.theme.output)
    below = [label for label in still.labels if room.left < label.center[0] < room.right]
    assert [label.text for label in below if label.color in inks] == channels


def test_a_wrong_number_is_the_only_thing_that_is_wrong():
    before, after = drawn(said("It must name all")), drawn(said("Suppose the line says"))
    pairs = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert pairs == [("nn.Conv2d(8, 16, 3), ", "nn.Conv2d(1, 16, 3), ")]
    assert len(notes(said("Suppose the line says"))) == 4


def test_what_is_refused():
    with says(
        OptionError,
        "network: expected at most 10 layers, got 25; write a smaller one",
    ):
        Code("googlenet")


@pytest.mark.full
@pytest.mark.parametrize("network", [None, *OWN.values()], ids=["usual", *OWN])
def test_pytorch_builds_the_same_and_says_the_same(network):
    import torch

    code = Code(*([network] if network else []))
    text = drawn(said("It must name all")) if network is None else _program(code)
    space = {"nn": torch.nn}
    exec(text, space)
    x = torch.rand(2, *code.network.input)
    for layer, part in zip(space["net"], code.parts[1:], strict=True):
        x = layer(x)
        assert tuple(x.shape[1:]) == part.shape
        assert sum(each.numel() for each in layer.parameters()) == part.parameters
    if code.wrong is None:
        return
    broken = list(space["net"])
    broken[code.wrong.index] = eval("".join(piece for piece, _ in code.wrong.call), space)
    with pytest.raises(RuntimeError) as caught:
        torch.nn.Sequential(*broken).eval()(torch.rand(1, *code.network.input))
    assert str(caught.value) == code.wrong.message


def _program(code):
    calls = ["".join(text for text, _ in call) for call in code.torch]
    return "net = nn.Sequential(\n" + "".join(f"    {call},\n" for call in calls[1:]) + ")"


@pytest.mark.full
@pytest.mark.parametrize("network", OWN.values(), ids=OWN)
@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_other_networks_are_told(network, aspect):
    assert not findings(watch(SCENE, aspect, fps=8, network=network))
