"""Networks from ONNX: what is in the `file`, a `walk` over it, `operators` as layers, graphs as blocks by `folding`."""

from __future__ import annotations

from pathlib import Path

from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import read_model
from cnnviz.nn.onnx_import.folding import fold
from cnnviz.nn.onnx_import.layout import channels_first
from cnnviz.nn.onnx_import.operators import UNDERSTOOD
from cnnviz.nn.onnx_import.walk import walk
from cnnviz.nn.sequential import Sequential

__all__ = ["from_onnx", "read_onnx"]


def from_onnx(path: str | Path, *, input_shape: Shape | None = None, output: str | None = None) -> Sequential:
    """Read a network and its weights from an ONNX file.

    Layers are named by kind and number in the order of the graph (``conv1``, ``relu1``, ``pool1``, ...). Sums of two
    paths become `Residual`, concatenations `Parallel`, products of a path with its own input `Gated`, and what is wired
    in another way `Graph`.

    Parameters
    ----------
    path : str or Path
        An ``.onnx`` file of a network from one picture, sequence or volume to its answer, float32 or float64. Its
        weights stand in it or in files beside it in the same folder, 1 GiB at most.
    input_shape : tuple of int, optional
        Of one example, where the file leaves it open or it is to be another.
    output : str, optional
        The name of the output that is asked for, where the file has several; the first, if None.

    Raises
    ------
    InputError
        If the file is damaged, too large, keeps weights elsewhere, or has an operator that no layer here stands for;
        the message names it. Nothing that a file contains is run.

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
    return read_onnx(path, input_shape=input_shape, output=output)[0]


def read_onnx(
    path: str | Path, *, who: str = "from_onnx", input_shape: Shape | None = None, output: str | None = None
) -> tuple[Sequential, Shape]:
    """Read a network as `from_onnx` does, and the shape of one example that it takes."""
    graph = walk(who, read_model(who, Path(path)), UNDERSTOOD, input_shape, output)
    return fold(who, channels_first(graph)), graph.input_shape
