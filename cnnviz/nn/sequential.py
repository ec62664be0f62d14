"""A network: layers one after the other."""

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from cnnviz._checks import Floats
from cnnviz.engine import LayerSpec
from cnnviz.errors import OptionError
from cnnviz.nn.field import Field
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.naming import Layers, named, named_layers, placed
from cnnviz.nn.record import Gradients, Record, Run
from cnnviz.nn.summary import SummaryRow


class Sequential(Layer):
    """Run layers one after the other.

    Parameters
    ----------
    *layers
        Layers, named ``0``, ``1`` and so on; or one mapping from names to layers.

    Raises
    ------
    OptionError
        If something else is given, or a name is empty or has a dot in it.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnviz.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU
    >>> network = Sequential(
    ...     {"conv": Conv2d(1, 4, 3), "relu": ReLU(), "pool": MaxPool2d(2), "flat": Flatten(), "dense": Linear(36, 10)}
    ... )
    >>> network.parameter_count, network.output_shape((1, 8, 8))
    (410, (10,))
    >>> network.initialize(0)
    >>> record = network.forward(np.zeros((2, 1, 8, 8), np.float32), record=True)
    >>> record["pool"].output.shape, record.output.shape
    ((2, 4, 3, 3), (2, 10))
    >>> gradients = network.backward(np.ones((2, 10), np.float32), record)
    >>> gradients.parameters()["dense.bias"].tolist() == [2.0] * 10
    True
    """

    def __init__(self, *layers: Layers) -> None:
        super().__init__()
        self.layers = named_layers("Sequential", layers)

    def __getitem__(self, name: str) -> Layer:
        if name not in self.layers:
            raise OptionError(
                f"Sequential: expected the name of a layer ({', '.join(self.layers)}), got {name!r}; choose one"
            )
        return self.layers[name]

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers.values())

    def recipe(self) -> dict[str, Any]:
        """Say how it is made."""
        return {"kind": "Sequential", "layers": {name: layer.recipe() for name, layer in self.layers.items()}}

    def flattened(self, path: str, shape: Shape) -> dict[str, Shape]:
        """Say which dense layers stand behind a flattening, and of what."""
        found: dict[str, Shape] = {}
        maps: Shape | None = None
        for name, layer in self.layers.items():
            found.update(layer.flattened(f"{path}{name}.", shape))
            out = layer.output_shape(shape)
            if len(out) == 1 < len(shape):
                maps = shape
            elif out != shape or layer.own:
                if maps is not None and len(shape) == 1 and "weight" in layer.own:
                    found[f"{path}{name}.weight"] = maps
                maps = None
            shape = out
        return found

    def children(self) -> Mapping[str, Layer]:
        """Give the layers by name."""
        return self.layers

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        for name, layer in self.layers.items():
            with placed(name):
                shape = layer.output_shape(shape)
        return shape

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        total = 0
        for layer in self:
            total += layer.macs(shape)
            shape = layer.output_shape(shape)
        return total

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where the windows of the layers lie."""
        return tuple(spec for layer in self for spec in layer.layer_specs())

    def rows(self, name: str, shape: Shape, field: Field) -> Generator[SummaryRow, None, tuple[Shape, Field]]:
        """Give the rows of the layers."""
        for own, layer in self.layers.items():
            with placed(own):
                shape, field = yield from layer.rows(named(name, own), shape, field)
        return shape, field

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Run the layers."""
        inside = []
        for name, layer in self.layers.items():
            step = layer.step(name, x, run)
            if run.keep:
                inside.append(step)
            x = step.output
        return x, tuple(inside), None

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Run the layers back."""
        inside = []
        for step in reversed(record.inside):
            gradients = step.layer.backward(dy, step)
            inside.append(gradients)
            dy = gradients.input
        return dy, {}, tuple(reversed(inside))
