"""Networks from ONNX: what is in the `file`, `operators` as layers, graphs as blocks by `folding`."""

from __future__ import annotations

from pathlib import Path

from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import read_graph
from cnnviz.nn.onnx_import.folding import fold
from cnnviz.nn.sequential import Sequential

__all__ = ["from_onnx", "read_onnx"]


def from_onnx(path: str | Path) -> Sequential:
    """Read a network and its weights from an ONNX file.

    Layers are named by kind and number in the order of the graph (``conv1``, ``relu1``, ``pool1``, ...). Sums of two
    paths become `Residual`, concatenations `Parallel`, products of a path with its own input `Gated`.

    Parameters
    ----------
    path : str or Path
        An ``.onnx`` file of at most 256 MiB that holds its own weights, float32 or float64, of a network from one
        picture (N, C, H, W) to one output.

    Raises
    ------
    InputError
        If the file is damaged, too large, keeps weights elsewhere, or has an operator or a structure that no layer here
        stands for; the message names it. Nothing that a file contains is run.

    Examples
    --------
    >>> from onnx import TensorProto, helper, save
    >>> x, y = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 1, 4, 4]) for name in "xy")
    >>> graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "tiny", [x], [y])
    >>> path = getfixture("tmp_path") / "tiny.onnx"
    >>> save(helper.make_model(graph), path)
    >>> list(from_onnx(path).layers)
    ['relu1']
    """
    return read_onnx(path)[0]


def read_onnx(path: str | Path, *, who: str = "from_onnx") -> tuple[Sequential, Shape]:
    """Read a network as `from_onnx` does, and the shape (C, H, W) of one example that the file declares."""
    graph = read_graph(who, Path(path))
    return fold(who, graph), graph.input_shape
