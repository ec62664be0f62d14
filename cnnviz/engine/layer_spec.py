"""Layers as the receptive field sees them: where their windows lie, and nothing of what they compute."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol, Union, runtime_checkable

from cnnviz._checks import Ints, integers
from cnnviz.engine.padding import Padding, padding_pairs
from cnnviz.errors import OptionError, ShapeError


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpec:
    """What the receptive field needs to know about a layer; whatever works cell by cell is ``LayerSpec()``."""

    name: str = ""
    kernel_size: Ints = 1
    """One number for all axes or one for each, as everywhere below."""
    stride: Ints | None = 1
    """None is the kernel's size, as for pooling."""
    padding: Padding = 0
    dilation: Ints = 1
    transposed: bool = False
    """Whether this is a transposed convolution."""
    everything: bool = False
    """Whether each cell sees the whole input, as after a dense layer or global pooling."""
    branches: Sequence[Sequence["Spec"]] = ()
    """Layers side by side, joined before this layer's own window; ``()`` among them is a connection that skips."""


@runtime_checkable
class HasLayerSpecs(Protocol):
    """A network that can say its layers."""

    def layer_specs(self) -> Iterable["Spec"]:
        """Say the layers in the order they run."""
        ...


Spec = Union[LayerSpec, Mapping[str, Any]]  # noqa: UP007  # LayerSpec names it before it is there


@dataclass(frozen=True, slots=True)
class LayerAlongAxis:
    """A layer along one axis."""

    name: str
    kernel: int
    stride: int
    before: int
    dilation: int
    transposed: bool
    everything: bool
    branches: tuple[tuple["LayerAlongAxis", ...], ...]


def read_specs(who: str, specs: object) -> tuple[LayerSpec, ...]:
    """Take layers in a sequence, or a network that says them."""
    if isinstance(specs, HasLayerSpecs):
        specs = specs.layer_specs()
    if isinstance(specs, str | bytes | Mapping) or not isinstance(specs, Iterable):
        raise OptionError(
            f"{who}: expected layers in a sequence, or a network with layer_specs(), got {type(specs).__name__}; "
            f"write [LayerSpec(...), ...]"
        )
    known = [field.name for field in fields(LayerSpec)]
    layers = []
    for spec in specs:
        if isinstance(spec, Mapping):
            unknown = [key for key in spec if key not in known]
            if unknown:
                raise OptionError(
                    f"{who}: expected the fields {', '.join(known)}, got {unknown[0]!r}; write one of these"
                )
            layers.append(LayerSpec(**spec))
        elif isinstance(spec, LayerSpec):
            layers.append(spec)
        else:
            raise OptionError(
                f"{who}: expected each layer as a LayerSpec or a mapping, got {type(spec).__name__}; "
                f"write LayerSpec(kernel_size=3), for instance"
            )
    return tuple(layers)


def count_axes(who: str, specs: Iterable[LayerSpec]) -> int:
    """Find how many axes the layers tell apart."""
    counts = {1}
    for spec in specs:
        for value in (spec.kernel_size, spec.stride, spec.padding, spec.dilation):
            if isinstance(value, Sequence) and not isinstance(value, str):
                counts.add(len(value))
        for branch in spec.branches:
            counts.add(count_axes(who, read_specs(who, branch)))
    if len(counts - {1}) > 1:
        raise ShapeError(
            f"{who}: expected layers with the same number of axes, got {', '.join(map(str, sorted(counts - {1})))}; "
            f"give one number for each axis everywhere, or one for all"
        )
    return max(counts)


def along_axis(who: str, spec: LayerSpec, axis: int, axes: int) -> LayerAlongAxis:
    """Pick what a layer is along one of so many axes."""
    kernel = integers(who, "kernel_size", spec.kernel_size, axes, 1)
    stride = kernel if spec.stride is None else integers(who, "stride", spec.stride, axes, 1)
    dilation = integers(who, "dilation", spec.dilation, axes, 1)
    before, _ = padding_pairs(who, spec.padding, kernel, stride, dilation)[axis]
    return LayerAlongAxis(
        spec.name,
        kernel[axis],
        stride[axis],
        before,
        dilation[axis],
        spec.transposed,
        spec.everything,
        tuple(
            tuple(along_axis(who, inner, axis, axes) for inner in read_specs(who, branch)) for branch in spec.branches
        ),
    )
