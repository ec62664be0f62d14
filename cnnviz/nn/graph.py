"""Layers wired in any way: each takes what any before it gave."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine import LayerSpec
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.field import Field
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.merge import Merge
from cnnviz.nn.naming import named, placed
from cnnviz.nn.record import Gradients, Record, Run
from cnnviz.nn.summary import SummaryRow

Wire = tuple[Layer | Merge, Sequence[str]]


class Graph(Layer):
    """Run layers that are wired in any way without a circle.

    Parameters
    ----------
    steps
        By name, in an order in which they can run: a layer and the name of the step whose output it takes; or a
        `Merge` and the names of several. ``""`` is what comes into the graph; the last step gives what comes out.

    Examples
    --------
    >>> from cnnviz.nn import ReLU, Tanh
    >>> from cnnviz.nn.merge import Elementwise
    >>> graph = Graph({"relu": (ReLU(), [""]), "add": (Elementwise("add"), ["relu", ""])})
    >>> graph.forward(np.array([[-6.0, 4.0]]))
    array([[-6.,  8.]])
    """

    def __init__(self, steps: Mapping[str, Wire]) -> None:
        super().__init__()
        self.steps: dict[str, Wire] = {}
        known = {""}
        for name, (layer, sources) in steps.items():
            several = isinstance(layer, Merge)
            if not name or "." in name or name in known or not set(sources) <= known or (len(sources) != 1) > several:
                raise OptionError(
                    f"Graph: expected each step to take what one before it gave, a layer one value, got {name!r} "
                    f"from {list(sources)}; put the steps in order"
                )
            known.add(name)
            self.steps[name] = (layer, tuple(sources))
        if not self.steps:
            raise OptionError("Graph: expected at least one step, got none; give some")
        self._last_use = {source: name for name, (_, sources) in self.steps.items() for source in sources}

    def recipe(self) -> dict[str, Any]:
        """Say how it is made."""
        return {
            "kind": "Graph",
            "layers": {name: layer.recipe() for name, (layer, _) in self.steps.items()},
            "sources": {name: list(sources) for name, (_, sources) in self.steps.items()},
        }

    def children(self) -> Mapping[str, Layer]:
        """Give the layers by name."""
        return {name: layer for name, (layer, _) in self.steps.items() if isinstance(layer, Layer)}

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return self._shapes(shape)[self._end]

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        shapes = self._shapes(shape)
        total = 0
        for layer, sources in self.steps.values():
            own = [shapes[source] for source in sources]
            total += layer.macs(own) if isinstance(layer, Merge) else layer.macs(own[0])
        return total

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where the windows lie, all steps together as one."""
        fields = {"": Field()}
        for name, (layer, sources) in self.steps.items():
            fields[name] = _joined([fields[source] for source in sources]).after(layer.layer_specs())
        return fields[self._end].specs

    def rows(self, name: str, shape: Shape, field: Field) -> Generator[SummaryRow, None, tuple[Shape, Field]]:
        """Give the rows of the steps."""
        shapes, fields = {"": shape}, {"": field}
        for own, (layer, sources) in self.steps.items():
            given = [shapes[source] for source in sources]
            seen = _joined([fields[source] for source in sources])
            with placed(own):
                if isinstance(layer, Merge):
                    shapes[own], fields[own] = layer.output_shape(given), seen.after(layer.layer_specs())
                    cost, sees = layer.macs(given), fields[own]
                    yield SummaryRow(named(name, own), layer.describe(), shapes[own], 0, cost, sees.size, sees.jump)
                else:
                    shapes[own], fields[own] = yield from layer.rows(named(name, own), given[0], seen)
        return shapes[self._end], fields[self._end]

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Run the steps, keeping each value as long as another needs it."""
        values, inside = {"": x}, []
        for name, (layer, sources) in self.steps.items():
            given = [values[source] for source in sources]
            if isinstance(layer, Merge):
                record = Record(name, self, given[0], layer.join(given), (), given if run.keep else None)
            else:
                record = layer.step(name, given[0], run)
            values[name] = record.output
            if run.keep:
                inside.append(record)
            for source in sources:
                if self._last_use[source] == name:
                    values.pop(source, None)
        return values[self._end], tuple(inside), None

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Run the steps back, adding up what a value gets from all that took it."""
        totals: dict[str, Floats] = {self._end: dy}
        inside = []
        for step in reversed(record.inside):
            layer, sources = self.steps[step.name]
            given = totals.pop(step.name, None)
            own = np.zeros_like(step.output) if given is None else given
            if isinstance(layer, Merge):
                shares = layer.share(own, step.saved)
                inside.append(Gradients(step.name, own, shares[0]))
            else:
                gradients = layer.backward(own, step)
                shares = [gradients.input]
                inside.append(gradients)
            for source, share in zip(sources, shares, strict=True):
                totals[source] = totals[source] + share if source in totals else share
        return totals[""], {}, tuple(reversed(inside))

    @property
    def _end(self) -> str:
        return next(reversed(self.steps))

    def _shapes(self, shape: Shape) -> dict[str, Shape]:
        shapes = {"": tuple(shape)}
        for name, (layer, sources) in self.steps.items():
            given = [shapes[source] for source in sources]
            with placed(name):
                shapes[name] = layer.output_shape(given) if isinstance(layer, Merge) else layer.output_shape(given[0])
        return shapes


def _joined(fields: Sequence[Field]) -> Field:
    """Join what several values see; where their cells lie at different distances, as if they saw everything."""
    if all(field == fields[0] for field in fields):
        return fields[0]
    try:
        return Field().after([LayerSpec(branches=[field.specs for field in fields])])
    except ShapeError:
        return Field().after([LayerSpec(everything=True)])
