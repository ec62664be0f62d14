"""Twelve faults that engines like this one are known to have, each ready to be planted in ours."""

from collections.abc import Callable

import numpy as np

from cnnviz import engine
from cnnviz.engine import geometry

CONVOLUTIONS = ("conv1d", "conv2d", "conv3d")
MAX_POOLS = ("max_pool1d", "max_pool2d", "max_pool3d")
AVG_POOLS = ("avg_pool1d", "avg_pool2d", "avg_pool3d")


def _wrap(names, fault) -> Callable:
    """Replace each operation by ``fault(the operation, *its arguments)``."""

    def plant(monkeypatch):
        for name in names:
            sound = getattr(engine, name)
            monkeypatch.setattr(engine, name, lambda *args, sound=sound, **options: fault(sound, *args, **options))

    return plant


def _flipped(conv, x, weight, bias=None, **options):
    return conv(x, np.flip(weight, range(2, weight.ndim)).copy(), bias, **options)


def _other_end(same_padding, *args, extra="after", **options):
    return same_padding(*args, extra={"after": "before", "before": "after"}[extra], **options)


def _without(word):
    def fault(op, *args, **options):
        options.pop(word, None)
        return op(*args, **options)

    return fault


def _keep_last_window(monkeypatch):
    def output_size(size, kernel, stride, pair, dilation, *, ceil_mode=False):
        room = size + sum(pair) - dilation * (kernel - 1) - 1
        return -(-room // stride) + 1 if ceil_mode else room // stride + 1

    monkeypatch.setattr(geometry, "output_size", output_size)


def _interleaved(conv, x, weight, bias=None, groups=1, **options):
    y = conv(x, weight, bias, groups=groups, **options)
    return y.reshape(len(y), groups, -1, *y.shape[2:]).swapaxes(1, 2).reshape(y.shape)


def _no_bias(conv, x, weight, bias=None, **options):
    return conv(x, weight, None, **options)


def _zero_border(pool, x, kernel_size, stride=None, padding=0, **options):
    axes = x.ndim - 2
    each = (padding,) * axes if isinstance(padding, int) else padding
    pairs = [(side, side) if isinstance(side, int) else side for side in each]
    return pool(np.pad(x, [(0, 0), (0, 0), *pairs]), kernel_size, stride, **options)


def _last_of_equals(pool, *args, **options):
    place = -2 if pool.__name__.endswith("_vjp") else -1
    x = args[1 if place == -2 else 0]
    # A slope too small to change anything but which of several equal numbers is the greatest.
    tilted = x + np.arange(x.size, dtype=x.dtype).reshape(x.shape) * 1e-6
    if pool.__name__.endswith("_vjp"):
        return pool(args[0], tilted, *args[2:], **options)
    y = pool(tilted, *args[1:], **options)
    return (
        (pool(x, *args[1:], **{**options, "return_indices": False}), y[1])
        if isinstance(y, tuple)
        else pool(*args, **options)
    )


def _inverted(pool, *args, count_include_pad=True, **options):
    return pool(*args, count_include_pad=not count_include_pad, **options)


def _no_epsilon(norm, *args, eps=1e-5, **options):
    return norm(*args, eps=1e-300, **options)


def _undivided(norm, x, size, *, alpha=1e-4, **options):
    return norm(x, size, alpha=alpha * size, **options)


def _no_shift(softmax, x, dim=-1):
    with np.errstate(all="ignore"):
        return np.exp(x) / np.exp(x).sum(dim, keepdims=True)


BUGS = {
    "kernel flipped": _wrap(CONVOLUTIONS, _flipped),
    "same-upper and same-lower swapped": _wrap(["same_padding"], _other_end),
    "ceil_mode ignored": _wrap(MAX_POOLS + AVG_POOLS, _without("ceil_mode")),
    "last window that starts in the padding kept": _keep_last_window,
    "group order wrong": _wrap(CONVOLUTIONS, _interleaved),
    "bias dropped": _wrap(CONVOLUTIONS, _no_bias),
    "max pool pads with 0": _wrap(MAX_POOLS, _zero_border),
    "arg-max takes the last of equals": _wrap(("max_pool2d", "max_pool2d_vjp"), _last_of_equals),
    "count_include_pad inverted": _wrap(AVG_POOLS, _inverted),
    "epsilon dropped": _wrap(["batch_norm", "layer_norm"], _no_epsilon),
    "local response norm's alpha not divided by its size": _wrap(["local_response_norm"], _undivided),
    "softmax without the shift by the maximum": _wrap(["softmax"], _no_shift),
}
