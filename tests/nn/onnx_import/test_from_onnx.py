"""Networks from ONNX files give what ONNX's own reference gives; what is no such network is refused in one line."""

from contextlib import suppress

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from cnnviz.errors import InputError
from cnnviz.nn.onnx_import import from_onnx, read_onnx

DRAW = np.random.default_rng(7)


def weights(name, *shape):
    return numpy_helper.from_array(DRAW.standard_normal(shape).astype(np.float32), name)


def positive(name, *shape):
    return numpy_helper.from_array(DRAW.uniform(0.5, 2, shape).astype(np.float32), name)


def model(nodes, arrays, shape, out="y"):
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])
    y = helper.make_tensor_value_info(out, TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "network", [x], [y], arrays)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs.split(), [output], **attributes)


CHAINS = {
    "convolution": (
        [node("Conv", "x w b", "y", kernel_shape=[3, 2], strides=[2, 1], pads=[1, 0, 2, 1], dilations=[1, 2])],
        [weights("w", 4, 3, 3, 2), weights("b", 4)],
    ),
    "grouped": ([node("Conv", "x w", "y", group=3)], [weights("w", 6, 1, 3, 3)]),
    "same upper": ([node("Conv", "x w", "y", auto_pad="SAME_UPPER", strides=[2, 2])], [weights("w", 2, 3, 3, 3)]),
    "same lower": ([node("Conv", "x w", "y", auto_pad="SAME_LOWER")], [weights("w", 2, 3, 2, 2)]),
    "transposed": (
        [node("ConvTranspose", "x w b", "y", strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 1])],
        [weights("w", 3, 2, 3, 3), weights("b", 2)],
    ),
    "pools": (
        [
            node("MaxPool", "x", "a", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1),
            node("AveragePool", "a", "y", kernel_shape=[2, 2], pads=[1, 1, 1, 1]),
        ],
        [],
    ),
    "norms": (
        [node("BatchNormalization", "x g b m v", "a", epsilon=1e-3), node("LRN", "a", "y", size=3, alpha=0.1)],
        [weights("g", 3), weights("b", 3), weights("m", 3), positive("v", 3)],
    ),
    "dense": (
        [
            node("GlobalAveragePool", "x", "a"),
            node("Flatten", "a", "c"),
            node("MatMul", "c w", "d"),
            node("Add", "d b", "e"),
            node("Sigmoid", "e", "f"),
            node("Gemm", "f u", "g", transB=1),
            node("Tanh", "g", "h"),
            node("Softmax", "h", "y"),
        ],
        [weights("w", 3, 5), weights("b", 5), weights("u", 4, 5)],
    ),
    "reshaped": (
        [
            node("Relu", "x", "a"),
            node("Reshape", "a s", "c"),
            node("Dropout", "c", "d"),
            node("Identity", "d", "e"),
            node("Gemm", "e w b", "y"),
        ],
        [numpy_helper.from_array(np.array([-1, 3 * 7 * 6]), "s"), weights("w", 126, 4), weights("b", 4)],
    ),
    "averaged": ([node("ReduceMean", "x", "y", axes=[2, 3])], []),
}
PATHS = {
    "the other axis": ([node("Relu", "x", "a"), node("Concat", "x a", "y", axis=2)], []),
    "paths that are not asked for": ([node("Relu", "x", "a"), node("Tanh", "x", "y"), node("Floor", "a", "z")], []),
    "crossing paths": (
        [
            node("Relu", "x", "a"),
            node("Tanh", "x", "c"),
            node("Add", "a c", "d"),
            node("Mul", "a c", "e"),
            node("Concat", "d e", "y", axis=1),
        ],
        [],
    ),
    "residual": (
        [node("Conv", "x w", "a", pads=[1, 1, 1, 1]), node("Relu", "a", "c"), node("Add", "x c", "y")],
        [weights("w", 3, 3, 3, 3)],
    ),
    "shortcut": (
        [
            node("Conv", "x w", "a"),
            node("Relu", "a", "c"),
            node("Conv", "c v", "d"),
            node("Conv", "x u", "e"),
            node("Sum", "e d", "y"),
        ],
        [weights("w", 4, 3, 1, 1), weights("v", 5, 4, 1, 1), weights("u", 5, 3, 1, 1)],
    ),
    "inception": (
        [
            node("Conv", "x w", "a"),
            node("MaxPool", "x", "c", kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
            node("Concat", "c a x", "y", axis=1),
        ],
        [weights("w", 2, 3, 1, 1)],
    ),
    "swish": ([node("Sigmoid", "x", "a"), node("Mul", "x a", "y")], []),
    "squeeze": (
        [
            node("GlobalAveragePool", "x", "a"),
            node("Conv", "a w", "c"),
            node("Sigmoid", "c", "d"),
            node("Mul", "d x", "e"),
            node("Add", "e x", "y"),
        ],
        [weights("w", 3, 3, 1, 1)],
    ),
    "three that meet two by two": (
        [
            node("Relu", "x", "a"),
            node("Tanh", "x", "c"),
            node("Sigmoid", "x", "d"),
            node("Add", "a c", "e"),
            node("Add", "e d", "y"),
        ],
        [],
    ),
    "forks inside forks": (
        [
            node("Relu", "x", "a"),
            node("Tanh", "a", "c"),
            node("Sigmoid", "a", "d"),
            node("Add", "c d", "e"),
            node("Add", "e x", "y"),
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", [*CHAINS, *PATHS])
def test_the_network_computes_what_the_file_says(tmp_path, name):
    nodes, arrays = {**CHAINS, **PATHS}[name]
    made = model(nodes, arrays, (3, 7, 6))
    onnx.save(made, tmp_path / "a.onnx")
    network, shape = read_onnx(tmp_path / "a.onnx")
    # As many examples as channels: the reference takes one for the other in LRN.
    x = DRAW.standard_normal((3, 3, 7, 6)).astype(np.float32)
    (expected,) = ReferenceEvaluator(made).run(None, {"x": x})
    np.testing.assert_allclose(network.forward(x), expected, rtol=1e-5, atol=1e-5)
    assert (shape, network.output_shape(shape)) == ((3, 7, 6), expected.shape[1:])
    record = network.forward(x, record=True)
    assert network.backward(np.ones_like(record.output), record).input.shape == x.shape


def test_blocks_keep_the_field_that_they_see(tmp_path):
    onnx.save(model(*PATHS["residual"], (3, 7, 6)), tmp_path / "a.onnx")
    rows = from_onnx(tmp_path / "a.onnx").summary((3, 7, 6)).rows
    assert [(row.name, row.receptive_field) for row in rows][-3:] == [
        ("block1.body.conv1", 3),
        ("block1.body.relu1", 3),
        ("block1.add", 3),
    ]


def external(made):
    made.graph.initializer[0].data_location = TensorProto.EXTERNAL
    made.graph.initializer[0].external_data.add(key="location", value="/etc/passwd")


def huge(made):
    made.graph.initializer[0].dims[0] = 2**40


def negative(made):
    made.graph.initializer[0].dims[0] = -4


def half(made):
    made.graph.initializer[0].data_type = TensorProto.FLOAT16


def open_size(made):
    made.graph.input[0].type.tensor_type.shape.dim[2].dim_param = "h"


def two_inputs(made):
    made.graph.input.append(helper.make_tensor_value_info("z", TensorProto.FLOAT, [1]))


def outside(made):
    external(made)
    made.graph.initializer[0].external_data[0].value = "../weights.bin"


def missing(made):
    external(made)
    made.graph.initializer[0].external_data[0].value = "weights.bin"


def circle(made):
    made.graph.node[0].input[0] = made.graph.node[0].output[0]


CONV = CHAINS["convolution"]
FAULTS = {
    external: "from_onnx: expected weights in the file itself or in one beside it, but "
    '"w" points at "/etc/passwd"; put both into one folder and save the model again',
    outside: "from_onnx: expected weights in the file itself or in one beside it, but "
    '"w" points at "../weights.bin"; put both into one folder and save the model again',
    missing: 'from_onnx: expected the weights of "w" in "weights.bin" beside the model, which does not exist; '
    "put it there",
    huge: "from_onnx: expected at most 1.07 GB of weights, got 1099511627776 x 3 x 3 x 2 numbers in "
    '"w" and more before; use a smaller model',
    negative: 'from_onnx: expected -4 x 3 x 3 x 2 numbers in "w", got 72; the file is damaged',
    half: 'from_onnx: expected weights of type FLOAT or DOUBLE, got FLOAT16 for "w"; convert the model',
    open_size: "from_onnx: expected an input of a fixed size (N, C, H, W) with at most 67,108,864 cells, got "
    "? x 3 x ? x 6; export it with one size, or say it, as in --input 3x224x224 or input_shape=(3, 224, 224)",
    two_inputs: "from_onnx: expected one input, the picture, got 2; export it from picture to scores",
    circle: 'from_onnx: expected operators in order and without circles, got "Conv" before what it takes, "y"; export '
    "the network again",
}


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_hostile_files_are_refused(tmp_path, spoil):
    made = model(*CONV, (3, 7, 6))
    spoil(made)
    (tmp_path / "a.onnx").write_bytes(made.SerializeToString())
    with pytest.raises(InputError) as caught:
        from_onnx(tmp_path / "a.onnx")
    assert str(caught.value) == FAULTS[spoil]


REFUSED = {
    "unknown": ([node("CumSum", "x a", "y")], [numpy_helper.from_array(np.array(1), "a")]),
    "step by step": ([node("GRU", "x", "y")], []),
    "a fill of any size": ([node("ConstantOfShape", "x", "y")], []),
    "weights of another shape": ([node("Conv", "x w b", "y")], [weights("w", 4, 3, 3, 3), weights("b", 5)]),
    "channels that do not fit": ([node("Conv", "x w", "y")], [weights("w", 4, 2, 3, 3)]),
    "a kernel computed on the way": ([node("Relu", "x", "a"), node("Conv", "x a", "y")], []),
    "examples that mix": ([node("Concat", "x x", "y", axis=0)], []),
    "a softmax over examples": ([node("Softmax", "x", "y", axis=0)], []),
    "a mean over examples": ([node("ReduceMean", "x", "y", axes=[0])], []),
    "a loop": ([node("Loop", "x x x", "y")], []),
    "constants beyond all measure": (
        [node("ConstantOfShape", "s", "a"), node("Add", "x a", "y")],
        [numpy_helper.from_array(np.array([10**6, 10**6]), "s")],
    ),
    "a choice that depends on the picture": ([node("If", "x", "y")], []),
    "an operator of somebody's own": ([helper.make_node("Relu", ["x"], ["y"], domain="com.example")], []),
    "no output": ([node("Relu", "x", "a")], []),
    "an output without end": ([node("ConvTranspose", "x w", "y", strides=[9000, 9000])], [weights("w", 3, 3, 1, 1)]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_layer_stands_for_is_named(tmp_path, name):
    (tmp_path / "a.onnx").write_bytes(model(*REFUSED[name], (3, 7, 6)).SerializeToString())
    with pytest.raises(InputError) as caught:
        from_onnx(tmp_path / "a.onnx")
    message = str(caught.value)
    assert message.startswith("from_onnx: ")
    assert "\n" not in message


def test_files_that_are_none(tmp_path):
    whole = model(*CONV, (3, 7, 6)).SerializeToString()
    draw = np.random.default_rng(0)
    for number in range(60):
        spoiled = bytearray(whole)
        if number % 3 == 0:
            spoiled = spoiled[: draw.integers(len(whole))]
        elif number % 3 == 1:
            spoiled[draw.integers(len(whole))] ^= 1 << int(draw.integers(8))
        else:
            spoiled = bytearray(draw.bytes(200))
        path = tmp_path / f"{number}.onnx"
        path.write_bytes(spoiled)
        with suppress(InputError):  # some are still good
            from_onnx(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="which does not exist; check the path"):
        from_onnx(tmp_path / "none.onnx")


def computes(path, made, shape, **options):
    x = DRAW.standard_normal(shape).astype(np.float32)
    network = from_onnx(path, **options)
    np.testing.assert_allclose(
        network.forward(x), ReferenceEvaluator(made).run(None, {"x": x})[0], rtol=1e-5, atol=1e-5
    )
    return network


def test_weights_beside_the_file(tmp_path):
    made = model(*CONV, (3, 7, 6))
    path = tmp_path / "a.onnx"
    onnx.save_model(made, path, save_as_external_data=True, location="a.onnx.data", size_threshold=0)
    assert {each.name for each in tmp_path.iterdir()} == {"a.onnx", "a.onnx.data"}
    computes(path, onnx.load(path), (2, 3, 7, 6))


def test_a_size_that_is_left_open_can_be_said(tmp_path):
    made = model([node("Relu", "x", "y")], [], ("c", "h", 6))
    onnx.save(made, tmp_path / "a.onnx")
    assert computes(tmp_path / "a.onnx", made, (2, 3, 7, 6), input_shape=(3, 7, 6)).output_shape((3, 7, 6)) == (3, 7, 6)
    assert from_onnx(tmp_path / "a.onnx", input_shape=(3, 7, 5)).output_shape((3, 7, 5)) == (3, 7, 5)
    with pytest.raises(InputError, match=r"expected one example of \? x \? x 6, as the file says, got 7 x 5; give"):
        from_onnx(tmp_path / "a.onnx", input_shape=(7, 5))
    onnx.save(model(*CHAINS["reshaped"], (3, 7, 6)), tmp_path / "a.onnx")
    with pytest.raises(InputError, match="does not fit what it takes"):
        from_onnx(tmp_path / "a.onnx", input_shape=(3, 8, 6))


def test_one_of_several_outputs(tmp_path):
    made = model([node("Relu", "x", "y"), node("Tanh", "x", "z"), node("LSTM", "z", "a")], [], (3, 7, 6))
    for name in ("z", "a"):
        made.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    onnx.save(made, tmp_path / "a.onnx")
    assert list(from_onnx(tmp_path / "a.onnx").layers) == ["relu1"]
    assert list(from_onnx(tmp_path / "a.onnx", output="z").layers) == ["tanh1"]
    with pytest.raises(InputError) as caught:
        from_onnx(tmp_path / "a.onnx", output="a")
    assert str(caught.value) == (
        'from_onnx: expected layers that see all cells at once, got "LSTM", which goes along a sequence step by step; '
        "export the network up to there"
    )
    with pytest.raises(InputError, match='expected one of the outputs "y", "z", "a", got "b"; choose one'):
        from_onnx(tmp_path / "a.onnx", output="b")


def test_a_choice_that_is_known_is_made(tmp_path):
    def branch(*nodes):
        return helper.make_graph(list(nodes), "branch", [], [helper.make_empty_tensor_value_info(nodes[-1].output[0])])

    squeezed = branch(node("Constant", "", "axes", value_ints=[3]), node("Squeeze", "a axes", "b"))
    nodes = [
        node("ReduceMean", "x", "a", axes=[3]),
        node("Shape", "a", "s"),
        node("Gather", "s i", "n"),
        node("Equal", "n one", "is"),
        helper.make_node("If", ["is"], ["y"], then_branch=squeezed, else_branch=branch(node("Identity", "a", "c"))),
    ]
    squeezed.node[0].ClearField("input")
    numbers = [numpy_helper.from_array(np.array(value), name) for name, value in (("i", 3), ("one", 1))]
    made = model(nodes, numbers, (3, 7, 6))
    onnx.save(made, tmp_path / "a.onnx")
    network = computes(tmp_path / "a.onnx", made, (2, 3, 7, 6))
    assert network.output_shape((3, 7, 6)) == (3, 7)


def test_cells_picked_from_one_row_of_all_examples(tmp_path):
    row = np.arange(2 * 126).reshape(2, 3, 42)
    made = model(
        [node("Reshape", "x s", "a"), node("Gather", "a i", "y")],
        [numpy_helper.from_array(np.array([-1]), "s"), numpy_helper.from_array(row[:, ::-1].copy(), "i")],
        (3, 7, 6),
    )
    made.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 2
    onnx.save(made, tmp_path / "a.onnx")
    computes(tmp_path / "a.onnx", made, (2, 3, 7, 6))
    made.graph.initializer[1].CopyFrom(numpy_helper.from_array(row[::-1].copy(), "i"))
    onnx.save(made, tmp_path / "a.onnx")
    with pytest.raises(InputError, match="to pick the same cells of each example"):
        from_onnx(tmp_path / "a.onnx")
