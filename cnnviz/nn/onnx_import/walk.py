"""A walk over a file's operators: what each gives, by ONNX's own rules, and what is known before any picture comes.

Types and shapes come from `onnx.shape_inference`, and numbers that depend on no picture (shapes, folded weights) from
`onnx.reference`; what is left works on the picture.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import Model
from cnnviz.nn.onnx_import.node import Graph
from cnnviz.nn.onnx_import.rules import Rules
from cnnviz.nn.onnx_import.walker import Walker

RECURRENT = ("GRU", "LSTM", "RNN")


def walk(
    who: str,
    model: Model,
    understood: Collection[str],
    input_shape: Shape | None = None,
    output: str | None = None,
) -> Graph:
    """Walk over a file.

    Parameters
    ----------
    who
        The name the user called.
    model
        The file.
    understood
        Operators that something here stands for.
    input_shape
        Of one example, where the file leaves it open or it is to be another.
    output
        Which output is asked for; the first, if None.

    Raises
    ------
    InputError
        If an operator is unknown, mixes examples, or makes something too large.
    """
    names = [value.name for value in model.graph.output]
    if not names or (output is not None and output not in names):
        raise InputError(
            f"{who}: expected one of the outputs {', '.join(shown(name, 40) for name in names) or '(none)'}, "
            f"got {shown(output or '', 40)}; choose one"
        )
    given = [value for value in model.graph.input if value.name not in model.arrays]
    if len(given) != 1:
        raise InputError(f"{who}: expected one input, the picture, got {len(given)}; export it from picture to scores")
    walker = Walker(who, model, understood, dict(model.arrays), Rules(who, model.version, model.opsets))
    walker.enter(given[0], input_shape)
    wanted = output or names[0]
    needed = _needed(model.graph.node, wanted)
    for node in needed:
        if node.op_type in RECURRENT:
            raise InputError(
                f"{who}: expected layers that see all cells at once, got {shown(node.op_type, 40)}"
                f"{f' ({shown(node.name, 40)})' if node.name else ''}, which goes along a sequence step by step; "
                f"export the network up to there"
            )
    for node in needed:
        walker.step(node)
    if wanted not in walker.shapes:
        raise InputError(
            f"{who}: expected an output {shown(wanted, 40)} that depends on the picture, got none; export it again"
        )
    used = _Used(wanted)
    nodes = tuple(reversed([node for node in reversed(walker.nodes) if used.by([node.output], node.inputs)]))
    return Graph(nodes, given[0].name, walker.shapes[given[0].name], wanted, tuple(names))


class _Used:
    """What an output depends on, going back from it."""

    def __init__(self, output: str) -> None:
        self.names = {output}

    def by(self, outputs: Iterable[str], inputs: Iterable[str]) -> bool:
        """Say whether one of these is used; then what it was made from is too."""
        used = not self.names.isdisjoint(outputs)
        if used:
            self.names.update(inputs)
        return used


def _needed(nodes: Sequence[Any], output: str) -> list[Any]:
    """Leave out what the output does not depend on."""
    used, kept = _Used(output), []
    for node in reversed(nodes):
        inner = [name for attribute in node.attribute for own in attribute.g.node for name in own.input]
        if used.by(node.output, [*node.input, *inner]):
            kept.append(node)
    return kept[::-1]
