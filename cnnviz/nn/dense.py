"""Dense layers, and the flattening that leads to them."""

from math import prod

from cnnviz._checks import Floats, integer
from cnnviz.engine import LayerSpec, linear, linear_vjp, macs
from cnnviz.errors import ShapeError
from cnnviz.nn.layer import Plain, Pulled, Shape
from cnnviz.nn.parameter import Parameter


class Flatten(Plain):
    """Lay all numbers of each example in one row; cell ``(c, h, w)`` becomes number ``(c H + h) W + w``.

    Examples
    --------
    >>> Flatten().output_shape((20, 16, 16))
    (5120,)
    """

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return (prod(shape),)

    def compute(self, x: Floats) -> Floats:
        """Reshape."""
        return x.reshape(len(x), -1)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Put every gradient back where its cell was."""
        return dy.reshape(x.shape), {}


class Linear(Plain):
    """Give each output the weighted sum of all inputs, as `cnnviz.engine.linear` does.

    An input with more axes, as channels-last maps have, is weighed along its last.

    Parameters
    ----------
    in_features, out_features
        Numbers that go in and come out for each example.
    bias
        Whether each output adds a number of its own.

    Raises
    ------
    OptionError
        If a number is below 1.

    Examples
    --------
    >>> Linear(784, 128).parameter_count, Linear(784, 128).macs((784,))
    (100480, 100352)
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.in_features = integer("Linear", "in_features", in_features, 1)
        self.out_features = integer("Linear", "out_features", out_features, 1)
        self.own["weight"] = Parameter(shape=(out_features, in_features), fans=(in_features, out_features))
        if bias:
            self.add_bias()

    def add_bias(self) -> None:
        """Let each output add a number of its own."""
        self.own["bias"] = Parameter(shape=(self.out_features,))

    @property
    def bias(self) -> bool:
        """Whether each output adds a number of its own."""
        return "bias" in self.own

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        if len(shape) != 1 and shape[-1:] != (self.in_features,):
            raise ShapeError(
                f"Linear: expected a flat input of {self.in_features} features, got shape {tuple(shape)}; "
                f"put Flatten() before it"
            )
        if shape[-1] != self.in_features:
            raise ShapeError(
                f"Linear: expected {self.in_features} features, got {shape[0]}; "
                f"change in_features to {shape[0]}, or the size of the input"
            )
        return (*shape[:-1], self.out_features)

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        self.output_shape(shape)
        return prod(shape[:-1]) * macs(self.in_features, self.out_features)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say that it sees everything."""
        return (LayerSpec(everything=True),)

    def describe(self) -> str:
        """Say what it is: ``Linear 128``."""
        return f"Linear {self.out_features}"

    def compute(self, x: Floats) -> Floats:
        """Weigh and sum."""
        return linear(x, self._array("weight"), self._given("bias"))

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        dx, dweight, dbias = linear_vjp(dy, x, self._array("weight"), self._given("bias"))
        return dx, {"weight": dweight, "bias": dbias}
