"""Dropout as a layer."""

from collections.abc import Mapping
from typing import Any

from cnnviz._checks import Floats, number
from cnnviz.engine import dropout, dropout_vjp
from cnnviz.nn.layer import Layer
from cnnviz.nn.record import Gradients, Record, Run


class Dropout(Layer):
    """Set cells to zero by chance while training, and scale up the others; otherwise do nothing.

    Parameters
    ----------
    p
        The chance of a cell to be dropped, from 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Dropout(0.5)
    >>> layer.forward(np.ones((1, 3)))
    array([[1., 1., 1.]])
    >>> sorted(set(layer.forward(np.ones((1, 30)), training=True, seed=1).ravel().tolist()))
    [0.0, 2.0]
    """

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        self.p = number("Dropout", "p", p, 0, 1)

    def describe(self) -> str:
        """Say what it is."""
        return f"Dropout {self.p:g}"

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Drop in training."""
        if not run.training:
            return x, (), None
        seed = run.next_seed()
        return dropout(x, self.p, seed=seed), (), seed

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Let the gradient through where the cell was kept."""
        if record.saved is None:
            return dy, {}, ()
        return dropout_vjp(dy, record.input, self.p, seed=record.saved)[0], {}, ()
