"""Pooling over one to three axes: sliding, adaptive and global."""

import numpy as np
import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, each, sizes, spread

LARGEST = {1: 9, 2: 5, 3: 3}
"""Kernels by axes; the large ones are summed in another way."""


@st.composite
def window(draw, axes, *, dilated):
    """Kernel, stride, padding and dilation that PyTorch takes, and an input size that they fit."""
    kernel, kernels = each(draw, axes, sizes(1, LARGEST[axes]))
    dilation, dilations = each(draw, axes, sizes(1, 2)) if dilated else (1, (1,) * axes)
    spans = [d * (k - 1) + 1 for k, d in zip(kernels, dilations, strict=True)]
    padding = tuple(draw(sizes(0, k // 2)) for k in kernels)
    stride = None if draw(st.booleans()) else each(draw, axes, sizes(1, 4))[0]
    # Where cells lie further apart than the input is wide a window can miss it; PyTorch then writes outside its memory.
    size = [
        max(1, span - 2 * pad, d * (k > 1)) + draw(sizes(0, 5))
        for span, pad, k, d in zip(spans, padding, kernels, dilations, strict=True)
    ]
    return size, kernel, stride, padding, dilation


@st.composite
def uneven_window(draw, axes):
    """As `window`, with a padding of its own on each side, up to one cell less than the kernel spans."""
    kernel, kernels = each(draw, axes, sizes(1, 3))
    dilation, dilations = each(draw, axes, sizes(1, 2))
    stride, strides = each(draw, axes, sizes(1, 3))
    spans = [d * (k - 1) + 1 for k, d in zip(kernels, dilations, strict=True)]
    pairs = tuple((draw(sizes(0, span - 1)), draw(sizes(0, span - 1))) for span in spans)
    size = [
        max(1, span - sum(pair), d * (k > 1)) + draw(sizes(0, 4))
        for span, pair, k, d in zip(spans, pairs, kernels, dilations, strict=True)
    ]
    return size, kernel, stride, pairs, dilation, (kernels, strides, dilations)


def sums(x, pairs, kernel, strides, dilations):
    """The sum of every window by a convolution with ones, which has the uneven padding and dilation pooling lacks."""
    axes = len(strides)
    flat = F.pad(x, spread(pairs)).flatten(0, 1)[:, None]
    ones = torch.ones((1, 1, *np.broadcast_to(kernel, axes)), dtype=x.dtype)
    y = getattr(F, f"conv{axes}d")(flat, ones, stride=strides, dilation=dilations)
    return y.reshape(*x.shape[:2], *y.shape[2:])


@st.composite
def max_pool(draw, axes):
    pool = getattr(F, f"max_pool{axes}d")
    lead = draw(sizes(1, 2)), draw(sizes(1, 2))
    if draw(st.booleans()):
        size, kernel, stride, pairs, dilation, _ = draw(uneven_window(axes))
        return Drawn(
            Call(
                f"max_pool{axes}d",
                (draw(arrays((*lead, *size))), kernel, stride),
                {"padding": pairs, "dilation": dilation},
            ),
            lambda x: pool(F.pad(x, spread(pairs), value=-np.inf), kernel, stride, 0, dilation),
        )
    size, kernel, stride, padding, dilation = draw(window(axes, dilated=True))
    ceil_mode, indices = draw(st.booleans()), draw(st.booleans())
    options = {"padding": padding, "dilation": dilation, "ceil_mode": ceil_mode, "return_indices": indices}
    return Drawn(
        Call(f"max_pool{axes}d", (draw(arrays((*lead, *size))), kernel, stride), options),
        lambda x: pool(x, kernel, stride, padding, dilation, ceil_mode, indices),
    )


@st.composite
def max_unpool(draw, axes):
    """Places come from a map that was pooled; windows do not overlap, for else two numbers may want one place."""
    kernel, kernels = each(draw, axes, sizes(1, 4))
    stride = None if draw(st.booleans()) else tuple(k + draw(sizes(0, 2)) for k in kernels)
    padding = tuple(draw(sizes(0, k // 2)) for k in kernels)
    size = [max(1, k - 2 * pad) + draw(sizes(0, 7)) for k, pad in zip(kernels, padding, strict=True)]
    large = torch.from_numpy(draw(arrays((draw(sizes(1, 2)), draw(sizes(1, 2)), *size))))
    settings = (kernels, kernels if stride is None else stride, padding)
    _, places = getattr(F, f"max_pool{axes}d")(large, *settings, return_indices=True)
    call = Call(
        f"max_unpool{axes}d",
        (draw(arrays(tuple(places.shape))), places.numpy(), kernel, stride),
        {"padding": padding, "output_size": tuple(size)},
    )
    return Drawn(call, lambda x: getattr(F, f"max_unpool{axes}d")(x, places, *settings, size))


@st.composite
def avg_pool(draw, axes):
    lead, counted = (draw(sizes(1, 2)), draw(sizes(1, 2))), draw(st.booleans())
    divisor = {"divisor_override": draw(sizes(1, 9))} if axes > 1 and draw(st.booleans()) else {}
    if draw(st.booleans()):
        size, kernel, stride, pairs, dilation, (kernels, strides, dilations) = draw(uneven_window(axes))
        options = {"padding": pairs, "dilation": dilation, "count_include_pad": counted, **divisor}

        def reference(x):
            cells = np.prod(kernels) if counted else sums(torch.ones_like(x), pairs, kernel, strides, dilations)
            return sums(x, pairs, kernel, strides, dilations) / divisor.get("divisor_override", cells)

        return Drawn(Call(f"avg_pool{axes}d", (draw(arrays((*lead, *size))), kernel, stride), options), reference)
    size, kernel, stride, padding, _ = draw(window(axes, dilated=False))
    if axes == 3:  # here PyTorch wants the kernel to fit without the padding
        size = [max(n, k) for n, k in zip(size, np.broadcast_to(kernel, 3), strict=True)]
    ceil_mode = draw(st.booleans())
    options = {"padding": padding, "ceil_mode": ceil_mode, "count_include_pad": counted, **divisor}
    pool = getattr(F, f"avg_pool{axes}d")
    return Drawn(
        Call(f"avg_pool{axes}d", (draw(arrays((*lead, *size))), kernel, stride), options),
        lambda x: pool(x, kernel, stride, padding, ceil_mode, counted, *divisor.values()),
    )


@st.composite
def lp_pool(draw, axes):
    p = draw(st.sampled_from((1, 2, 3, 4, 2.5)))
    lead = draw(sizes(1, 2)), draw(sizes(1, 2))
    uneven = draw(st.booleans())
    if uneven:
        size, kernel, stride, pairs, dilation, (_, strides, dilations) = draw(uneven_window(axes))
        options = {"padding": pairs, "dilation": dilation}
    else:
        size, kernel, stride, _, _ = draw(window(axes, dilated=False))
        size = [max(n, k) for n, k in zip(size, np.broadcast_to(kernel, axes), strict=True)]
        options = {"ceil_mode": draw(st.booleans())}
    x, signs = draw(arrays((*lead, *size), (*lead, *size), whole=False))
    x = np.where(signs > 0, 1, -1) * (np.abs(x) + 0.1)  # at 0 the root has no slope

    def reference(x):
        if not uneven:  # without the absolute value an odd power of PyTorch's goes wrong
            one_axis = [value[0] if isinstance(value, tuple) and axes == 1 else value for value in (kernel, stride)]
            return getattr(F, f"lp_pool{axes}d")(x.abs(), float(p), *one_axis, options["ceil_mode"])
        return sums(x.abs() ** p, pairs, kernel, strides, dilations) ** (1 / p)

    return Drawn(Call(f"lp_pool{axes}d", (x, p, kernel, stride), options), reference)


@st.composite
def adaptive_pool(draw, kind, axes):
    high = 2 * LARGEST[axes]
    size = [draw(sizes(1, high)) for _ in range(axes)]
    goal = draw(sizes(1, high)) if draw(st.booleans()) else tuple(draw(st.none() | sizes(1, high)) for _ in range(axes))
    whole_goal = goal if axes > 1 or isinstance(goal, int) else size[0] if goal[0] is None else goal[0]
    x = draw(arrays((draw(sizes(1, 2)), draw(sizes(1, 2)), *size)))
    pool = getattr(F, f"adaptive_{kind}_pool{axes}d")
    if kind == "avg":
        return Drawn(Call(f"adaptive_avg_pool{axes}d", (x, goal)), lambda x: pool(x, whole_goal))
    indices = draw(st.booleans())
    return Drawn(
        Call(f"adaptive_max_pool{axes}d", (x, goal), {"return_indices": indices}),
        lambda x: pool(x, whole_goal, indices),
    )


@st.composite
def global_pool(draw, kind):
    axes = draw(sizes(1, 3))
    x = draw(arrays((draw(sizes(1, 3)), draw(sizes(1, 3)), *(draw(sizes(1, 2 * LARGEST[axes])) for _ in range(axes)))))

    def reference(x):
        flat = x.flatten(2)
        y = flat.mean(2) if kind == "avg" else F.adaptive_max_pool1d(flat, 1)[..., 0]
        return y.reshape(*y.shape, *(1,) * axes)

    return Drawn(Call(f"global_{kind}_pool", (x,)), reference)
