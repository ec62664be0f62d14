"""Layers side by side: added, multiplied or stacked where they meet."""

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine import LayerSpec
from cnnviz.errors import ShapeError
from cnnviz.nn.field import Field
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.naming import Layers, named, named_layers, placed
from cnnviz.nn.record import Gradients, Record, Run
from cnnviz.nn.summary import SummaryRow


class Branches(Layer):
    """Layers side by side, each given the same input."""

    join = ""
    """What happens where they meet, in one word."""

    def __init__(self, branches: Mapping[str, Layer]) -> None:
        super().__init__()
        self.branches = branches

    def recipe(self) -> dict[str, Any]:
        """Say how it is made."""
        return {"kind": type(self).__name__, "layers": {name: each.recipe() for name, each in self.branches.items()}}

    def flattened(self, path: str, shape: Shape) -> dict[str, Shape]:
        """Say which dense layers stand behind a flattening, and of what."""
        parts = (branch.flattened(f"{path}{name}.", shape) for name, branch in self.branches.items())
        return {name: maps for part in parts for name, maps in part.items()}

    def children(self) -> Mapping[str, Layer]:
        """Give the branches by name."""
        return self.branches

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        return sum(branch.macs(shape) for branch in self.branches.values())

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where the windows of the branches lie."""
        return (LayerSpec(branches=[branch.layer_specs() for branch in self.branches.values()]),)

    def rows(self, name: str, shape: Shape, field: Field) -> Generator[SummaryRow, None, tuple[Shape, Field]]:
        """Give the rows of the branches, and one for where they meet."""
        for own, branch in self.branches.items():
            with placed(own):
                yield from branch.rows(named(name, own), shape, field)
        out, seen = self.output_shape(shape), field.after(self.layer_specs())
        yield SummaryRow(named(name, self.join), self.describe(), out, 0, 0, seen.size, seen.jump)
        return out, seen

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Run the branches and join them."""
        steps = [branch.step(name, x, run) for name, branch in self.branches.items()]
        y = self._joined(steps)
        return y, tuple(steps) if run.keep else (), None

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Give each branch its share of the gradient and add up what they bring back."""
        shares = self._shares(dy, record)
        inside = tuple(step.layer.backward(share, step) for step, share in zip(record.inside, shares, strict=False))
        parts = [gradients.input for gradients in inside] + shares[len(inside) :]
        return np.asarray(sum(parts[1:], parts[0])), {}, inside

    def _shapes(self, shape: Shape) -> dict[str, Shape]:
        shapes = {}
        for name, branch in self.branches.items():
            with placed(name):
                shapes[name] = branch.output_shape(shape)
        return shapes

    def _joined(self, steps: list[Record]) -> Floats:
        raise NotImplementedError

    def _shares(self, dy: Floats, record: Record) -> list[Floats]:
        """Give the gradient of what comes out of each branch, and then what goes straight to the input, if it does."""
        raise NotImplementedError


class Residual(Branches):
    """Add to what layers make of the input the input itself: ``y = body(x) + shortcut(x)``.

    Parameters
    ----------
    body
        The layers.
    shortcut
        What the input goes through on its way round them; nothing, if None.

    Examples
    --------
    >>> from cnnviz.nn import ReLU
    >>> Residual(ReLU()).forward(np.array([[-6.0, 4.0]]))
    array([[-6.,  8.]])

    References
    ----------
    He, Zhang, Ren and Sun, Deep residual learning for image recognition, 2015, section 3.2.
    """

    join = "add"

    def __init__(self, body: Layer, shortcut: Layer | None = None) -> None:
        super().__init__({"body": body} if shortcut is None else {"body": body, "shortcut": shortcut})

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        body, other = self._shapes(shape)["body"], self._shapes(shape).get("shortcut", tuple(shape))
        if body != other:
            raise ShapeError(
                f"Residual: expected body and shortcut to give one shape, got {body} and {other}; "
                f"give a shortcut such as Conv2d({shape[0]}, {body[0]}, 1, stride=...)"
            )
        return body

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where the windows lie; the way round sees what was seen before."""
        branches = [branch.layer_specs() for branch in self.branches.values()]
        return (LayerSpec(branches=branches if "shortcut" in self.branches else [*branches, ()]),)

    def _joined(self, steps: list[Record]) -> Floats:
        return steps[0].output + (steps[1].output if len(steps) > 1 else steps[0].input)

    def _shares(self, dy: Floats, record: Record) -> list[Floats]:  # noqa: ARG002
        return [dy, dy]  # to the body, and to the shortcut or straight to the input


class Gated(Branches):
    """Multiply the input by what layers make of it: ``y = x gate(x)``, as in squeeze-and-excitation.

    Parameters
    ----------
    gate
        Layers that give one number for each cell, or for each channel with sizes of 1.

    Examples
    --------
    >>> from cnnviz.nn import ReLU
    >>> Gated(ReLU()).forward(np.array([[-6.0, 4.0]]))
    array([[-0., 16.]])

    References
    ----------
    Hu, Shen, Albanie, Sun and Wu, Squeeze-and-excitation networks, 2018, section 3.
    """

    join = "multiply"

    def __init__(self, gate: Layer) -> None:
        super().__init__({"gate": gate})

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        gate = self._shapes(shape)["gate"]
        if len(gate) != len(shape) or any(g not in (1, n) for g, n in zip(gate, shape, strict=True)):
            raise ShapeError(
                f"Gated: expected a gate of the input's shape {tuple(shape)} or with sizes of 1, got {gate}; "
                f"give as many channels as go in"
            )
        return tuple(shape)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where the windows lie."""
        return (LayerSpec(branches=[(), self.branches["gate"].layer_specs()]),)

    def _joined(self, steps: list[Record]) -> Floats:
        return steps[0].input * steps[0].output

    def _shares(self, dy: Floats, record: Record) -> list[Floats]:
        x, gate = record.input, record.inside[0].output
        spread = tuple(axis for axis in range(x.ndim) if gate.shape[axis] != x.shape[axis])
        return [np.asarray((dy * x).sum(axis=spread, keepdims=True)), dy * gate]


class Parallel(Branches):
    """Run layers side by side on the same input and stack the channels they give, as an inception module does.

    Parameters
    ----------
    *branches
        Layers, named ``0``, ``1`` and so on; or one mapping from names to layers.

    Examples
    --------
    >>> from cnnviz.nn import Conv2d, MaxPool2d
    >>> module = Parallel(Conv2d(192, 64, 1), Conv2d(192, 128, 3, padding=1), MaxPool2d(3, 1, 1))
    >>> module.output_shape((192, 28, 28))
    (384, 28, 28)

    References
    ----------
    Szegedy and others, Going deeper with convolutions, 2015, section 4.
    """

    join = "concat"

    def __init__(self, *branches: Layers) -> None:
        super().__init__(named_layers("Parallel", branches))

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        shapes = self._shapes(shape)
        if len({other[1:] for other in shapes.values()}) > 1:
            raise ShapeError(
                f"Parallel: expected branches that give maps of one size, got "
                f"{', '.join(f'{name} {other}' for name, other in shapes.items())}; change padding or stride"
            )
        return (sum(other[0] for other in shapes.values()), *next(iter(shapes.values()))[1:])

    def _joined(self, steps: list[Record]) -> Floats:
        return np.concatenate([step.output for step in steps], axis=1)

    def _shares(self, dy: Floats, record: Record) -> list[Floats]:
        ends = np.cumsum([step.output.shape[1] for step in record.inside])
        return [np.ascontiguousarray(part) for part in np.split(dy, ends[:-1], axis=1)]
