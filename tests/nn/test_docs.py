"""docs/your-network.md is followed word by word."""

import re
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from cnnviz.cli import run
from cnnviz.nn import parse_network

PAGE = (Path(__file__).parents[2] / "docs" / "your-network.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)(?: (\w+))?\n(.*?)```", PAGE, re.DOTALL)
LINE = "1x28x28 > conv 8 k3 p1 > relu > pool 2 > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10"
KERAS = {
    "conv2d/kernel": (3, 3, 1, 8),
    "conv2d/bias": (8,),
    **{f"batch_normalization/{name}": (8,) for name in ("gamma", "beta", "moving_mean", "moving_variance")},
    "dense/kernel": (7 * 7 * 8, 10),
    "dense/bias": (10,),
}
"""What the block for Keras writes of the model that its line describes."""


def prepare():
    """Write what the blocks for PyTorch and Keras would."""
    network = parse_network(LINE)[1]
    network.initialize(0)
    arrays = {name: parameter.values for name, parameter in network.parameters().items()}
    np.savez("weights.npz", **arrays)
    np.savez("keras.npz", **{name: np.ones(shape, np.float32) for name, shape in KERAS.items()})
    nodes, last = [], "x"
    for i in (1, 2):
        nodes += [
            helper.make_node("Conv", [last, f"conv{i}.weight", f"conv{i}.bias"], [f"a{i}"], pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"a{i}"], [f"b{i}"]),
            helper.make_node("MaxPool", [f"b{i}"], [f"c{i}"], kernel_shape=[2, 2], strides=[2, 2]),
        ]
        last = f"c{i}"
    nodes += [
        helper.make_node("Flatten", [last], ["d"]),
        helper.make_node("Gemm", ["d", "dense1.weight", "dense1.bias"], ["y"], transB=1),
    ]
    x, y = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *rest])
        for name, rest in (("x", [1, 28, 28]), ("y", [10]))
    )
    weights = [numpy_helper.from_array(values, name) for name, values in arrays.items()]
    graph = helper.make_graph(nodes, "mine", [x], [y], weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), "mine.onnx")


def follow(tmp_path, monkeypatch, *, torch):
    monkeypatch.chdir(tmp_path)
    prepare()
    names = {}
    for language, library, text in BLOCKS:
        if language == "sh":
            for line in text.strip().splitlines():
                assert command(line) == 0
        elif library == "keras" or (library == "torch" and not torch):
            compile(text, "your-network.md", "exec")
        else:
            expected = re.findall(r"print\(.*\)  # (.*)", text)
            out = StringIO()
            with redirect_stdout(out):
                exec(compile(text, "your-network.md", "exec"), names)
            assert out.getvalue().splitlines() == expected


def command(line):
    program, *arguments = shlex.split(line)
    assert program == "cnnviz"
    with redirect_stdout(StringIO()):
        return run(arguments)


def test_the_page_can_be_followed(tmp_path, monkeypatch):
    follow(tmp_path, monkeypatch, torch=False)
    assert len(BLOCKS) == 11


@pytest.mark.full
@pytest.mark.filterwarnings("ignore")  # the exporter warns of itself
def test_the_page_can_be_followed_with_pytorch(tmp_path, monkeypatch):
    follow(tmp_path, monkeypatch, torch=True)
