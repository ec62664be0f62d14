"""Files with channels last become networks with channels first, and compute the same."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from cnnviz.nn import load
from cnnviz.nn.onnx_import import from_onnx

DRAW = np.random.default_rng(8)
LAST, FIRST = [0, 2, 3, 1], [0, 3, 1, 2]


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs.split(), [output], **attributes)


def weights(name, *shape):
    return numpy_helper.from_array(DRAW.standard_normal(shape).astype(np.float32), name)


def turned(op, inputs, output, **attributes):
    """Put an operator between two transpositions."""
    first, *rest = inputs.split()
    return [
        node("Transpose", first, f"{output}0", perm=FIRST),
        node(op, " ".join([f"{output}0", *rest]), f"{output}1", **attributes),
        node("Transpose", f"{output}1", output, perm=LAST),
    ]


def keras():
    nodes = [
        *turned("Conv", "x w", "a", pads=[1, 1, 1, 1]),
        node("Add", "a b", "c"),
        node("Relu", "c", "d"),
        *turned("MaxPool", "d", "e", kernel_shape=[2, 2], strides=[2, 2]),
        *turned("Conv", "e v", "f", pads=[1, 1, 1, 1]),
        node("Mul", "f g", "h"),
        node("Add", "h e", "i"),
        node("Sigmoid", "i", "j"),
        node("Mul", "i j", "k"),
        node("Reshape", "k s", "l"),
        node("MatMul", "l u", "y"),
    ]
    arrays = [weights("w", 4, 3, 3, 3), weights("b", 4), weights("v", 4, 4, 3, 3), weights("g", 1, 1, 4)]
    arrays += [weights("u", 36, 5), numpy_helper.from_array(np.array([-1, 36]), "s")]
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 6, 6, 3])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "network", [x], [y], arrays)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)


def test_transpositions_that_undo_each_other_are_gone(tmp_path):
    model = keras()
    onnx.save(model, tmp_path / "a.onnx")
    x = DRAW.standard_normal((2, 6, 6, 3)).astype(np.float32)
    (expected,) = ReferenceEvaluator(model).run(None, {"x": x})
    network = from_onnx(tmp_path / "a.onnx")
    np.testing.assert_allclose(network.forward(x), expected, rtol=1e-5, atol=1e-5)
    names = ["permute1", "conv1", "relu1", "pool1", "block1", "silu1", "permute2", "flatten1", "dense1"]
    assert list(network.layers) == names
    assert network["conv1"].bias

    loaded = load(tmp_path / "a.onnx")
    assert (list(loaded.layers), loaded.input_shape) == (names[1:], (3, 6, 6))
    first = np.ascontiguousarray(x.transpose(0, 3, 1, 2))
    np.testing.assert_allclose(loaded.forward(first), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    "nodes",
    [
        [node("Transpose", "x", "y", perm=LAST)],
        [node("Transpose", "x", "a", perm=LAST), node("Relu", "a", "y")],
        [node("Transpose", "x", "a", perm=LAST), node("Transpose", "a", "b", perm=FIRST), node("Relu", "b", "y")],
        [node("Transpose", "x", "a", perm=LAST), node("Softmax", "a", "y")],
        [node("Transpose", "x", "a", perm=LAST), node("Add", "a w", "y")],
        [node("Transpose", "x", "a", perm=[0, 1, 3, 2]), node("Add", "a x", "y")],
        [node("Transpose", "x", "a", perm=LAST), node("Relu", "a", "b"), node("Add", "a b", "y")],
        [node("Transpose", "x", "a", perm=LAST), node("Relu", "a", "b"), node("Concat", "a b", "y", axis=3)],
        [node("Transpose", "x", "a", perm=LAST), node("Where", "m a w", "y")],
    ],
)
def test_what_waits_is_done_where_it_is_needed(tmp_path, nodes):
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 4, 4, 4])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    mask = numpy_helper.from_array(np.array([True, False, True, True]), "m")
    graph = helper.make_graph(nodes, "network", [x], [y], [weights("w", 4), mask])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.save(model, tmp_path / "a.onnx")
    values = DRAW.standard_normal((2, 4, 4, 4)).astype(np.float32)
    (expected,) = ReferenceEvaluator(model).run(None, {"x": values})
    np.testing.assert_allclose(from_onnx(tmp_path / "a.onnx").forward(values), expected, rtol=1e-6)
