"""What every layer can do: say its shapes and costs without computing, run forward, run back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, Literal, overload

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, batch_axes, floats, integer, integers, shape_text
from cnnviz.engine import LayerSpec
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import checkpoint
from cnnviz.nn.field import Field
from cnnviz.nn.initial import fill
from cnnviz.nn.normalization import Normalization
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.record import Gradients, Record, Run
from cnnviz.nn.summary import Shape, Summary, SummaryRow

__all__ = ["Layer", "Plain", "Pulled", "Shape", "check_channels", "check_map"]

Tell = Callable[[str], None] | None


class Layer:
    """Something that turns arrays into arrays and can bring gradients back; a network is one too.

    Weights have shapes at once but values only after `initialize` or `load`, so that the largest network can be
    described without taking memory.
    """

    input_shape: Shape | None = None
    """Of one example that a network reads, where it is known."""
    classes: tuple[str, ...] = ()
    """What the outputs of a network stand for, where it is known."""
    normalization: Normalization | None = None
    """How pictures from 0 to 1 are brought to a network; left as they are, if None."""

    def __init__(self) -> None:
        self.own: dict[str, Parameter] = {}
        """The parameters of this layer itself."""

    # What a layer has to say

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out, of one example, for the shape that goes in."""
        return shape

    def macs(self, shape: Shape) -> int:  # noqa: ARG002
        """Count the multiply-and-add steps of convolutions and dense layers for one example of this shape."""
        return 0

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie, for `cnnviz.engine.receptive_field`."""
        return (LayerSpec(),)

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Compute the output; also give the records of layers inside and what else `vjp` needs."""
        raise NotImplementedError

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Bring a gradient back: to the input, to the parameters of this layer itself, and through layers inside."""
        raise NotImplementedError

    def children(self) -> Mapping[str, Layer]:
        """Give the layers inside, by name."""
        return {}

    def describe(self) -> str:
        """Say in a few words what it is."""
        return type(self).__name__

    def recipe(self) -> dict[str, Any]:
        """Say how it is made: its kind and what that was given, as `cnnviz.nn.architecture` builds it again.

        Raises
        ------
        OptionError
            If it was given what it does not keep.
        """
        names = list(inspect.signature(type(self)).parameters)
        if not all(hasattr(self, name) for name in names):
            raise OptionError(
                f"{type(self).__name__}: expected a layer that can be built again from a file, got one that does not "
                f"keep what it was given; save its weights in .npz"
            )
        return {"kind": type(self).__name__, **{name: getattr(self, name) for name in names}}

    def flattened(self, path: str, shape: Shape) -> dict[str, Shape]:  # noqa: ARG002
        """Say, for dense layers behind a flattening, the shape of the maps before it, by the names of their weights."""
        return {}

    def rows(self, name: str, shape: Shape, field: Field) -> Generator[SummaryRow, None, tuple[Shape, Field]]:
        """Give a row of the summary for each layer; return the shape and the receptive field behind them."""
        out, seen = self.output_shape(shape), field.after(self.layer_specs())
        yield SummaryRow(name, self.describe(), out, self.parameter_count, self.macs(shape), seen.size, seen.jump)
        return out, seen

    # What every layer does with that

    @overload
    def forward(
        self, x: Floats, record: Literal[False] = False, *, training: bool = False, seed: int = 0, tell: Tell = None
    ) -> Floats: ...
    @overload
    def forward(
        self, x: Floats, record: Literal[True], *, training: bool = False, seed: int = 0, tell: Tell = None
    ) -> Record: ...
    def forward(
        self, x: Floats, record: bool = False, *, training: bool = False, seed: int = 0, tell: Tell = None
    ) -> Floats | Record:
        """Run a batch through.

        Parameters
        ----------
        x
            ``(N, *shape)``, of the dtype of the weights.
        record
            Whether to keep what went into and came out of every layer.
        training
            Whether dropout drops and batch normalization uses the batch's own mean and moves its running one.
        seed
            A whole number from 0, for dropout; take another for each step.
        tell
            Called with the name of each layer before it computes, for a progress bar.

        Returns
        -------
        array, or Record
            What came out; with ``record`` everything on the way.

        Raises
        ------
        ShapeError
            If ``x`` does not fit a layer, which is named.
        OptionError
            If there are no weights yet, or ``x`` has another dtype.
        """
        who = type(self).__name__
        floats(who, "x", x)
        if x.ndim < 2 or x.size == 0:
            raise ShapeError(
                f"{who}: expected x as a batch (N, ...) with at least one cell along every axis, got shape {x.shape}; "
                f"add the missing axis in front with x[None]"
            )
        self.output_shape(x.shape[1:])
        result = self.step("", x, Run(training=training, seed=integer(who, "seed", seed, 0), keep=record, tell=tell))
        return result if record else result.output

    __call__ = forward

    def step(self, name: str, x: Floats, run: Run) -> Record:
        """Run as the layer of this name."""
        if run.tell is not None and not self.children():
            run.tell(name)
        y, inside, saved = self.apply(x, run)
        return Record(name, self, x, y, inside, saved)

    def backward(self, dy: Floats, record: Record) -> Gradients:
        """Bring the gradient of the output back through what was recorded.

        Parameters
        ----------
        dy
            The gradient of ``record.output``, of its shape and dtype.
        record
            What ``forward(x, record=True)`` returned.

        Returns
        -------
        Gradients
            For every layer and parameter; ``.input`` is that of ``x``.

        Raises
        ------
        ShapeError, OptionError
            If ``dy`` does not look like ``record.output``, or the record is of another layer.
        """
        if record.layer is not self:
            raise OptionError(
                f"{type(self).__name__}.backward: expected a record of this network, got one of "
                f"another {type(record.layer).__name__}; give what its own forward(x, record=True) returned"
            )
        dx, own, inside = self.vjp(dy, record)
        return Gradients(record.name, dy, dx, {name: g for name, g in own.items() if g is not None}, inside)

    def parameters(self, path: str = "") -> dict[str, Parameter]:
        """Collect all parameters, learned or not, by their full names."""
        found = {path + name: parameter for name, parameter in self.own.items()}
        for name, child in self.children().items():
            found.update(child.parameters(f"{path}{name}."))
        return found

    @property
    def parameter_count(self) -> int:
        """How many numbers training can change."""
        return sum(parameter.size for parameter in self.parameters().values() if parameter.learned)

    def initialize(
        self, seed: int | np.random.Generator, *, scheme: str = "he_normal", dtype: npt.DTypeLike = np.float32
    ) -> None:
        """Draw first weights.

        Parameters
        ----------
        seed
            A whole number from 0, or a generator to go on with.
        scheme
            ``he_normal``, ``he_uniform``, ``glorot_normal`` or ``glorot_uniform``.
        dtype
            float32 or float64.

        Raises
        ------
        OptionError
            If an argument is outside what it may be.

        Examples
        --------
        >>> from cnnviz.nn import Linear
        >>> layer = Linear(2, 3)
        >>> layer.initialize(0)
        >>> layer.forward(np.zeros((1, 2), np.float32))
        array([[0., 0., 0.]], dtype=float32)
        """
        who = f"{type(self).__name__}.initialize"
        if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise OptionError(f"{who}: expected dtype as float32 or float64, got {np.dtype(dtype)}; choose one of them")
        generator = seed if isinstance(seed, np.random.Generator) else None
        if generator is None:
            generator = np.random.default_rng(integer(who, "seed", seed, 0))
        for parameter in self.parameters().values():
            fill(who, parameter, scheme, generator, dtype)

    def freeze(self, frozen: bool = True) -> None:
        """Keep training from changing the parameters of this layer and those inside, or let it again."""
        for parameter in self.parameters().values():
            parameter.frozen = frozen

    def summary(self, input_shape: Shape) -> Summary:
        """Describe every layer for an input of this shape, computed from shapes alone.

        Parameters
        ----------
        input_shape
            Of one example, ``(C, H, W)``.

        Raises
        ------
        ShapeError
            If a layer does not fit, which is named.
        """
        if not 1 <= len(input_shape) <= 4:
            raise ShapeError(
                f"summary: expected the shape of one example, as in (1, 28, 28), got {tuple(input_shape)}; leave out N"
            )
        shape = integers("summary", "input_shape", input_shape, len(input_shape), 1)
        return Summary(shape, tuple(self.rows("", shape, Field())))

    def save(self, path: str | Path) -> None:
        """Write all parameters into a ``.safetensors`` or ``.npz`` file, whole or not at all.

        A network whose ``input_shape`` is known, or in ``.safetensors``, brings along its architecture, the names of
        its classes and its normalization: `cnnviz.nn.load` needs nothing else.

        Raises
        ------
        OptionError
            If there are no weights yet, or the file has another ending.
        """
        words = None
        if self.input_shape is not None or Path(path).suffix.lower() == ".safetensors":
            own = self.normalization
            words = {
                "version": 1,
                "input": self.input_shape,
                "classes": self.classes,
                "normalization": own and {"mean": own.mean, "std": own.std},
                "network": self.recipe(),
            }
        checkpoint.save(self.parameters(), path, words)

    def load(self, path: str | Path) -> None:
        """Read all parameters from a file of weights: of `save`, or a state dict of PyTorch.

        Names are those of this network, or others in the order of its layers, with the same shapes. For weights of
        Keras there is `cnnviz.nn.load`, which is told more of the network.

        Raises
        ------
        InputError
            If the file is damaged, or holds other shapes or types; nothing is changed.
        """
        checkpoint.load(self.parameters(), path)

    def _array(self, name: str) -> Floats:
        return self.own[name].array(type(self).__name__)

    def _given(self, name: str) -> Floats | None:
        return self._array(name) if name in self.own else None


Pulled = tuple[Floats, Mapping[str, Floats | None]]
"""The gradient of the input, and of each parameter by its name."""


class Plain(Layer):
    """A layer that needs nothing but its input and its parameters, the same way in training and after it."""

    def compute(self, x: Floats) -> Floats:
        """Compute the output."""
        raise NotImplementedError

    def pull(self, dy: Floats, x: Floats) -> Pulled:
        """Bring a gradient back to the input and the parameters."""
        raise NotImplementedError

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:  # noqa: ARG002
        """Compute the output."""
        return self.compute(x), (), None

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Bring a gradient back."""
        return (*self.pull(dy, record.input), ())


def check_channels(who: str, shape: Shape, channels: int, axes: int = 2) -> None:
    """Require the shape of one example to be so many channels of maps, ``(channels, H, W)`` for 2 axes."""
    check_map(who, shape, axes)
    if shape[0] != channels:
        raise ShapeError(
            f"{who}: expected an input of C={channels} channels, got {shape_text(batch_axes(axes)[1:], shape)}; "
            f"change in_channels to {shape[0]} or the layer before"
        )


def check_map(who: str, shape: Shape, axes: int = 2) -> None:
    """Require the shape of one example to be channels of maps, ``(C, H, W)`` for 2 axes."""
    if len(shape) != axes + 1:
        raise ShapeError(
            f"{who}: expected an input with the axes ({', '.join(batch_axes(axes)[1:])}), got shape {tuple(shape)}; "
            f"place this layer before the flattening"
        )
