"""Activations as layers: one function applied to every cell, and softmax."""

from cnnviz._checks import Floats, integer
from cnnviz.engine import (
    relu,
    relu_vjp,
    sigmoid,
    sigmoid_vjp,
    softmax,
    softmax_vjp,
    tanh,
    tanh_vjp,
)
from cnnviz.nn.layer import Plain, Pulled


class ReLU(Plain):
    """Set what is below zero to zero.

    Examples
    --------
    >>> import numpy as np
    >>> ReLU().forward(np.array([[-6.0, 4.0]]))
    array([[0., 4.]])
    """

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.relu`."""
        return relu(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Let the gradient through where the input was above zero."""
        return relu_vjp(dy, x)[0], {}


class Sigmoid(Plain):
    """Squeeze every number between 0 and 1."""

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.sigmoid`."""
        return sigmoid(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by ``y (1 - y)``."""
        return sigmoid_vjp(dy, x)[0], {}


class SiLU(Plain):
    """Weigh every number with its own sigmoid: ``x sigmoid(x)``.

    Examples
    --------
    >>> import numpy as np
    >>> SiLU().forward(np.array([[0.0, np.log(3.0)]])) / np.log(3.0)
    array([[0.  , 0.75]])

    References
    ----------
    Ramachandran, Zoph and Le, Searching for activation functions, 2017, section 3 (there called Swish).
    """

    def compute(self, x: Floats) -> Floats:
        """Multiply with the sigmoid."""
        return x * sigmoid(x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Go back through the product: ``dy (s + x s (1 - s))`` with ``s = sigmoid(x)``."""
        return dy * sigmoid(x) + sigmoid_vjp(dy * x, x)[0], {}


class Tanh(Plain):
    """Squeeze every number between ``-scale`` and ``scale``: ``scale tanh(slope x)``.

    Parameters
    ----------
    scale, slope
        1 and 1 for the plain function; LeNet-5 has 1.7159 and 2/3.

    Examples
    --------
    >>> import numpy as np
    >>> Tanh(2.0).forward(np.array([[0.0, np.log(3.0)]]))
    array([[0. , 1.6]])
    """

    def __init__(self, scale: float = 1.0, slope: float = 1.0) -> None:
        super().__init__()
        self.scale, self.slope = float(scale), float(slope)

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.tanh`."""
        return self.scale * tanh(self.slope * x)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        return self.scale * self.slope * tanh_vjp(dy, self.slope * x)[0], {}


class Softmax(Plain):
    """Turn scores into shares that add up to one.

    Training needs the scores themselves: `cnnviz.nn.fit` measures them with cross-entropy, which has the softmax in it.

    Parameters
    ----------
    dim
        The axis along which the shares add up, counted with the N in front; 1 is the classes.

    Examples
    --------
    >>> import numpy as np
    >>> Softmax().forward(np.array([[0.0, np.log(3.0)]]))
    array([[0.25, 0.75]])
    """

    def __init__(self, dim: int = 1) -> None:
        super().__init__()
        self.dim = integer("Softmax", "dim", dim, -10)

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.softmax`."""
        return softmax(x, self.dim)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        return softmax_vjp(dy, x, self.dim)[0], {}
