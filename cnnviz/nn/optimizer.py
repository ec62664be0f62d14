"""Optimizers: what to do with the weights when the gradients are known."""

from collections.abc import Mapping

import numpy as np

from cnnviz._checks import Floats, number
from cnnviz.engine.ops.argument import positive
from cnnviz.errors import OptionError
from cnnviz.nn.parameter import Parameter


class Optimizer:
    """Moves weights against their gradients, with a memory of its own for each."""

    def __init__(self, lr: float, weight_decay: float) -> None:
        who = type(self).__name__
        self.lr = positive(who, "lr", lr)
        self.weight_decay = number(who, "weight_decay", weight_decay, 0)
        self.memory: dict[str, tuple[Floats, ...]] = {}
        self.steps: dict[str, int] = {}
        self.remembers = 0
        """How many arrays are kept in memory for each parameter."""

    def step(self, parameters: Mapping[str, Parameter], gradients: Mapping[str, Floats], factor: float = 1.0) -> None:
        """Move every parameter that is learned and not frozen; ``factor`` times the learning rate for now.

        The values become new arrays; the old ones, which somebody may hold, stay as they are.
        """
        for name, gradient in gradients.items():
            parameter = parameters[name]
            if parameter.learned and not parameter.frozen:
                self.steps[name] = self.steps.get(name, 0) + 1
                parameter.values = self._moved(name, parameter.array(type(self).__name__), gradient, self.lr * factor)

    def _moved(self, name: str, weight: Floats, gradient: Floats, rate: float) -> Floats:
        raise NotImplementedError


class SGD(Optimizer):
    """Go down the gradient, with momentum if wanted.

    ``v = momentum v + g`` and ``w -= lr v``, where ``g`` is the gradient plus ``weight_decay w``; with Nesterov
    ``w -= lr (g + momentum v)``.

    Parameters
    ----------
    lr
        Learning rate, above 0.
    momentum
        From 0, which is none, to 1.
    nesterov
        Whether to look ahead.
    weight_decay
        From 0.

    Raises
    ------
    OptionError
        If an argument is outside what it may be, or Nesterov is asked for without momentum.

    Examples
    --------
    >>> weight = Parameter(shape=(1,), values=np.array([1.0]))
    >>> optimizer = SGD(0.5, momentum=0.5)
    >>> for _ in range(2):  # 1 - 0.5 * 1 and then 0.5 - 0.5 * (0.5 * 1 + 1)
    ...     optimizer.step({"w": weight}, {"w": np.array([1.0])})
    ...     print(weight.values)
    [0.5]
    [-0.25]

    References
    ----------
    Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning, 2013,
    section 2.
    """

    def __init__(
        self, lr: float = 1e-2, momentum: float = 0.0, nesterov: bool = False, weight_decay: float = 0.0
    ) -> None:
        super().__init__(lr, weight_decay)
        self.momentum = number("SGD", "momentum", momentum, 0, 1)
        self.remembers = 1 if self.momentum else 0
        self.nesterov = nesterov
        if nesterov and momentum == 0:
            raise OptionError("SGD: expected momentum above 0 with nesterov=True, got 0; set momentum=0.9")

    def _moved(self, name: str, weight: Floats, gradient: Floats, rate: float) -> Floats:
        g = gradient + self.weight_decay * weight if self.weight_decay else gradient
        if self.momentum:
            (old,) = self.memory.get(name, (None,))
            v = g if old is None else self.momentum * old + g
            self.memory[name] = (v,)
            g = g + self.momentum * v if self.nesterov else v
        return weight - rate * g


class Adam(Optimizer):
    """Go down the gradient with a step of its own for each weight.

    ``m`` and ``v`` are the running means of the gradient and of its square, freed of their bias towards 0;
    ``w -= lr m / (sqrt(v) + eps)``.

    Parameters
    ----------
    lr
        Learning rate, above 0.
    betas
        How much of the running means is kept at each step, from 0 to 1.
    eps
        Above 0.
    weight_decay
        From 0; added to the gradient, unlike that of `AdamW`.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> weight = Parameter(shape=(2,), values=np.array([1.0, 1.0]))
    >>> Adam(0.5, eps=1e-12).step({"w": weight}, {"w": np.array([100.0, -0.01])})
    >>> weight.values  # the first step is lr whatever the size of the gradient
    array([0.5, 1.5])

    References
    ----------
    Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.
    """

    decoupled = False

    def __init__(
        self,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(lr, weight_decay)
        who = type(self).__name__
        self.betas = (number(who, "betas[0]", betas[0], 0, 1), number(who, "betas[1]", betas[1], 0, 1))
        if 1.0 in self.betas:
            raise OptionError(f"{who}: expected betas below 1, got {betas}; choose (0.9, 0.999), for instance")
        self.eps = positive(who, "eps", eps)
        self.remembers = 2

    def _moved(self, name: str, weight: Floats, gradient: Floats, rate: float) -> Floats:
        g = gradient
        if self.weight_decay and not self.decoupled:
            g = g + self.weight_decay * weight
        first, second = self.betas
        m, v = self.memory.get(name) or (np.zeros_like(weight), np.zeros_like(weight))
        m, v = first * m + (1 - first) * g, second * v + (1 - second) * g * g
        self.memory[name] = (m, v)
        steps = self.steps[name]
        spread = np.sqrt(v) / (1 - second**steps) ** 0.5 + self.eps
        if self.decoupled:
            weight = weight * (1 - rate * self.weight_decay)
        return np.asarray(weight - rate / (1 - first**steps) * m / spread)


class AdamW(Adam):
    """Go as `Adam` does, and shrink every weight by ``lr weight_decay`` of itself apart from that.

    Examples
    --------
    >>> weight = Parameter(shape=(1,), values=np.array([1.0]))
    >>> AdamW(0.5, weight_decay=0.5).step({"w": weight}, {"w": np.array([0.0])})
    >>> weight.values  # 1 - 0.5 * 0.5
    array([0.75])

    References
    ----------
    Loshchilov and Hutter, Decoupled weight decay regularization, 2019, algorithm 2.
    """

    decoupled = True

    def __init__(
        self,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(lr, betas, eps, weight_decay)
