"""How much each cell of a field counts: ways through the layers, gradients of random networks, and of a trained one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.engine import conv2d, conv2d_vjp, effective_receptive_field, relu, relu_vjp
from cnnviz.nn import zoo
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject

PART = 0.5
"""Of the gradient: the fewest cells that hold so much of it are marked."""
KERNEL, CHANNELS, NETWORKS, EXAMPLES = 3, 8, 8, 4
Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Spot:
    """How much each cell of a field counts for the neuron: its gradient, the greatest being 1.

    Attributes
    ----------
    layers : int
    values : array, shape (side, side)
    strongest : list of (int, int)
        The fewest cells that hold `PART` of all gradient.
    """

    layers: int
    values: Floats
    strongest: list[tuple[int, int]]

    def held(self, side: int) -> float:
        """Return the share of all gradient within a square around the middle."""
        edge = (len(self.values) - side) // 2
        inner = slice(edge, edge + side)
        return float(self.values[inner, inner].sum() / self.values.sum())


class EffectiveField(Subject):
    """Layers of 3 x 3 in a row, and what reaches the neuron behind them.

    Attributes
    ----------
    ways : list of array, shape (5, 5)
        On how many ways each cell reaches a neuron behind two layers, one cell of the first layer after the other.
    spots : list of Spot
        Of networks with random weights, as deep as asked, averaged over some of them and some random pictures; of two
        layers, `fresh`.
    fresh, trained : Spot
        Of the two layers of the small network that reads digits, before it learned (random weights) and after,
        averaged over the held-out digits.

    Examples
    --------
    >>> field = EffectiveField(depths=(2, 5))
    >>> field.ways[-1][2].tolist(), [len(spot.values) for spot in field.spots]
    ([3, 6, 9, 6, 3], [5, 11])
    """

    depths = Option(Many(Integer(2, 14), most=3), (2, 5, 10), "How many layers of 3 x 3 in a row.")
    seed = Option(Integer(), 0, "Of the random weights.")

    def prepare(self) -> None:
        """Count ways, and take gradients."""
        self.ways, counts = list[NDArray[np.int_]](), np.zeros((5, 5), dtype=int)
        for row, column in np.ndindex(KERNEL, KERNEL):
            counts[row : row + KERNEL, column : column + KERNEL] += 1
            self.ways.append(counts.copy())
        draw = np.random.default_rng(self.seed)
        parameters = {name: one.array("field") for name, one in zoo.tiny_cnn(pretrained=True).parameters().items()}
        learned = [(parameters[f"{name}.weight"], parameters[f"{name}.bias"]) for name in ("conv1", "conv2")]
        digits = digits_split().test.images.astype(learned[0][0].dtype)
        fresh = [[_drawn(draw, *weight.shape[:2]) for weight, _ in learned] for _ in range(NETWORKS)]
        self.trained = _spot(2, _reading(learned, digits))
        self.fresh = _spot(2, np.mean([_reading(layers, digits.astype(float)) for layers in fresh], axis=0))
        depths = sorted(set(self.depths))
        self.spots = [self.fresh if depth == 2 else self._random(draw, depth) for depth in depths]

    @staticmethod
    def _random(draw: np.random.Generator, depth: int) -> Spot:
        side, found = depth * (KERNEL - 1) + 1, []
        for _ in range(NETWORKS):
            layers = [_drawn(draw, CHANNELS, 1 if not layer else CHANNELS) for layer in range(depth)]
            found.append(field_of(layers, draw.standard_normal((EXAMPLES, 1, side, side)), padding=0))
        return _spot(depth, np.mean(found, axis=0))


Layers = list[tuple[Floats, Floats]]
"""Weight and bias of each."""


def field_of(layers: Layers, x: Floats, *, padding: int, position: tuple[int, int] | None = None) -> Floats:
    """Return the effective field of a neuron behind convolutions, each with a ReLU."""

    def forward(x: Floats) -> list[tuple[Floats, Floats]]:
        steps = []
        for weight, bias in layers:
            made: Floats = conv2d(x, weight, bias, padding=padding)
            steps.append((x, made))
            x = relu(made)
        return steps

    def backward(dy: Floats, x: Floats) -> tuple[Floats]:
        for (weight, bias), (before, made) in zip(reversed(layers), reversed(forward(x)), strict=True):
            (dmade,) = relu_vjp(dy, made)
            dy = conv2d_vjp(dmade, before, weight, bias, padding=padding)[0]
        return (dy,)

    return effective_receptive_field(lambda x: relu(forward(x)[-1][1]), backward, x, position=position)


def _reading(layers: Layers, digits: Floats) -> Floats:
    """Take the field of a neuron in the middle of the digits."""
    middle = digits.shape[-1] // 2
    whole = field_of(layers, digits, padding=1, position=(middle, middle))
    return whole[middle - 2 : middle + 3, middle - 2 : middle + 3]


def _drawn(draw: np.random.Generator, outputs: int, inputs: int) -> tuple[Floats, Floats]:
    spread = np.sqrt(2 / (inputs * KERNEL**2))
    return draw.standard_normal((outputs, inputs, KERNEL, KERNEL)) * spread, np.zeros(outputs)


def _spot(layers: int, values: Floats) -> Spot:
    falling = np.argsort(values, axis=None)[::-1]
    count = int(np.searchsorted(np.cumsum(values.ravel()[falling]), PART * values.sum())) + 1
    return Spot(layers, values / values.max(), [divmod(int(at), values.shape[1]) for at in falling[:count]])
