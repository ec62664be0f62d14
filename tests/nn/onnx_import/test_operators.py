"""Every operator computes what ONNX's own reference does; the way back is what differences say."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from cnnviz.nn.onnx_import import read_onnx
from cnnviz.nn.onnx_import.operators import MAKERS, MERGES

DRAW = np.random.default_rng(11)


def floats(name, *shape, low=-2.0, high=2.0):
    return numpy_helper.from_array(DRAW.uniform(low, high, shape), name)


def whole(name, *values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def one(name, value):
    return numpy_helper.from_array(np.array(value, np.float64), name)


def node(op, inputs, output="y", **attributes):
    return helper.make_node(op, [name if name != "_" else "" for name in inputs.split()], [output], **attributes)


def chain(*nodes):
    return list(nodes)


CASES = {
    "Abs": (node("Abs", "x"),),
    "Add": (node("Add", "w x"), floats("w", 3, 1, 1)),
    "Add one": (node("Add", "x w"), one("w", 0.5)),
    "And": (
        chain(
            node("Greater", "x w", "a"),
            node("Less", "x v", "b"),
            node("And", "a b", "c"),
            node("Where", "c x v"),
        ),
        one("w", -1.0),
        one("v", 1.0),
    ),
    "AveragePool": (node("AveragePool", "x", kernel_shape=[2, 3], strides=[1, 2], pads=[0, 1, 1, 0]),),
    "AveragePool same": (node("AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER"),),
    "Celu": (node("Celu", "x", alpha=0.7),),
    "Clip": (node("Clip", "x l h"), one("l", 0.0), one("h", 6.0)),
    "Clip below": (node("Clip", "x l"), one("l", -0.5)),
    "Clip above": (node("Clip", "x _ h"), one("h", 0.5)),
    "Concat": (
        node("Concat", "x w", axis=1),
        numpy_helper.from_array(np.stack([DRAW.standard_normal((2, 6, 6))] * 2), "w"),
    ),
    "Concat of one": (chain(node("Concat", "x", "a", axis=1), node("Relu", "a")),),
    "Concat of itself": (chain(node("Concat", "x x x", axis=3)),),
    "Conv": (node("Conv", "x w b", group=3, pads=[1, 0, 1, 2]), floats("w", 6, 1, 2, 2), floats("b", 6)),
    "Conv and its bias": (
        chain(node("Conv", "x w", "a"), node("Add", "a b")),
        floats("w", 4, 3, 2, 2),
        floats("b", 1, 4, 1, 1),
    ),
    "ConvTranspose": (
        node("ConvTranspose", "x w", strides=[2, 2], pads=[0, 1, 1, 0], output_padding=[1, 0]),
        floats("w", 3, 2, 3, 3),
    ),
    "Cos": (node("Cos", "x"),),
    "DepthToSpace": (
        chain(node("Conv", "x w", "a"), node("DepthToSpace", "a", blocksize=2, mode="CRD")),
        floats("w", 8, 3, 1, 1),
    ),
    "DepthToSpace DCR": (
        chain(node("Conv", "x w", "a"), node("DepthToSpace", "a", blocksize=2)),
        floats("w", 8, 3, 1, 1),
    ),
    "Div": (node("Div", "w x"), one("w", 3.0)),
    "Div of two": (chain(node("Abs", "x", "a"), node("Add", "a w", "b"), node("Div", "x b")), one("w", 1.0)),
    "Elu": (node("Elu", "x", alpha=0.5),),
    "Equal": (chain(node("Equal", "x w", "a"), node("Where", "a w x")), one("w", 3.0)),
    "Erf": (node("Erf", "x"),),
    "Exp": (node("Exp", "x"),),
    "Expand": (
        chain(node("GlobalAveragePool", "x", "a"), node("Expand", "a s", "b"), node("Mul", "b x")),
        whole("s", 1, 3, 6, 6),
    ),
    "Gather": (node("Gather", "x i", axis=1), whole("i", 2, 0, 2)),
    "Gather a table": (node("Gather", "x i", axis=2), numpy_helper.from_array(np.array([[0, 1, 2], [1, 2, -1]]), "i")),
    "Gather one": (node("Gather", "x i", axis=2), numpy_helper.from_array(np.array(1, np.int64), "i")),
    "Gelu": (chain(node("Gelu", "x", "a"), node("Gelu", "a", approximate="tanh")),),
    "Gemm": (
        chain(node("Flatten", "x", "a"), node("Gemm", "a w b", alpha=0.5, beta=2.0)),
        floats("w", 108, 4),
        floats("b", 1, 4),
    ),
    "GlobalMaxPool": (node("GlobalMaxPool", "x"),),
    "GreaterOrEqual": (chain(node("GreaterOrEqual", "x w", "a"), node("Where", "a x w")), one("w", 0.1)),
    "GroupNormalization": (
        chain(node("Conv", "x w", "a"), node("GroupNormalization", "a g b", num_groups=2)),
        floats("w", 4, 3, 1, 1),
        floats("g", 4),
        floats("b", 4),
    ),
    "HardSigmoid": (node("HardSigmoid", "x", alpha=0.3),),
    "HardSwish": (node("HardSwish", "x"),),
    "Identity of weights": (chain(node("Identity", "w", "v"), node("Conv", "x v")), floats("w", 4, 3, 2, 2)),
    "InstanceNormalization": (node("InstanceNormalization", "x g b"), floats("g", 3), floats("b", 3)),
    "LayerNormalization": (node("LayerNormalization", "x g b", axis=2), floats("g", 6, 6), floats("b", 6, 6)),
    "LeakyRelu": (node("LeakyRelu", "x", alpha=0.2),),
    "LessOrEqual": (
        chain(node("LessOrEqual", "x w", "a"), node("Not", "a", "b"), node("Where", "b x w")),
        one("w", 0.1),
    ),
    "Log": (chain(node("Exp", "x", "a"), node("Add", "a w", "b"), node("Log", "b")), one("w", 1.0)),
    "LogSoftmax": (node("LogSoftmax", "x", axis=1),),
    "MatMul": (node("MatMul", "x w"), floats("w", 6, 4)),
    "MatMul of two": (chain(node("Transpose", "x", "a", perm=[0, 1, 3, 2]), node("MatMul", "x a")),),
    "Max": (chain(node("Tanh", "x", "a"), node("Max", "x a w")), one("w", 0.2)),
    "MaxPool": (node("MaxPool", "x", kernel_shape=[3, 2], strides=[2, 1], dilations=[1, 2], pads=[1, 0, 0, 1]),),
    "Min": (node("Min", "x w"), floats("w", 3, 1, 1)),
    "Mish": (node("Mish", "x"),),
    "Mul": (node("Mul", "x w"), floats("w", 1, 3, 1, 1)),
    "Mul with itself": (node("Mul", "x x"),),
    "Neg": (node("Neg", "x"),),
    "Or": (
        chain(node("Greater", "x w", "a"), node("Less", "x v", "b"), node("Or", "a b", "c"), node("Where", "c x v")),
        one("w", 1.0),
        one("v", -1.0),
    ),
    "PRelu": (node("PRelu", "x w"), floats("w", 3, 1, 1, low=0.1)),
    "Pad": (node("Pad", "x p v", mode="constant"), whole("p", 0, 1, 0, 2, 0, 0, 1, 1), one("v", 0.5)),
    "Pad reflect": (node("Pad", "x p", mode="reflect"), whole("p", 0, 0, 2, 1, 0, 0, 1, 3)),
    "Pad edge": (node("Pad", "x p", mode="edge"), whole("p", 0, 0, 2, 1, 0, 0, 1, 3)),
    "Pad wrap": (node("Pad", "x p", mode="wrap"), whole("p", 0, 0, 2, 1, 0, 0, 1, 3)),
    "Pow": (chain(node("Abs", "x", "a"), node("Add", "a w", "b"), node("Pow", "b v")), one("w", 0.5), one("v", 1.7)),
    "Reciprocal": (chain(node("Exp", "x", "a"), node("Reciprocal", "a")),),
    "ReduceMax": (node("ReduceMax", "x a", keepdims=0), whole("a", 1)),
    "ReduceL1": (node("ReduceL1", "x a"), whole("a", 1)),
    "ReduceL2": (node("ReduceL2", "x a", keepdims=0), whole("a", 2, 3)),
    "ReduceSumSquare": (node("ReduceSumSquare", "x a"), whole("a", 1)),
    "ReduceMean": (node("ReduceMean", "x a", keepdims=0), whole("a", 2, 3)),
    "ReduceMean of channels": (node("ReduceMean", "x a"), whole("a", -3)),
    "ReduceMin": (node("ReduceMin", "x a"), whole("a", 2)),
    "ReduceSum": (node("ReduceSum", "x a"), whole("a", 1, 2)),
    "Reshape with a shape worked out": (
        chain(
            node("Shape", "x", "s"),
            node("Gather", "s zero", "n", axis=0),
            node("Unsqueeze", "n axis", "m"),
            node("Concat", "m rest", "t", axis=0),
            node("Reshape", "x t"),
        ),
        numpy_helper.from_array(np.array(0, np.int64), "zero"),
        whole("axis", 0),
        whole("rest", 3, -1),
    ),
    "Resize": (
        node("Resize", "x _ s", mode="linear"),
        numpy_helper.from_array(np.array([1, 1, 2, 1.5], np.float32), "s"),
    ),
    "Resize to a size": (
        node("Resize", "x _ _ z", mode="linear", coordinate_transformation_mode="align_corners"),
        whole("z", 2, 3, 4, 11),
    ),
    "Resize nearest": (
        node("Resize", "x _ s", mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        numpy_helper.from_array(np.array([1, 1, 2, 3], np.float32), "s"),
    ),
    "Resize cubic": (
        node("Resize", "x _ s", mode="cubic", coordinate_transformation_mode="pytorch_half_pixel"),
        numpy_helper.from_array(np.array([1, 1, 2, 0.5], np.float32), "s"),
    ),
    "Selu": (node("Selu", "x"),),
    "Sin": (node("Sin", "x"),),
    "Slice": (node("Slice", "x s e a t"), whole("s", -1, 1), whole("e", -7, 6), whole("a", 2, 3), whole("t", -2, 2)),
    "Softmax": (node("Softmax", "x", axis=-1),),
    "Softplus": (node("Softplus", "x"),),
    "Softsign": (node("Softsign", "x"),),
    "SpaceToDepth": (node("SpaceToDepth", "x", blocksize=2),),
    "Split": (
        chain(helper.make_node("Split", ["x", "p"], ["a", "b"], axis=1), node("Concat", "b a", axis=1)),
        whole("p", 1, 2),
    ),
    "Split evenly": (chain(helper.make_node("Split", ["x"], ["a", "b"], axis=2, num_outputs=2), node("Sub", "a b")),),
    "Sqrt": (chain(node("Exp", "x", "a"), node("Sqrt", "a")),),
    "Squeeze": (chain(node("GlobalAveragePool", "x", "a"), node("Squeeze", "a z")), whole("z", 2, 3)),
    "Sub": (node("Sub", "w x"), one("w", 1.0)),
    "Sum": (chain(node("Tanh", "x", "a"), node("Sum", "x a x")),),
    "ThresholdedRelu": (node("ThresholdedRelu", "x", alpha=0.0),),
    "Transpose": (
        chain(
            node("Transpose", "x", "a", perm=[0, 2, 3, 1]),
            node("MatMul", "a w", "b"),
            node("Add", "b c", "d"),
            node("Transpose", "d", perm=[0, 3, 1, 2]),
        ),
        floats("w", 3, 5),
        floats("c", 5),
    ),
    "Unsqueeze": (node("Unsqueeze", "x z"), whole("z", 1)),
    "Where": (
        node("Where", "m x w"),
        numpy_helper.from_array(np.array([[[True]], [[False]], [[True]]]), "m"),
        one("w", -1.0),
    ),
}
# What the reference computes in single precision.
WIDE = ("Celu", "Erf", "Gelu", "GroupNormalization", "HardSwish", "Mish")


def made(nodes, arrays, kind=TensorProto.DOUBLE):
    x = helper.make_tensor_value_info("x", kind, [2, 3, 6, 6])
    y = helper.make_tensor_value_info("y", kind, None)
    graph = helper.make_graph(nodes if isinstance(nodes, list) else [nodes], "network", [x], [y], list(arrays))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)


@pytest.mark.parametrize("name", CASES)
def test_an_operator_computes_what_onnx_says_and_goes_back(tmp_path, name):
    nodes, *arrays = CASES[name]
    single = name == "Celu"  # the one that ONNX has in single precision alone
    model = made(nodes, arrays, TensorProto.FLOAT if single else TensorProto.DOUBLE)
    onnx.save(model, tmp_path / "a.onnx")
    network, shape = read_onnx(tmp_path / "a.onnx")
    x = DRAW.uniform(-2, 2, (2, 3, 6, 6))
    (expected,) = ReferenceEvaluator(model).run(None, {"x": x.astype(np.float32) if single else x})
    record = network.forward(x, record=True)
    rough = name.split()[0] in WIDE
    np.testing.assert_allclose(record.output, expected, rtol=1e-5 if rough else 1e-9, atol=1e-5 if rough else 1e-9)
    assert network.output_shape(shape) == expected.shape[1:]

    dy = DRAW.standard_normal(expected.shape)
    dx = network.backward(dy, record).input
    step = 1e-6 * DRAW.standard_normal(x.shape)
    change = (network.forward(x + step) - network.forward(x - step)) * dy
    assert change.sum() / 2 == pytest.approx((dx * step).sum(), rel=2e-4, abs=1e-11)


def read(tmp_path, nodes, *arrays):
    onnx.save(made(nodes, arrays), tmp_path / "a.onnx")
    return read_onnx(tmp_path / "a.onnx")[0]


def test_pads_below_zero_cut_off(tmp_path):
    network = read(tmp_path, node("Pad", "x p"), whole("p", 0, 0, -1, 2, 0, -2, 0, -1))
    x = DRAW.standard_normal((2, 3, 6, 6))
    expected = np.pad(x[:, :1, 1:, :5], [(0, 0), (0, 0), (0, 0), (2, 0)])
    np.testing.assert_array_equal(network.forward(x), expected)
    record = network.forward(x, record=True)
    assert network.backward(np.ones_like(expected), record).input.sum() == 2 * 5 * 5


def test_a_transposed_convolution_to_a_size_crops_what_is_too_much_before(tmp_path):
    w = floats("w", 3, 2, 3, 3)
    sized = read(tmp_path, node("ConvTranspose", "x w", strides=[2, 2], output_shape=[12, 12]), w)
    cropped = read(tmp_path, node("ConvTranspose", "x w", strides=[2, 2], pads=[1, 1, 0, 0]), w)
    x = DRAW.standard_normal((2, 3, 6, 6))
    np.testing.assert_array_equal(sized.forward(x), cropped.forward(x))
    same = read(tmp_path, node("ConvTranspose", "x w", strides=[2, 2], auto_pad="SAME_UPPER"), w)
    np.testing.assert_array_equal(same.forward(x)[..., 1:, 1:], sized.forward(x)[..., :-1, :-1])


def test_all_operators_are_tried():
    tried = {each.op_type for nodes, *_ in CASES.values() for each in (nodes if isinstance(nodes, list) else [nodes])}
    # In test_from_onnx; newer or older than the version tried.
    elsewhere = {"BatchNormalization", "LRN", "Sigmoid", "Swish", "Upsample"}
    assert {*MAKERS, *MERGES} - tried == elsewhere
