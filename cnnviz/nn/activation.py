"""Activations as layers: one function applied to every cell, and softmax."""

from cnnviz._checks import Floats, integer, number
from cnnviz.engine import (
    elu,
    elu_vjp,
    gelu,
    gelu_vjp,
    leaky_relu,
    leaky_relu_vjp,
    log_softmax,
    log_softmax_vjp,
    relu,
    relu_vjp,
    sigmoid,
    sigmoid_vjp,
    softmax,
    softmax_vjp,
    softplus,
    softplus_vjp,
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


class LeakyReLU(Plain):
    """Let a small part of what is below zero through.

    Examples
    --------
    >>> import numpy as np
    >>> LeakyReLU(0.5).forward(np.array([[-6.0, 4.0]]))
    array([[-3.,  4.]])
    """

    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__()
        self.negative_slope = number("LeakyReLU", "negative_slope", negative_slope)

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.leaky_relu`."""
        return leaky_relu(x, self.negative_slope)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient where the input was below zero."""
        return leaky_relu_vjp(dy, x, self.negative_slope)[0], {}


class ELU(Plain):
    """Bend what is below zero towards ``-alpha``."""

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__()
        self.alpha = number("ELU", "alpha", alpha)

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.elu`."""
        return elu(x, self.alpha)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        return elu_vjp(dy, x, self.alpha)[0], {}


class GELU(Plain):
    """Weigh every number with the chance that a normal variable is smaller; ``approximate`` is none or tanh."""

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.gelu`."""
        return gelu(x, self.approximate)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        return gelu_vjp(dy, x, self.approximate)[0], {}


class Softplus(Plain):
    """Round off the corner of a ReLU: ``log(1 + exp(beta x)) / beta``, straight above ``threshold``."""

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta, self.threshold = number("Softplus", "beta", beta), number("Softplus", "threshold", threshold)

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.softplus`."""
        return softplus(x, self.beta, self.threshold)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Scale the gradient by the slope of the curve."""
        return softplus_vjp(dy, x, self.beta, self.threshold)[0], {}


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


class LogSoftmax(Softmax):
    """Turn scores into the logarithms of shares that add up to one; the axis as for `Softmax`."""

    def compute(self, x: Floats) -> Floats:
        """Apply `cnnviz.engine.log_softmax`."""
        return log_softmax(x, self.dim)

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back."""
        return log_softmax_vjp(dy, x, self.dim)[0], {}
