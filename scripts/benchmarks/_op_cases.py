"""What is measured: each operation of the engine beside the same said in PyTorch, small and large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812

from cnnviz import engine

CONVOLUTIONS = (  # examples, channels, filters, side, kernel, stride, groups
    (1, 3, 16, 224, 3, 1, 1),
    (32, 1, 16, 28, 3, 1, 1),
    (32, 16, 32, 14, 3, 1, 1),
    (32, 32, 64, 28, 3, 1, 1),
    (1, 64, 64, 56, 3, 1, 1),
    (1, 3, 64, 224, 7, 2, 1),
    (8, 64, 128, 28, 1, 1, 1),
    (1, 64, 128, 56, 3, 2, 1),
    (1, 256, 256, 14, 3, 1, 1),
    (1, 512, 512, 7, 3, 1, 1),
    (1, 128, 128, 56, 3, 1, 32),
    (1, 32, 32, 112, 3, 1, 32),
    (1, 96, 96, 112, 3, 2, 96),
    (1, 144, 144, 56, 3, 1, 144),
    (8, 384, 384, 14, 3, 1, 384),
    (1, 240, 240, 28, 5, 1, 240),
)
"""From textbooks, ResNet-18, ResNeXt and MobileNetV2."""


@dataclass(frozen=True)
class Case:
    op: str
    name: str
    arrays: tuple[np.ndarray, ...]
    torch: Callable[..., Any]
    """Takes the arrays as tensors."""
    options: dict[str, Any] = field(default_factory=dict)
    after: tuple[Any, ...] = ()
    """What stands behind the first array."""
    random: bool = False
    """The numbers differ by design, so only shapes are compared."""

    def ours(self) -> np.ndarray:
        return getattr(engine, self.op)(*self._given, **self.options)

    def ours_vjp(self, dy: np.ndarray) -> tuple[np.ndarray | None, ...]:
        return getattr(engine, f"{self.op}_vjp")(dy, *self._given, **self.options)

    @property
    def _given(self) -> tuple[Any, ...]:
        return self.arrays[0], *self.after, *self.arrays[1:]


def convolutions() -> Iterator[Case]:
    for n, c, m, side, k, stride, groups in CONVOLUTIONS:
        kind = "depthwise" if groups == c > 1 else f"{groups} groups" if groups > 1 else ""
        name = f"{n} × {c} → {m}, {side} × {side}, kernel {k}, stride {stride}{', ' if kind else ''}{kind}"
        options = {"stride": stride, "padding": k // 2, "groups": groups}
        yield Case("conv2d", name, _some((n, c, side, side), (m, c // groups, k, k)),
                   lambda x, w, o=options: F.conv2d(x, w, **o), options)  # fmt: skip


def operations(large: bool) -> Iterator[Case]:
    """Every operation once, on about 8 thousand cells or 1.6 million."""
    x = (16, 32, 56, 56) if large else (4, 8, 16, 16)
    yield from _sliding(large, x)
    yield from _pooling(x)
    yield from _pointwise(x)
    yield from _statistics(x)
    yield from _rows(large)


def _sliding(large: bool, x: tuple[int, ...]) -> Iterator[Case]:
    n, c, side = x[0], x[1], x[-1]
    for axes in (1, 2, 3):
        size = {1: (side * side // 2,), 2: (side, side), 3: (side // 4, side // 2, side // 2)}[axes]
        few = n // 4 if axes == 3 else n
        arrays = _some((few, c, *size), (c, c, *[3] * axes))
        options = {"padding": 1}
        for op in (f"conv{axes}d", f"conv_transpose{axes}d"):
            yield Case(op, op, arrays, partial(getattr(F, op), padding=1), options)
    grouped = _some(x, (c, c // 4, 3, 3))
    yield Case("conv2d", "conv2d, 4 groups", grouped, lambda x, w: F.conv2d(x, w, padding=1, groups=4),
               {"padding": 1, "groups": 4})  # fmt: skip
    yield Case("conv2d", "conv2d, depthwise", _some(x, (c, 1, 3, 3)),
               lambda x, w: F.conv2d(x, w, padding=1, groups=c), {"padding": 1, "groups": c})  # fmt: skip
    yield Case("depthwise_separable_conv2d", "depthwise_separable_conv2d", _some(x, (c, 1, 3, 3), (c, c, 1, 1)),
               lambda x, d, p: F.conv2d(F.conv2d(x, d, padding=1, groups=c), p), {"padding": 1})  # fmt: skip
    image = (512, 512) if large else (32, 32)
    for op, turn in (("correlate2d", ()), ("convolve2d", (0, 1))):
        yield Case(op, op, _some(image, (5, 5)),
                   lambda x, k, t=turn: F.conv2d(x[None, None], k.flip(t)[None, None])[0, 0])  # fmt: skip
    few = (4, 8, 28, 28) if large else (2, 4, 8, 8)
    cells = few[-1] - 2
    yield Case("locally_connected2d", "locally_connected2d", _some(few, (cells, cells, 8, few[1], 3, 3)), _local)


def _pooling(x: tuple[int, ...]) -> Iterator[Case]:
    n, c, side = x[0], x[1], x[-1]
    for axes in (1, 2, 3):
        size = {1: (side * side // 2,), 2: (side, side), 3: (side // 4, side // 2, side // 2)}[axes]
        (array,) = _some((n, c, *size))
        for kind in ("max", "avg"):
            op = f"{kind}_pool{axes}d"
            yield Case(op, op, (array,), partial(getattr(F, op), kernel_size=2), {"kernel_size": 2})
            op = f"adaptive_{kind}_pool{axes}d"
            yield Case(op, op, (array,), partial(getattr(F, op), output_size=3), {"output_size": 3})
        op = f"lp_pool{axes}d"
        yield Case(op, op, (array,), partial(getattr(F, op), norm_type=2, kernel_size=2),
                   {"norm_type": 2, "kernel_size": 2})  # fmt: skip
        pooled, places = getattr(engine, f"max_pool{axes}d")(array, 2, return_indices=True)
        op = f"max_unpool{axes}d"
        yield Case(op, op, (pooled, places), partial(getattr(F, op), kernel_size=2), {"kernel_size": 2})
    (array,) = _some(x)
    yield Case("max_pool2d", "max_pool2d, 3, stride 2", (array,), lambda x: F.max_pool2d(x, 3, 2, 1),
               {"kernel_size": 3, "stride": 2, "padding": 1})  # fmt: skip
    yield Case("global_avg_pool", "global_avg_pool", (array,), lambda x: x.mean((2, 3), keepdim=True))
    yield Case("global_max_pool", "global_max_pool", (array,), lambda x: x.amax((2, 3), keepdim=True))


def _pointwise(x: tuple[int, ...]) -> Iterator[Case]:
    (array,) = _some(x)
    for op in ("relu", "leaky_relu", "elu", "gelu", "sigmoid", "tanh", "softplus"):
        yield Case(op, op, (array,), getattr(F, op, None) or getattr(torch, op))
    yield Case("dropout", "dropout", (array,), lambda x: F.dropout(x, 0.5), random=True)
    yield Case("flatten", "flatten", (array,), lambda x: x.flatten())


def _statistics(x: tuple[int, ...]) -> Iterator[Case]:
    (array,) = _some(x)
    c = x[1]
    scale, shift = _some((c,), (c,))
    mean, variance = np.zeros(c, np.float32), np.ones(c, np.float32)
    for training in (True, False):
        yield Case("batch_norm", f"batch_norm, {'training' if training else 'evaluation'}",
                   (array, mean, variance, scale, shift),
                   lambda x, m, v, w, b, t=training: F.batch_norm(x, m.detach().clone(), v.detach().clone(), w, b, t),
                   {"training": training})  # fmt: skip
    scale, shift = _some(x[1:], x[1:])
    yield Case("layer_norm", "layer_norm", (array, scale, shift), lambda x, w, b: F.layer_norm(x, w.shape, w, b),
               after=(x[1:],))  # fmt: skip
    yield Case("local_response_norm", "local_response_norm", (array,), partial(F.local_response_norm, size=5),
               {"size": 5})  # fmt: skip


def _rows(large: bool) -> Iterator[Case]:
    n, c = (2048, 1000) if large else (32, 10)
    (scores,) = _some((n, c))
    labels = np.random.default_rng(2).integers(0, c, n)
    yield Case("softmax", "softmax", (scores,), lambda x: F.softmax(x, -1))
    yield Case("log_softmax", "log_softmax", (scores,), lambda x: F.log_softmax(x, -1))
    yield Case("cross_entropy", "cross_entropy", (scores, labels), F.cross_entropy)
    yield Case("mse_loss", "mse_loss", _some((n, c), (n, c)), F.mse_loss)
    width = 512 if large else 64
    yield Case("linear", "linear", _some((n, width), (width, width), (width,)), F.linear)
    yield Case("squash", "squash", (scores.reshape(n, -1, 10)[..., :8].copy(),), _squash)
    votes = (8, 288, 10, 16) if large else (2, 16, 10, 8)
    yield Case("dynamic_routing", "dynamic_routing", _some(votes), _routing)


def _some(*shapes: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(1)
    return tuple(rng.standard_normal(shape, np.float32) for shape in shapes)


def _local(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    rows, columns = weight.shape[:2]
    windows = F.unfold(x, 3).reshape(len(x), -1, rows, columns)
    return torch.einsum("nkhw,hwmk->nmhw", windows, weight.flatten(3))


def _squash(x: torch.Tensor) -> torch.Tensor:
    square = (x * x).sum(-1, keepdim=True)
    return x * (square.sqrt() / (1 + square))


def _routing(u: torch.Tensor) -> torch.Tensor:
    logits = torch.zeros(u.shape[:3])
    for turn in range(3):
        v = _squash((F.softmax(logits, 2)[..., None] * u).sum(1))
        if turn < 2:
            logits = logits + (u * v[:, None]).sum(-1)
    return v
