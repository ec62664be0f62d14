"""A convolution along time: a signal under one kernel, looking both ways or only back, and a stack that hears far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import SIGNALS, signal
from cnnviz.engine import conv1d
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject

SAMPLES, LEAST, MOST, FAR = 20, 4, 64, 32
LONGEST = 5  # weights
MEAN = (0.5, 0.5)  # the weights of each layer of the stack


@dataclass(frozen=True)
class SignalKind:
    """A signal: the name of one that is made, or numbers along time.

    Examples
    --------
    >>> SignalKind().read("signal", "3,1,4,1"), SignalKind().read("signal", "tone")
    ((3.0, 1.0, 4.0, 1.0), 'tone')
    """

    metavar: str = "NAME|N,N,..."

    def read(self, name: str, value: Any) -> str | tuple[float, ...]:
        """Take a name; read numbers."""
        if isinstance(value, str) and value in SIGNALS:
            return value
        try:
            given = np.asarray(value.split(",") if isinstance(value, str) else value, dtype=np.float64)
        except (TypeError, ValueError):
            given = np.empty(0)
        if given.ndim != 1 or not LEAST <= given.size <= MOST or not np.isfinite(given).all():
            got = f"shape {np.shape(value)}" if isinstance(value, np.ndarray) else repr(value)[:60]
            raise OptionError(
                f"{name}: expected one of {', '.join(SIGNALS)}, or {LEAST} to {MOST} finite numbers such as "
                f"1,2,3,4, got {got}"
            )
        return tuple(given.tolist())

    def offers(self) -> tuple[str, ...]:
        """Offer the names."""
        return tuple(SIGNALS)


class Conv1d(Subject):
    """A signal, its traces with centered and with causal padding, and the layers of a dilated stack.

    Attributes
    ----------
    mean : array, shape (1, 2)
        The kernel of each layer of the stack.
    plain_layers : list of array
        The layers as they would be without dilation.

    Examples
    --------
    >>> s = Conv1d(signal="1,2,3,4,5", weights="1,0,-1", dilations="1,2")
    >>> s.causal.fold()[0, 0].tolist(), s.reach, s.plain_reach
    ([-1.0, -2.0, -2.0, -2.0, -2.0], 4, 3)
    >>> s.layers[-1].tolist()  # means of four
    [0.75, 1.5, 2.5, 3.5]
    """

    signal = Option(SignalKind(), "heartbeat", "The name of a signal that is made, or its numbers.")
    weights = Option(KernelKind(), "-1,2,-1", "One row of weights, as text or an array.")
    dilations = Option(Many(Integer(1, 16), most=5), "1,2,4,8", "Of the layers of the stack, from below.")
    seed = Option(Integer(), 0, "Of a signal that is made.")

    def prepare(self) -> None:
        """Make the signal, check and trace."""
        rows, taps = self.weights.values.shape
        if rows != 1 or not 2 <= taps <= LONGEST:
            raise OptionError(f"weights: expected one row of 2 to {LONGEST} weights, got {rows} x {taps}")
        if self.reach > FAR:
            raise OptionError(f"dilations: expected a stack that hears at most {FAR} samples, got {self.reach}")
        if isinstance(self.signal, str):
            self.name, self.values = self.signal, signal(self.signal, SAMPLES, self.seed)
        else:
            self.name, self.values = "your signal", np.asarray(self.signal)
        self.centered = self._trace((taps - 1) // 2, taps // 2)
        self.causal = self._trace(taps - 1, 0)
        self.mean, self.layers = np.array([MEAN]), self._stack(self.dilations)
        self.plain_layers = self._stack([1] * len(self.dilations))

    def _trace(self, before: int, after: int) -> ConvTrace:
        """Slide along a picture of one row: that is a convolution along time."""
        weight = self.weights.values[None, None]
        return trace_conv(self.values[None, None, None], weight, padding=((0, 0), (before, after)))

    def padded(self) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Return the signal with the zeros of both traces around it, and which of these are zeros, (1, cells)."""
        around = self.causal.padding[1][0], self.centered.padding[1][1]
        is_zero = np.pad(np.zeros(self.values.size, dtype=bool), around, constant_values=True)
        return np.pad(self.values, around)[None], is_zero[None]

    @property
    def reach(self) -> int:
        """How many samples one number of the top layer hears."""
        return 1 + sum(self.dilations)

    @property
    def plain_reach(self) -> int:
        """How many they would be without dilation."""
        return 1 + len(self.dilations)

    def _stack(self, dilations: Sequence[int]) -> list[NDArray[Any]]:
        """Take means of two, each layer further apart; return the last samples of the signal and of each layer."""
        x = np.concatenate([np.zeros(max(0, self.reach - len(self.values))), self.values])[None, None]
        mean, layers = np.array(MEAN)[None, None], [x]
        for dilation in dilations:
            layers.append(conv1d(layers[-1], mean, padding=[(dilation, 0)], dilation=dilation))
        return [layer[0, 0, -self.reach :] for layer in layers]

    def heard(self, dilations: Sequence[int] = ()) -> list[list[int]]:
        """List the columns that the last number of the top hears, for each layer from below; with other dilations."""
        heard = [[self.reach - 1]]
        for dilation in reversed(dilations or self.dilations):
            heard.insert(0, sorted({at - back for at in heard[0] for back in (0, dilation)}))
        return heard

    @staticmethod
    def loudest(trace: ConvTrace) -> Any:
        """Return the step with the largest result."""
        return max(trace, key=lambda step: step.result)
