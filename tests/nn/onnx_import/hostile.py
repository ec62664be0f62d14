"""Two hundred ONNX files that are damaged or mean harm."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

DRAW = np.random.default_rng(21)


def _weights(name, *shape):
    return numpy_helper.from_array(DRAW.standard_normal(shape).astype(np.float32), name)


def _whole(name, *values):
    return numpy_helper.from_array(np.array(values, np.int64), name)


def node(op, inputs, output="y", **attributes):
    return helper.make_node(op, inputs.split(), output.split(), **attributes)


def model(nodes, arrays=(), shape=("n", 3, 8, 8), version=17):
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, list(shape))
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(list(nodes), "network", [x], [y], list(arrays))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)], ir_version=10)


def sound():
    nodes = [node("Conv", "x w b", "a"), node("Relu", "a", "c"), node("MaxPool", "c", "d", kernel_shape=[2, 2])]
    nodes += [node("Flatten", "d", "e"), node("Gemm", "e u")]
    return model(nodes, [_weights("w", 4, 3, 3, 3), _weights("b", 4), _weights("u", 100, 5)])


def _outside(location, **more):
    made = sound()
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, **more}.items():
        tensor.external_data.add(key=key, value=str(value))
    return made


def _doubled(times):
    """Grow an array again and again, each step twice as large as the last."""
    nodes = [node("Concat", f"v{i} v{i}", f"v{i + 1}", axis=0) for i in range(times)]
    return model([*nodes, node("Reshape", f"x v{times}")], [_whole("v0", *range(8))])


def _forks(times):
    """Part and join without end: two to the power of so many paths."""
    nodes = [node("Add", f"v{i} v{i}", f"v{i + 1}") for i in range(times)]
    return model([node("Relu", "x", "v0"), *nodes, node("Relu", f"v{times}")])


def _ladder(times):
    """Wire every value to the two before it."""
    nodes = [node("Relu", "x", "v0"), node("Tanh", "v0", "v1")]
    nodes += [node("Add", f"v{i} v{i + 1}", f"v{i + 2}") for i in range(times)]
    return model([*nodes, node("Relu", f"v{times + 1}")])


def _nested(depth):
    """Put choices into choices."""
    inner = helper.make_graph([node("Identity", "x", "z")], "inner", [], [helper.make_empty_tensor_value_info("z")])
    for _ in range(depth):
        choice = helper.make_node("If", ["c"], ["z"], then_branch=inner, else_branch=inner)
        inner = helper.make_graph([choice], "outer", [], [helper.make_empty_tensor_value_info("z")])
    choice = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner)
    return model([choice], [numpy_helper.from_array(np.array(True), "c")])


def bad():
    """Give models that must be refused, by name."""
    big = 2**31 - 1
    yield "an absolute path", _outside("/etc/passwd")
    yield "a path upward", _outside("../weights.bin")
    yield "a path downward", _outside("sub/weights.bin")
    yield "a path of another system", _outside("..\\weights.bin")
    yield "no path", _outside("")
    yield "the folder itself", _outside(".")
    yield "a file that is not there", _outside("none.bin")
    yield "a link out of the folder", _outside("link.bin")
    yield "a device", _outside("null.bin")
    yield "a short file", _outside("short.bin")
    yield "a place behind the end", _outside("short.bin", offset=10**12)
    yield "a place before the start", _outside("short.bin", offset=-8)
    yield "a length of another tensor", _outside("short.bin", length=3)
    yield "a place that is no number", _outside("short.bin", offset="zero")
    yield "a huge input", model([node("Relu", "x")], shape=("n", 3, 2**40, 2**40))
    yield "a large input", model([node("Relu", "x")], shape=("n", 3, 30000, 30000))
    yield "an input below zero", model([node("Relu", "x")], shape=("n", 3, -8, 8))
    yield "a million examples", model([node("Relu", "x")], shape=(10**6, 3, 8, 8))
    yield "a circle", model([node("Add", "x b", "a"), node("Relu", "a", "b"), node("Relu", "b")])
    yield "a circle of one", model([node("Relu", "y")])
    yield "operators out of order", model([node("Relu", "a"), node("Relu", "x", "a")])
    yield "no way to the output", model([node("Relu", "x", "a")])
    yield "no operators", model([])
    yield "huge padding", model([node("Pad", "x p")], [_whole("p", 0, 0, big, big, 0, 0, big, big)])
    yield "much padding", model([node("Pad", "x p")], [_whole("p", 0, 0, 20000, 20000, 0, 0, 0, 0)])
    yield "a huge enlargement", model([node("Resize", "x a a z")], [_whole("z", 1, 3, 10**6, 10**6), _weights("a", 0)])
    yield (
        "a long row",
        model(
            [node("Reshape", "x s", "a"), node("Resize", "a e e z")],
            [_whole("s", 1, 1, 192), _whole("z", 1, 1, 60_000_000), _weights("e", 0)],
        ),
    )
    yield "a huge stride", model([node("ConvTranspose", "x w", strides=[big, big])], [_weights("w", 3, 3, 1, 1)])
    yield (
        "constants without end",
        model([node("ConstantOfShape", "s", "a"), node("Add", "x a")], [_whole("s", 10**9, 10**9)]),
    )
    yield (
        "a range without end",
        model(
            [node("Range", "a b c", "r"), node("Reshape", "x r")],
            [numpy_helper.from_array(np.array(v, np.int64), n) for n, v in (("a", 0), ("b", 10**15), ("c", 1))],
        ),
    )
    yield (
        "a tile without end",
        model([node("Tile", "v t", "a"), node("Reshape", "x a")], [_whole("v", 1), _whole("t", 10**12)]),
    )
    yield "an expansion", model([node("Expand", "x s")], [_whole("s", 1, 3, 8, 8 * 10**9)])
    yield "arrays that double", _doubled(60)
    yield "choices in choices", _nested(3)
    yield "kernels of zero", model([node("MaxPool", "x", kernel_shape=[0, 0])])
    yield "kernels below zero", model([node("MaxPool", "x", kernel_shape=[-2, 2])])
    yield "strides of zero", model([node("MaxPool", "x", kernel_shape=[2, 2], strides=[0, 0])])
    yield "a huge kernel", model([node("MaxPool", "x", kernel_shape=[big, big], pads=[big - 8] * 4)])
    yield "a huge dilation", model([node("Conv", "x w", dilations=[big, big])], [_weights("w", 2, 3, 2, 2)])
    yield "no groups", model([node("Conv", "x w", group=0)], [_weights("w", 2, 3, 2, 2)])
    yield "groups below zero", model([node("Conv", "x w", group=-3)], [_weights("w", 3, 1, 2, 2)])
    yield "an axis that is none", model([node("Concat", "x x", axis=9)])
    yield "a softmax over an axis that is none", model([node("Softmax", "x", axis=-9)])
    yield "indices outside", model([node("Gather", "x i", axis=1)], [_whole("i", 10**9)])
    yield "a slice of nothing", model([node("Slice", "x s e")], [_whole("s", 0, 9), _whole("e", 1, 9)])
    yield "a shape that does not fit", model([node("Reshape", "x s")], [_whole("s", 1, 7, 13)])
    yield "a split that does not fit", model([node("Split", "x s", "y z", axis=1)], [_whole("s", 10**9, -(10**9) + 3)])
    yield "blocks of zero", model([node("DepthToSpace", "x", blocksize=0)])
    yield "words for weights", model([node("Conv", "x w")], [helper.make_tensor("w", TensorProto.STRING, [1], [b"a"])])
    yield "weights of whole numbers", model([node("Conv", "x w")], [_whole("w", *range(4))])
    yield "a version from tomorrow", model([node("Relu", "x")], version=99_999)
    yield "a version from before", model([node("Relu", "x")], version=-5)
    yield "an operator of somebody's own", model([helper.make_node("Run", ["x"], ["y"], domain="com.example")])
    yield "no name for an operator", model([helper.make_node("", ["x"], ["y"])])
    yield "words that do not print", model([helper.make_node("\x1b[31m\n", ["x"], ["y"], name="\u202e\n\x07" * 90)])
    yield "a loop", model([node("Loop", "x x x")])
    yield "a choice by the picture", model([node("If", "x")])
    yield "examples that mix", model([node("Reshape", "x s")], [_whole("s", -1, 2)])
    yield "too many operators", model([node("Relu", f"v{i}" if i else "x", f"v{i + 1}") for i in range(10_001)])


def odd():
    """Give models that may be read or refused, and must do either quickly."""
    yield "paths without end", _forks(60)
    yield "a ladder", _ladder(300)
    yield (
        "a long chain",
        model([node("Relu", f"v{i}" if i else "x", f"v{i + 1}") for i in range(900)] + [node("Relu", "v900")]),
    )


def spoiled(count):
    """Give the bytes of a sound file cut off, with bits turned, with runs replaced, and noise."""
    whole = sound().SerializeToString()
    for number in range(count):
        content = bytearray(whole)
        if number % 4 == 0:
            content = content[: DRAW.integers(len(whole))]
        elif number % 4 == 1:
            for _ in range(1 + number % 7):
                content[DRAW.integers(len(whole))] ^= 1 << int(DRAW.integers(8))
        elif number % 4 == 2:
            start = int(DRAW.integers(len(whole) - 20))
            content[start : start + 20] = DRAW.bytes(20)
        else:
            content = bytearray(DRAW.bytes(300))
        yield f"spoiled {number}", bytes(content)
