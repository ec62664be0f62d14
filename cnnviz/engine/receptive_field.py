"""Receptive fields: how much of the input one cell of a layer sees, by arithmetic."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cnnviz.engine.layer_spec import HasLayerSpecs, LayerAlongAxis, LayerSpec, Spec, along_axis, count_axes, read_specs
from cnnviz.errors import ShapeError

__all__ = ["LayerSpec", "ReceptiveField", "receptive_field"]

WHO = "receptive_field"

Size = int | float | tuple[int | float, ...]


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What the cells of a layer see of the input; one number for all axes, or one for each where they differ."""

    name: str
    size: Size
    """Cells of the input that a cell sees; infinite if it sees everything."""
    jump: Size
    """Cells of the input from the field of one cell to that of the next; a fraction after a transposed convolution."""
    start: Size
    """First cell of the input that cell 0 sees; below 0 in the padding."""


def receptive_field(network: HasLayerSpecs | Iterable[Spec]) -> tuple[ReceptiveField, ...]:
    """Follow the receptive field through the layers.

    A layer with kernel ``k``, stride ``s``, dilation ``d`` and ``p`` cells of padding before the input makes
    ``size += d (k - 1) jump``, ``start -= p jump`` and then ``jump *= s``, beginning with 1, 0 and 1 for the input. A
    transposed layer divides the jump; its cells see unlike many cells, and the size is the largest. Behind branches a
    cell sees all that any of them sees.

    Parameters
    ----------
    network
        Layers in the order they run, each a `LayerSpec` or a mapping with some of its fields; or a network that says
        them with ``layer_specs()``.

    Returns
    -------
    tuple of ReceptiveField
        One for each layer.

    Raises
    ------
    OptionError
        If a layer is neither, has an unknown field, or a value outside what it may be.
    ShapeError
        If branches that join have different jumps, or layers different numbers of axes.

    Examples
    --------
    >>> conv, pool = {"kernel_size": 3}, {"kernel_size": 2, "stride": 2}
    >>> [layer.size for layer in receptive_field([conv, pool, conv, pool, conv])]
    [3, 4, 8, 10, 18]
    >>> receptive_field([LayerSpec(name="stem", kernel_size=7, stride=2, padding=3)])
    (ReceptiveField(name='stem', size=7, jump=2, start=-3),)

    References
    ----------
    Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, Distill, 2019.
    """
    specs = read_specs(WHO, network)
    axes = count_axes(WHO, specs)
    chains = [tuple(along_axis(WHO, spec, axis, axes) for spec in specs) for axis in range(axes)]
    rows = []
    for index, spec in enumerate(specs):
        seen = [_see(chain[: index + 1]) for chain in chains]
        rows.append(ReceptiveField(spec.name, *_joined(seen)))
    return tuple(rows)


def _see(chain: Sequence[LayerAlongAxis]) -> tuple[int | float, int | float, int | float]:
    """Return size, jump and start after the last layer of a chain."""
    jump, repeat = _jump(chain)
    if jump is None:
        return math.inf, 0, -math.inf
    exact = _has_transposed(chain)
    seen = [cells for at in range(repeat) if (cells := _trace_back(chain, {at}, exact))]
    size = max((max(cells) - min(cells) + 1 for cells in seen), default=0)
    return size, _plain(jump), min(seen[0]) if seen else 0


def _jump(chain: Sequence[LayerAlongAxis]) -> tuple[Fraction | None, int]:
    """Return the jump, None if everything is seen, and after how many cells the sizes repeat."""
    jump, repeat = Fraction(1), 1
    for layer in chain:
        if layer.everything:
            return None, 1
        inner = [_jump(branch) for branch in layer.branches]
        if any(other is None for other, _ in inner):
            return None, 1
        jumps = {other for other, _ in inner if other is not None}
        if len(jumps) > 1:
            raise ShapeError(
                f"{WHO}: expected branches that join with the same stride, "
                f"got {', '.join(str(other) for other in sorted(jumps))}{f' in {layer.name}' if layer.name else ''}; "
                f"give the shorter branch the stride of the other"
            )
        for other in jumps:
            jump *= other
        repeat *= math.lcm(1, *(times for _, times in inner))
        jump = jump / layer.stride if layer.transposed else jump * layer.stride
        repeat *= layer.stride if layer.transposed else 1
    return jump, repeat


def _trace_back(chain: Sequence[LayerAlongAxis], cells: set[int], exact: bool) -> set[int]:
    """Go back from cells of the output to the cells of the input they see; unless ``exact``, to the outermost ones."""
    for layer in reversed(chain):
        taps = range(layer.kernel) if exact else (0, layer.kernel - 1)
        reach = [tap * layer.dilation - layer.before for tap in taps]
        if layer.transposed:
            shifted = (cell - offset for cell in cells for offset in reach)
            cells = {place // layer.stride for place in shifted if place % layer.stride == 0}
        else:
            cells = {cell * layer.stride + offset for cell in cells for offset in reach}
        if layer.branches:
            cells = set().union(*(_trace_back(branch, cells, exact) for branch in layer.branches))
        if not exact:
            cells = {min(cells), max(cells)}
    return cells


def _has_transposed(chain: Iterable[LayerAlongAxis]) -> bool:
    """Say whether any layer is transposed: it can step into the holes that strides and dilation leave."""
    return any(layer.transposed or any(map(_has_transposed, layer.branches)) for layer in chain)


def _joined(seen: Sequence[tuple[int | float, int | float, int | float]]) -> tuple[Size, Size, Size]:
    if all(axis == seen[0] for axis in seen):
        return seen[0]
    size, jump, start = zip(*seen, strict=True)
    return size, jump, start


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
