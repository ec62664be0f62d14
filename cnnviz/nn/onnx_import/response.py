"""Local response normalization, which PyTorch writes as ten operators with channels for the depth of a volume."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cnnviz.errors import CnnvizError
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import LocalResponseNorm
from cnnviz.nn.onnx_import.node import Node

_PARTS = {"Identity", "Mul", "Unsqueeze", "Reshape", "Pad", "AveragePool", "Squeeze", "Add", "Pow", "Div"}


def response_norm(region: Sequence[Node], written: Layer) -> LocalResponseNorm | None:
    """Recognize it in operators that divide a value by what becomes of its squares; None if it is something else.

    The layer must compute what the operators as written do.
    """
    pools = [node for node in region if node.op == "AveragePool"]
    numbers = {
        node.op: float(value.reshape(()))
        for node in region
        if len(node.inputs) == 1
        for value in node.weights.values()
        if node.op in ("Mul", "Add", "Pow") and value.size == 1
    }
    shape = region[-1].shape
    if not {node.op for node in region} <= _PARTS or region[-1].op != "Div" or len(pools) != 1 or len(numbers) != 3:
        return None
    kernel = pools[0].attributes.get("kernel_shape", ())
    if len(shape) != 3 or len(kernel) != 3 or set(kernel[1:]) != {1} or kernel[0] > 2 * shape[0]:
        return None
    try:
        layer = LocalResponseNorm(kernel[0], numbers["Mul"], numbers["Pow"], numbers["Add"])
        x = np.random.default_rng(0).standard_normal((1, *shape)).astype(np.float32)
        return layer if np.allclose(layer.compute(x), written.forward(x), rtol=1e-4, atol=1e-5) else None
    except CnnvizError:
        return None
