"""Any network from any source: what is saved comes back, and weights of other libraries find their places."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from cnnviz.errors import CnnvizError, InputError, OptionError
from cnnviz.nn import (
    Normalization,
    Sequential,
    arithmetic,
    cutting,
    load,
    merge,
    parse_network,
    pointwise,
    reduce,
    resize,
    shaping,
    zoo,
)
from cnnviz.nn.architecture import KINDS, build
from cnnviz.nn.graph import Graph
from tests.engine.says import says

TEXT = "2x8x8 > conv 4 k3 p1 > bn > relu > pool 2 > conv 6 k3 > relu > flatten > dense 5 > relu > dense 3"
DRAW = np.random.default_rng(3)


def drawn(text=TEXT):
    shape, network = parse_network(text)
    network.initialize(1)
    for name, parameter in network.parameters().items():
        if name.endswith("running_mean"):
            parameter.values = DRAW.standard_normal(parameter.shape).astype(np.float32)
    network.input_shape = shape
    return network


def picture(network):
    return DRAW.standard_normal((2, *network.input_shape)).astype(np.float32)


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
def test_a_file_says_all_of_its_network(tmp_path, ending):
    network = drawn()
    network.classes = ("cat", "dog", "newt")
    network.normalization = Normalization((0.5, 0.25), (0.1, 0.2))
    path = tmp_path / f"a{ending}"
    network.save(path)
    again = load(path)
    assert (again.input_shape, again.classes) == ((2, 8, 8), ("cat", "dog", "newt"))
    assert again.normalization == network.normalization
    assert list(again.layers) == list(network.layers)
    x = picture(network)
    np.testing.assert_array_equal(again.forward(x), network.forward(x))
    first = path.read_bytes()
    network.save(path)
    assert path.read_bytes() == first


@pytest.mark.parametrize("name", zoo.names())
def test_every_network_of_the_zoo_can_be_built_again_from_its_recipe(name):
    entry = zoo.find("test", name)
    network = entry.build()
    again = build("test", json.loads(json.dumps(network.recipe())))
    assert str(again.summary(entry.input)) == str(network.summary(entry.input))
    assert {key: p.shape for key, p in again.parameters().items()} == {
        key: p.shape for key, p in network.parameters().items()
    }


def test_layers_in_any_wiring_can_be_built_again(tmp_path):
    network = Sequential(
        Graph(
            {
                "pad": (cutting.Pad(((0, 0), (1, 1), (0, 1)), "reflect"), [""]),
                "slice": (cutting.Slice(((0, None, 1), (1, 4, 2), (0, 3, 1))), ["pad"]),
                "curve": (pointwise.Curve("mish"), ["slice"]),
                "mean": (reduce.Reduce("mean", (2, 3)), ["slice"]),
                "times": (merge.Elementwise("multiply"), ["curve", "mean"]),
                "scale": (arithmetic.Arithmetic("divide", (2, 1, 1)), ["times"]),
                "both": (merge.Concat(1), ["scale", "times"]),
            }
        ),
        resize.Resize((4, 6), (2.0, 2.0), "linear"),
        shaping.Permute((2, 3, 1)),
        shaping.Reshape((96,)),
    )
    network.initialize(0)
    network.input_shape = (2, 5, 5)
    network.save(tmp_path / "a.safetensors")
    again = load(tmp_path / "a.safetensors")
    x = picture(network)
    np.testing.assert_array_equal(again.forward(x), network.forward(x))


def test_a_recipe_may_ask_only_for_layers():
    assert "Conv2d" in KINDS
    assert all(kind.__module__.startswith("cnnviz.nn.") for kind in KINDS.values())
    deep = {"kind": "ReLU"}
    for _ in range(200):
        deep = {"kind": "Sequential", "layers": {"a": deep}}
    for recipe in (
        None,
        [],
        {"kind": "os.system"},
        {"kind": "Conv2d"},
        {"kind": "Conv2d", "in_channels": "a", "out_channels": 1, "kernel_size": 1},
        {"kind": "Sequential", "layers": {}},
        {"kind": "Graph", "layers": {"a": {"kind": "ReLU"}}, "sources": {"a": ["b"]}},
        {"kind": "Residual", "layers": {"other": {"kind": "ReLU"}}},
        deep,
    ):
        with pytest.raises(InputError, match=r"^load: expected [^\n]+$"):
            build("load", recipe)


def as_torch(network):
    """Give the weights under other names, in order, with a counter beside each batch normalization."""
    found = {}
    for name, parameter in network.parameters().items():
        layer, _, part = name.rpartition(".")
        found[f"features.{list(network.layers).index(layer)}.{part}"] = parameter.values
        if part == "running_var":
            found[f"features.{list(network.layers).index(layer)}.num_batches_tracked"] = np.array(7, np.int64)
    return found


@pytest.mark.parametrize("how", ["npz", "safetensors"])
def test_a_state_dict_finds_its_places(tmp_path, how):
    network = drawn()
    path = tmp_path / f"w.{how}"
    (np.savez(path, **as_torch(network)) if how == "npz" else save_file(as_torch(network), path))
    x = picture(network)
    np.testing.assert_array_equal(load(path, like=TEXT).forward(x), network.forward(x))
    other = parse_network(TEXT)[1]
    other.load(path)
    np.testing.assert_array_equal(other.forward(x), network.forward(x))


def test_what_does_not_fit_is_named(tmp_path):
    path = tmp_path / "w.npz"
    np.savez(path, **as_torch(drawn(TEXT.replace("conv 6 k3", "conv 6 k2").replace("dense 5", "dense 5"))))
    with says(
        InputError,
        "load: expected conv2.weight of shape (6, 4, 3, 3) where features.4.weight stands in w.npz, got (6, 4, 2, 2); "
        "check that the file belongs to this network",
    ):
        load(path, like=TEXT)
    save_file(as_torch(drawn(TEXT.replace("conv 6 k3", "conv 6 k2"))), tmp_path / "w.safetensors")
    with says(
        InputError,
        "load: expected 1 layer like conv2.weight of shape (6, 4, 3, 3) in w.safetensors, got 0, but features.4.weight "
        "of (6, 4, 2, 2); check that the file belongs to this network",
    ):
        load(tmp_path / "w.safetensors", like=TEXT)
    with says(
        InputError,
        'load: expected a file that says its network, got weights alone in "w.npz"; say what they belong to with like= '
        "or --like: a name (tiny-cnn, scattered-cnn, lenet5, lenet5-dense, ...) or a line such as "
        '"1x28x28 > conv 8 k3 > ..."',
    ):
        load(path)


def test_names_that_do_not_say_their_order_are_refused(tmp_path):
    text = "4x6x6 > conv 4 k3 > conv 4 k3"
    network = drawn(text)
    values = [parameter.values for parameter in network.parameters().values()]
    names = ["stem.weight", "stem.bias", "body.weight", "body.bias"]
    save_file(dict(zip(names, values, strict=True)), tmp_path / "w.safetensors")
    with pytest.raises(
        InputError, match=r"expected names in w\.safetensors that say the order of layers like conv1\.weight"
    ):
        load(tmp_path / "w.safetensors", like=text)
    np.savez(tmp_path / "w.npz", **dict(zip(names, values, strict=True)))
    x = picture(network)
    np.testing.assert_array_equal(load(tmp_path / "w.npz", like=text).forward(x), network.forward(x))


def test_numbers_in_names_count_as_numbers(tmp_path):
    text = "2x30x30" + " > conv 2 k3" * 12
    network = drawn(text)
    arrays = {name.replace("conv", "c."): parameter.values for name, parameter in network.parameters().items()}
    save_file(arrays, tmp_path / "w.safetensors")
    x = picture(network)
    np.testing.assert_array_equal(load(tmp_path / "w.safetensors", like=text).forward(x), network.forward(x))


def test_weights_of_keras_are_turned(tmp_path):
    network = drawn("2x8x8 > conv 4 k3 p1 > relu > conv 8 k3 g4 > pool 2 > flatten > dense 5 > relu > dense 5")
    maps = (8, 3, 3)
    listed = []
    for name, parameter in network.parameters().items():
        values = parameter.values
        if name == "conv2.weight":  # a depthwise kernel: rows, columns, channels, filters of each
            values = values.reshape(4, 2, 3, 3).transpose(2, 3, 0, 1)
        elif values.ndim == 4:
            values = values.transpose(2, 3, 1, 0)
        elif name == "dense1.weight":  # flattened as rows, columns, channels
            values = values.reshape(5, *maps).transpose(2, 3, 1, 0).reshape(-1, 5)
        elif values.ndim == 2:
            values = values.T
        listed.append(values)
    np.savez(tmp_path / "w.npz", *listed)
    text = "2x8x8 > conv 4 k3 p1 > relu > conv 8 k3 g4 > pool 2 > flatten > dense 5 > relu > dense 5"
    x = picture(network)
    np.testing.assert_array_equal(load(tmp_path / "w.npz", like=text).forward(x), network.forward(x))


def test_half_precision_becomes_single(tmp_path):
    network = drawn("1x4x4 > conv 2 k3")
    halves = {name: p.values.astype(np.float16) for name, p in network.parameters().items()}
    save_file(halves, tmp_path / "w.safetensors")
    found = load(tmp_path / "w.safetensors", like="1x4x4 > conv 2 k3").parameters()["conv1.weight"].values
    np.testing.assert_array_equal(found, halves["conv1.weight"].astype(np.float32))
    numbers = np.array([1.5, -3.0], np.float32)
    upper = (numbers.view(np.uint32) >> 16).astype("<u2").tobytes()
    head = {"conv1.bias": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}
    head["conv1.weight"] = {"dtype": "F32", "shape": [2, 1, 3, 3], "data_offsets": [4, 76]}
    text = json.dumps(head).encode()
    content = len(text).to_bytes(8, "little") + text + upper + bytes(72)
    (tmp_path / "b.safetensors").write_bytes(content)
    found = load(tmp_path / "b.safetensors", like="1x4x4 > conv 2 k3").parameters()["conv1.bias"].values
    np.testing.assert_array_equal(found, numbers)


def refusal(path):
    try:
        load(path)
    except CnnvizError as error:
        return [str(error)]
    return []


def test_damaged_and_hostile_files_of_weights_get_one_line(tmp_path):
    network = drawn()
    network.save(tmp_path / "a.safetensors")
    whole = (tmp_path / "a.safetensors").read_bytes()
    size = int.from_bytes(whole[:8], "little")
    messages = []
    for number in range(150):
        spoiled = bytearray(whole)
        if number % 3 == 0:
            spoiled = spoiled[: DRAW.integers(len(whole))]
        elif number % 3 == 1:
            spoiled[DRAW.integers(8 + size)] ^= 1 << int(DRAW.integers(8))
        else:
            spoiled = bytearray(DRAW.bytes(300))
        path = tmp_path / f"{number}.safetensors"
        path.write_bytes(spoiled)
        messages.extend(refusal(path))
    assert len(messages) > 120
    assert all(message.startswith("load: ") and "\n" not in message for message in messages)
    huge = json.dumps({"a": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}).encode()
    (tmp_path / "h.safetensors").write_bytes(len(huge).to_bytes(8, "little") + huge)
    with pytest.raises(InputError, match="damaged or something else"):
        load(tmp_path / "h.safetensors")


def test_a_file_that_unpacks_to_very_much_is_not_unpacked(tmp_path):
    np.savez_compressed(tmp_path / "bomb.npz", a=np.zeros(2**26, np.float32))
    assert (tmp_path / "bomb.npz").stat().st_size < 2**19
    with pytest.raises(InputError, match="which declares more bytes than allowed; make it smaller"):
        load(tmp_path / "bomb.npz")


def test_other_sources(tmp_path):
    with says(OptionError, 'load: expected like= only with a file of weights, got it with "lenet5"; leave it out'):
        load("lenet5", like="vgg16")
    with pytest.raises(InputError, match=r"expected weights in \.npz or \.safetensors, got .*can hold a program"):
        load(tmp_path / "model.pt")
    with pytest.raises(InputError, match="which does not exist; check the path"):
        load(tmp_path / "none.npz")
    with pytest.raises(InputError, match="load: expected a network"):
        load("resnt18")
