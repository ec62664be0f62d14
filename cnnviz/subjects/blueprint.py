"""The parts of a network as a diagram shows them: repeats folded, branches and skips seen, each with its cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.nn import AvgPool2d, Conv2d, Flatten, GlobalAvgPool2d, Layer, Linear, MaxPool2d
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.zoo.lenet import CodeDistance, Subsample2d, TableConv2d
from cnnviz.subjects.network import KnownNetwork

MOST = 14  # parts of a diagram
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """A layer, a block, or several of one kind in a row.

    Attributes
    ----------
    kind : str
        ``input``, ``conv``, ``separable``, ``pool``, ``mean``, ``flatten``, ``dense``, ``block``, ``branches``, or
        ``layers`` where different ones are folded.
    size : str
        Its kernel, such as ``3 × 3``; of a block the kernels in it, ``1·3·1``.
    shape : tuple of int
        What comes out: (C, H, W), or (N,).
    times : int
        How many are folded.
    parameters, macs : int
        Of all of them.
    field : float
        Cells of the input along a side that a cell of the last sees; infinite if it sees all.
    split : tuple of int
        The channels of groups or branches that lie side by side; empty for one whole.
    skips : bool
        Whether the input is added to what comes out.
    layer : str
        Its name, that of the last where several are folded.
    """

    kind: str
    size: str
    shape: Shape
    times: int = 1
    parameters: int = 0
    macs: int = 0
    field: float = 1.0
    split: tuple[int, ...] = ()
    skips: bool = False
    layer: str = ""

    @property
    def label(self) -> str:
        """The shape as it is written: depth, rows, columns.

        >>> Part("conv", "3 × 3", (64, 224, 224)).label
        '64 × 224 × 224'
        """
        return " × ".join(f"{size:,}" for size in self.shape)


def parts_of(known: KnownNetwork, who: str = "network", most: int = MOST) -> tuple[Part, ...]:
    """Return the parts of a network, folded until there are few enough.

    Raises
    ------
    OptionError
        If there are more kinds of layers than a diagram has room for.

    Examples
    --------
    >>> from cnnviz.subjects.network import NetworkKind
    >>> parts = parts_of(NetworkKind().read("network", "resnet50"))
    >>> [(part.times, part.kind, part.size) for part in parts][3:7]
    [(3, 'block', '1·3·1'), (4, 'block', '1·3·1'), (6, 'block', '1·3·1'), (3, 'block', '1·3·1')]
    """
    parts = _joined([*_each(known)])
    for fold in (_as_they_are, _same, _alike, _as_large, _as_flat):
        parts = fold(parts)
        if len(parts) <= most and fold is not _as_they_are:
            return tuple(parts)
    raise OptionError(
        f"{who}: expected a network of at most {most} parts of different size, got {len(parts)}; leave layers out"
    )


def _each(known: KnownNetwork) -> Iterator[Part]:
    """Give one part for each layer, with what its rows of the summary add up to."""
    yield Part("input", "", known.input)
    shape, table = known.input, known.network.summary(known.input)
    rows = {name: [*own] for name, own in groupby(table.rows, key=lambda row: row.name.partition(".")[0])}
    for name, layer in known.network.children().items():
        before, shape = shape, layer.output_shape(shape)
        kind, size, look = _kind(layer, before, shape)
        own = rows.get(name, [])
        field = own[-1].receptive_field if own else 1.0
        yield Part(
            kind,
            size,
            shape,
            parameters=sum(row.parameters for row in own),
            macs=sum(row.macs for row in own),
            field=float(max(field) if isinstance(field, tuple) else field),
            layer=name,
            **look,
        )


def _kind(layer: Layer, before: Shape, after: Shape) -> tuple[str, str, dict[str, Any]]:
    """Say what a layer is, its size, and what else is to be seen of it; a kind of "" only changes values."""
    match layer:
        case Conv2d():
            depthwise = layer.groups == before[0] > 1
            split = (after[0] // layer.groups,) * layer.groups if 1 < layer.groups < before[0] else ()
            return "depthwise" if depthwise else "conv", _by(layer.kernel_size), {"split": split}
        case TableConv2d():
            return "conv", _by((layer.kernel_size,) * 2), {}
        case Subsample2d():
            return "pool", _by((2, 2)), {}
        case MaxPool2d() | AvgPool2d():
            return "pool", _by(layer.kernel_size), {}
        case GlobalAvgPool2d():
            return "mean", "", {}
        case Flatten():
            return "flatten", "", {}
        case Linear() | CodeDistance():
            return "dense", "", {}
        case Parallel():
            split = tuple(branch.output_shape(before)[0] for branch in layer.branches.values())
            return "branches", "", {"split": split}
    weighted = [each for each in _leaves(layer) if each.own and not _only_norms(each)]
    if not weighted:
        return ("", "", {}) if before == after else ("pool" if before[0] == after[0] else "layers", "", {})
    if len(weighted) == 1 and not isinstance(layer, Residual):
        return _kind(weighted[0], before, after)
    kernels = [str(each.kernel_size[0]) for each in weighted if isinstance(each, Conv2d)]
    return "block", "·".join(kernels), {"skips": isinstance(layer, Residual)}


def _leaves(layer: Layer) -> Iterator[Layer]:
    """Give the layers within a layer, but not those that only weigh it or lead round it."""
    if isinstance(layer, Gated):
        return
    inside = [child for name, child in layer.children().items() if name != "shortcut"]
    if not inside:
        yield layer
    for child in inside:
        yield from _leaves(child)


def _only_norms(layer: Layer) -> bool:
    return not isinstance(layer, Conv2d | Linear | TableConv2d | Subsample2d | CodeDistance)


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Join what only changes values to the part before, and the two halves of a separable convolution."""
    kept: list[Part] = []
    for index, part in enumerate(parts):
        last = kept[-1] if kept else None
        ends = index == len(parts) - 1
        if last and (not part.kind or (part.kind == "flatten" and not ends)):
            shape = part.shape if len(part.shape) == len(last.shape) else last.shape
            kept[-1] = _together([last, part], shape=shape, field=part.field)
        elif last and last.kind == "depthwise" and (part.kind, part.size) == ("conv", "1 × 1"):
            kept[-1] = _together([last, part], kind="separable", shape=part.shape, field=part.field)
        else:
            kept.append(part)
    return kept


def _as_they_are(parts: list[Part]) -> list[Part]:
    return parts


def _same(parts: list[Part]) -> list[Part]:
    """Fold neighbors that are the same but for their first stride; dense layers stay."""
    return _folded(parts, lambda part: (part.kind, part.size, part.shape, part.split, part.skips))


def _alike(parts: list[Part]) -> list[Part]:
    """Fold neighbors of one kind and size of maps, whatever their depth."""
    return _folded(parts, lambda part: (part.kind, part.size, part.shape[1:]))


def _as_large(parts: list[Part]) -> list[Part]:
    """Fold all that have one size of maps."""
    return _folded(parts, lambda part: part.shape[1:])


def _as_flat(parts: list[Part]) -> list[Part]:
    """Fold dense layers, too."""
    return _folded(parts, lambda part: part.shape[1:], alone=("input",))


def _folded(parts: Sequence[Part], key: Any, alone: Sequence[str] = ("input", "dense")) -> list[Part]:
    made: list[Part] = []
    for _, group in groupby(parts, lambda part: part if part.kind in alone else key(part)):
        same = list(group)
        mixed = len({(part.kind, part.size) for part in same}) > 1
        folded = _together(same, times=sum(part.times for part in same), layer=same[-1].layer)
        made.append(replace(folded, kind="layers", size="", split=(), skips=False) if mixed else folded)
    return made


def _together(parts: Sequence[Part], **changes: Any) -> Part:
    parameters, macs = sum(part.parameters for part in parts), sum(part.macs for part in parts)
    last, several = parts[-1], len(parts) > 1
    base = parts[0] if several and "times" not in changes else last
    skips = any(part.skips for part in parts)
    return replace(base, **{"parameters": parameters, "macs": macs, "skips": skips, **changes})


def _by(size: tuple[int, ...]) -> str:
    return " × ".join(map(str, size))
