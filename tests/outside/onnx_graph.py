"""A walk through an ONNX graph.

Whatever is an operation of ours goes to the engine; the rest (reshapes, slices, plain arithmetic) goes to the reference
evaluator of the onnx package, one node at a time.
"""

from collections import Counter

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator

from tests.outside.onnx_adapter import OPERATORS


def run(model: onnx.ModelProto, inputs) -> tuple[list, Counter]:
    """Compute a model; return its outputs, None for those ours do not give, and how often each of ours ran."""
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    version = opsets.get("", opsets.get("ai.onnx", 1))
    values = {"": None}
    values.update({tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer})
    given = [value.name for value in model.graph.input if value.name not in values]
    values.update(zip(given, inputs, strict=True))
    ran = Counter()
    for node in model.graph.node:
        ours = OPERATORS.get(node.op_type)
        if ours:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            wanted = sum(map(bool, node.output))
            results = ours(*(values[name] for name in node.input), version=version, wanted=wanted, **attributes)
            ran[node.op_type] += 1
        else:
            results = _arrange(node, values, opsets)
        results = results if isinstance(results, (tuple, list)) else (results,)
        names = [name for name in node.output if name]
        values.update(zip(names, (*results, *[None] * (len(names) - len(results))), strict=True))
    return [values[value.name] for value in model.graph.output], ran


def _arrange(node: onnx.NodeProto, values: dict, opsets: dict) -> list:
    known = [onnx.ValueInfoProto(name=name) for name in values if name]
    made = [onnx.ValueInfoProto(name=name) for name in node.output if name]
    graph = onnx.GraphProto(node=[node], name=node.op_type, input=known, output=made)
    results = ReferenceEvaluator(graph, opsets=opsets).run(None, {value.name: values[value.name] for value in known})
    return [np.asarray(result) if isinstance(result, np.generic) else result for result in results]
