"""Drawn configurations of every operation, each with the same computation said in PyTorch.

A strategy yields a call of ours and a function of the same variables on tensors; nothing of the engine is used in the
second. Sizes, options and words are drawn by hypothesis, the numbers in the arrays from a drawn seed. Now and then they
are small whole numbers, so that maxima tie and corners are hit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from cnnviz import engine
from tests.outside.call import Call

torch.set_num_threads(1)


@dataclass(frozen=True)
class Drawn:
    call: Call
    reference: Callable
    """Takes one tensor for each variable of the call."""


@st.composite
def arrays(draw, *shapes, whole=None, positive=False):
    """One array of each shape; a whole-number draw repeats values."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    whole = draw(st.booleans()) if whole is None else whole
    made = [np.array(rng.integers(-2, 3, shape) if whole else rng.normal(size=shape), float) for shape in shapes]
    if positive:
        made = [np.abs(array) + 0.1 for array in made]
    return made[0] if len(made) == 1 else made


def sizes(low, high):
    return st.integers(low, high)


def each(draw, axes, values, *, one=True):
    """One number for all axes or one for each; return as drawn and spelled out."""
    if one and draw(st.booleans()):
        number = draw(values)
        return number, (number,) * axes
    numbers = tuple(draw(values) for _ in range(axes))
    return numbers, numbers


def spread(pairs):
    """Pairs in the order of PyTorch's pad: the last axis first."""
    return [side for pair in reversed(pairs) for side in pair]


# Convolutions

MODES = {
    "zeros": "constant",
    "replicate": "replicate",
    "extend": "replicate",
    "reflect": "reflect",
    "circular": "circular",
}

BOUNDARIES = {
    "fill": "constant",
    "zeros": "constant",
    "wrap": "wrap",
    "circular": "wrap",
    "symm": "symmetric",
    "reflect": "reflect",
    "replicate": "edge",
    "extend": "edge",
}
"""The engine's words for what stands around a picture, and numpy's."""


@dataclass(frozen=True)
class Placed:
    """Where the windows of a convolution lie: the options as written, and spelled out."""

    kernel: tuple
    size: tuple
    options: dict
    pairs: tuple
    strides: tuple
    dilations: tuple

    def apply(self, conv, x, *args, **options):
        """Run a convolution of PyTorch's, with the border made beforehand."""
        if any(map(any, self.pairs)):
            x = F.pad(x, spread(self.pairs), MODES[self.options["padding_mode"]])
        return conv(x, *args, stride=self.strides, dilation=self.dilations, **options)


@st.composite
def placed(draw, axes):
    kernel = tuple(draw(sizes(1, 3 if axes == 3 else 4)) for _ in range(axes))
    dilation, dilations = each(draw, axes, sizes(1, 2))
    mode = draw(st.sampled_from(sorted(MODES)))
    spans = [d * (k - 1) for k, d in zip(kernel, dilations, strict=True)]
    form = draw(st.sampled_from(("number", "numbers", "pairs", "valid", "crop", "same", "full")))
    if form == "number":
        padding = draw(sizes(0, 3))
        pairs = [(padding, padding)] * axes
    elif form == "numbers":
        padding = tuple(draw(sizes(0, 3)) for _ in range(axes))
        pairs = [(p, p) for p in padding]
    elif form == "pairs":
        padding = tuple((draw(sizes(0, 3)), draw(sizes(0, 3))) for _ in range(axes))
        pairs = padding
    else:
        padding = form
        pairs = {
            "same": [(span // 2, span - span // 2) for span in spans],
            "full": [(span, span) for span in spans],
        }.get(form, [(0, 0)] * axes)
    stride, strides = (1, (1,) * axes) if form == "same" else each(draw, axes, sizes(1, 3))
    # As large as it must be for one window and, where the border repeats cells, for the border.
    borders = {"reflect": 1, "circular": 0}
    size = tuple(
        max(1, span + 1 - sum(pair), max(pair) + borders[mode] if mode in borders else 1) + draw(sizes(0, 4))
        for span, pair in zip(spans, pairs, strict=True)
    )
    options = {"stride": stride, "padding": padding, "dilation": dilation, "padding_mode": mode}
    return Placed(kernel, size, options, tuple(pairs), strides, dilations)


@st.composite
def convolution(draw, axes):
    place = draw(placed(axes))
    groups, per_group = draw(sizes(1, 3)), draw(sizes(1, 2))
    filters = groups * draw(sizes(1, 2))
    x, weight, bias = draw(
        arrays((draw(sizes(1, 3)), groups * per_group, *place.size), (filters, per_group, *place.kernel), (filters,))
    )
    bias = bias if draw(st.booleans()) else None
    conv = getattr(F, f"conv{axes}d")
    return Drawn(
        Call(f"conv{axes}d", (x, weight, bias), {**place.options, "groups": groups}),
        lambda *tensors: place.apply(conv, *tensors, groups=groups),
    )


@st.composite
def depthwise_separable(draw):
    place = draw(placed(2))
    channels, multiplier, filters = draw(sizes(1, 3)), draw(sizes(1, 2)), draw(sizes(1, 3))
    x, depthwise, pointwise, bias = draw(
        arrays(
            (draw(sizes(1, 2)), channels, *place.size),
            (channels * multiplier, 1, *place.kernel),
            (filters, channels * multiplier, 1, 1),
            (filters,),
        )
    )
    bias = bias if draw(st.booleans()) else None

    def reference(x, depthwise, pointwise, bias=None):
        return F.conv2d(place.apply(F.conv2d, x, depthwise, groups=channels), pointwise, bias)

    return Drawn(Call("depthwise_separable_conv2d", (x, depthwise, pointwise, bias), place.options), reference)


@st.composite
def locally_connected(draw):
    place = draw(placed(2))
    examples, channels, filters = draw(sizes(1, 2)), draw(sizes(1, 2)), draw(sizes(1, 2))
    shape = (examples, channels, *place.size)
    out = place.apply(F.conv2d, torch.zeros(shape), torch.zeros((1, channels, *place.kernel))).shape[2:]
    x, weight, bias = draw(arrays(shape, (*out, filters, channels, *place.kernel), (*out, filters)))
    bias = bias if draw(st.booleans()) else None

    def reference(x, weight, bias=None):  # in each place the convolution with that place's filters
        rows = []
        for i in range(out[0]):
            for j in range(out[1]):
                y = place.apply(F.conv2d, x, weight[i, j], None if bias is None else bias[i, j])
                rows.append(y[:, :, i, j])
        return torch.stack(rows, -1).reshape(examples, filters, *out)

    return Drawn(Call("locally_connected2d", (x, weight, bias), place.options), reference)


@st.composite
def blackboard(draw, name):
    kernel = draw(sizes(1, 4)), draw(sizes(1, 4))
    size = [k + draw(sizes(0, 4)) for k in kernel]
    mode = draw(st.sampled_from(("valid", "same", "full")))
    boundary = draw(st.sampled_from(sorted(BOUNDARIES)))
    fillvalue = draw(st.sampled_from((0.0, 1.5)))
    image, weight = draw(arrays(size, kernel))
    first = [k // 2 if name == "correlate2d" else (k - 1) // 2 for k in kernel]  # of "full", where "same" begins

    def reference(image, weight):
        pairs = [(k - 1, k - 1) for k in kernel]
        for axis, pair in enumerate(pairs if mode != "valid" else ()):
            if BOUNDARIES[boundary] == "constant":
                image = F.pad(image, pair if axis else (0, 0, *pair), value=fillvalue)
            else:
                cells = np.pad(np.arange(size[axis]), pair, BOUNDARIES[boundary])
                image = image.index_select(axis, torch.from_numpy(cells))
        weight = weight if name == "correlate2d" else weight.flip(0, 1)
        y = F.conv2d(image[None, None], weight[None, None])[0, 0]
        return y[first[0] : first[0] + size[0], first[1] : first[1] + size[1]] if mode == "same" else y

    return Drawn(Call(name, (image, weight), {"mode": mode, "boundary": boundary, "fillvalue": fillvalue}), reference)


@st.composite
def transposed_convolution(draw, axes):
    groups = draw(sizes(1, 3))
    per_group = draw(sizes(1, 2))
    filters = draw(sizes(1, 2))
    kernel = tuple(draw(sizes(1, 3)) for _ in range(axes))
    stride, strides = each(draw, axes, sizes(1, 3))
    dilation, dilations = each(draw, axes, sizes(1, 2))
    extra = tuple(draw(sizes(0, max(s, d) - 1)) for s, d in zip(strides, dilations, strict=True))
    paired = draw(st.booleans())
    padding = tuple((draw(sizes(0, 2)), draw(sizes(0, 2))) if paired else draw(sizes(0, 2)) for _ in range(axes))
    pairs = [pair if paired else (pair, pair) for pair in padding]
    size = [
        max(1, -(-(sum(pair) - d * (k - 1) - e) // s) + 1) + draw(sizes(0, 3))
        for k, s, d, e, pair in zip(kernel, strides, dilations, extra, pairs, strict=True)
    ]
    biased = draw(st.booleans())
    x, weight, bias = draw(
        arrays(
            (draw(sizes(1, 2)), groups * per_group, *size), (groups * per_group, filters, *kernel), (groups * filters,)
        )
    )
    call = Call(
        f"conv_transpose{axes}d",
        (x, weight, bias if biased else None),
        {"stride": stride, "padding": padding, "output_padding": extra, "dilation": dilation, "groups": groups},
    )

    def reference(x, weight, bias=None):
        y = getattr(F, f"conv_transpose{axes}d")(
            x, weight, bias, stride=strides, output_padding=extra, groups=groups, dilation=dilations
        )
        return F.pad(y, [-side for side in spread(pairs)])

    return Drawn(call, reference)


# Pooling

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


# Cell by cell


def shapes(low=0, high=4):
    return st.lists(sizes(1, 5), min_size=low, max_size=high).map(tuple)


@st.composite
def cell_by_cell(draw, name, reference, *options):
    """``options``: pairs of a name and a strategy."""
    x = draw(arrays(draw(shapes())))
    x = np.asarray(x * draw(st.sampled_from((0.1, 1.0, 10.0))))
    words = {key: draw(values) for key, values in options}
    return Drawn(Call(name, (x,), words), lambda x: reference(x, **words))


def positive(high=4.0):
    return st.floats(0.1, high)


@st.composite
def along(draw, name):
    shape = draw(shapes(1))
    dim = draw(st.integers(-len(shape), len(shape) - 1))
    x = draw(arrays(shape)) * draw(st.sampled_from((1.0, 1000.0)))
    return Drawn(Call(name, (x, dim)), lambda x: getattr(F, name)(x, dim))


# Dense layers, norms, losses


@st.composite
def linear(draw):
    inputs, outputs = draw(sizes(1, 6)), draw(sizes(1, 6))
    x, weight, bias = draw(arrays((*draw(shapes(0, 2)), inputs), (outputs, inputs), (outputs,)))
    return Drawn(Call("linear", (x, weight, bias if draw(st.booleans()) else None)), F.linear)


@st.composite
def flatten(draw):
    shape = draw(shapes(1))
    start = draw(sizes(0, len(shape) - 1))
    end = draw(sizes(start, len(shape) - 1)) - (len(shape) if draw(st.booleans()) else 0)
    return Drawn(Call("flatten", (draw(arrays(shape)), start, end)), lambda x: torch.flatten(x, start, end))


@st.composite
def dropout(draw):
    shape, p, training, seed = draw(shapes()), draw(st.floats(0.0, 1.0)), draw(st.booleans()), draw(sizes(0, 99))
    keep = torch.from_numpy(engine.dropout(np.ones(shape), p, training, seed=seed))  # which cells go is not PyTorch's
    return Drawn(Call("dropout", (draw(arrays(shape)), p, training), {"seed": seed}), lambda x: x * keep)


@st.composite
def batch_norm(draw):
    channels = draw(sizes(1, 3))
    shape = (draw(sizes(2, 4)), channels, *(draw(sizes(1, 3)) for _ in range(draw(sizes(0, 3)))))
    x, mean, weight, bias = draw(arrays(shape, *[(channels,)] * 3, whole=False))
    variance = draw(arrays((channels,), positive=True))
    training, eps = draw(st.booleans()), draw(st.sampled_from((1e-5, 1e-3, 0.5)))
    if draw(st.booleans()):
        weight = None
    if draw(st.booleans()):
        bias = None
    momentum, statistics = draw(st.floats(0.0, 1.0)), draw(st.booleans())
    options = {"training": training, "momentum": momentum, "eps": eps, "return_stats": statistics}
    running = (mean, variance) if statistics or not training else (None, None)

    def reference(x, *affine):
        affine = iter(affine)
        scale = None if weight is None else next(affine)
        shift = None if bias is None else next(affine)
        known = [None if values is None else torch.tensor(values) for values in running]
        y = F.batch_norm(x, *known, scale, shift, training, momentum, eps)  # moves the running values in their place
        return (y, *known) if statistics else y

    return Drawn(Call("batch_norm", (x, *running, weight, bias), options, constant=(1, 2)), reference)


@st.composite
def layer_norm(draw):
    shape = draw(shapes(1))
    normed = shape[draw(sizes(0, len(shape) - 1)) :]
    x, weight, bias = draw(arrays(shape, normed, normed, whole=False))
    eps = draw(st.sampled_from((1e-5, 1e-2, 0.5)))
    if draw(st.booleans()):
        weight = None
    if draw(st.booleans()):
        bias = None

    def reference(x, *affine):
        affine = iter(affine)
        scale = None if weight is None else next(affine)
        shift = None if bias is None else next(affine)
        return F.layer_norm(x, normed, scale, shift, eps)

    return Drawn(Call("layer_norm", (x, normed, weight, bias), {"eps": eps}), reference)


@st.composite
def local_response_norm(draw):
    shape = (draw(sizes(1, 2)), draw(sizes(1, 7)), *(draw(sizes(1, 3)) for _ in range(draw(sizes(1, 3)))))
    size = draw(sizes(1, 6))
    options = {"alpha": draw(positive(2.0)), "beta": draw(positive(1.0)), "k": draw(positive(2.0))}
    return Drawn(
        Call("local_response_norm", (draw(arrays(shape)), size), options),
        lambda x: F.local_response_norm(x, size, **options),
    )


REDUCTIONS = st.sampled_from(("mean", "sum", "none"))


@st.composite
def cross_entropy(draw):
    classes, examples = draw(sizes(2, 5)), draw(sizes(1, 4))
    shape = (examples, classes, *(draw(sizes(1, 3)) for _ in range(draw(sizes(0, 2)))))
    x, weight = draw(arrays(shape, (classes,), whole=False))
    weight = np.abs(weight) + 0.1 if draw(st.booleans()) else None
    options = {"reduction": draw(REDUCTIONS), "label_smoothing": draw(st.sampled_from((0.0, 0.1, 1.0)))}
    if draw(st.booleans()):
        target = draw(arrays(shape, positive=True))
        target /= target.sum(1, keepdims=True)
        return Drawn(
            Call("cross_entropy", (x, target, weight), options),
            lambda x, target, weight=None: F.cross_entropy(x, target, weight, **options),
        )
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    target = rng.integers(0, classes, (examples, *shape[2:]))
    target.flat[0] = 1  # a mean over nothing is NaN
    options["ignore_index"] = draw(st.sampled_from((-100, 0)))
    # PyTorch does not derive this by the weights: they are constants of the reference, and have shares above.
    fixed = None if weight is None else torch.from_numpy(weight)
    return Drawn(
        Call("cross_entropy", (x, target, weight), options, constant=(2,)),
        lambda x: F.cross_entropy(x, torch.from_numpy(target), fixed, **options),
    )


@st.composite
def mse_loss(draw):
    shape, reduction = draw(shapes()), draw(REDUCTIONS)
    x, target = draw(arrays(shape, shape))
    return Drawn(
        Call("mse_loss", (x, target), {"reduction": reduction}), lambda x, t: F.mse_loss(x, t, reduction=reduction)
    )


# Capsules


def squashed(x, dim=-1):
    length = x.norm(dim=dim, keepdim=True)
    return length**2 / (1 + length**2) * x / length


@st.composite
def squash(draw):
    shape = draw(shapes(1))
    dim = draw(st.integers(-len(shape), len(shape) - 1))
    return Drawn(Call("squash", (draw(arrays(shape, whole=False)), dim)), lambda x: squashed(x, dim))


@st.composite
def dynamic_routing(draw):
    shape = draw(sizes(1, 2)), draw(sizes(1, 4)), draw(sizes(1, 3)), draw(sizes(1, 4))
    iterations, couplings = draw(sizes(1, 4)), draw(st.booleans())

    def reference(predictions):  # procedure 1 of the paper, line by line
        b, seen = torch.zeros(shape[:3], dtype=predictions.dtype), []
        for _ in range(iterations):
            c = b.softmax(-1)
            seen.append(c.detach())
            v = squashed((c[..., None] * predictions).sum(1))
            b = b + (predictions * v[:, None]).sum(-1)
        return (v, torch.stack(seen)) if couplings else v

    call = Call("dynamic_routing", (draw(arrays(shape, whole=False)), iterations), {"return_couplings": couplings})
    return Drawn(call, reference)


OPERATIONS = {
    **{f"conv{n}d": convolution(n) for n in (1, 2, 3)},
    **{f"conv_transpose{n}d": transposed_convolution(n) for n in (1, 2, 3)},
    "depthwise_separable_conv2d": depthwise_separable(),
    "locally_connected2d": locally_connected(),
    **{name: blackboard(name) for name in ("correlate2d", "convolve2d")},
    **{f"max_pool{n}d": max_pool(n) for n in (1, 2, 3)},
    **{f"avg_pool{n}d": avg_pool(n) for n in (1, 2, 3)},
    **{f"lp_pool{n}d": lp_pool(n) for n in (1, 2, 3)},
    **{f"adaptive_{kind}_pool{n}d": adaptive_pool(kind, n) for kind in ("avg", "max") for n in (1, 2, 3)},
    **{f"global_{kind}_pool": global_pool(kind) for kind in ("avg", "max")},
    "relu": cell_by_cell("relu", F.relu),
    "leaky_relu": cell_by_cell("leaky_relu", F.leaky_relu, ("negative_slope", st.floats(0.0, 2.0))),
    "elu": cell_by_cell("elu", F.elu, ("alpha", positive())),
    "gelu": cell_by_cell("gelu", F.gelu, ("approximate", st.sampled_from(("none", "tanh")))),
    "sigmoid": cell_by_cell("sigmoid", torch.sigmoid),
    "tanh": cell_by_cell("tanh", torch.tanh),
    "softplus": cell_by_cell("softplus", F.softplus, ("beta", positive()), ("threshold", positive(30.0))),
    "softmax": along("softmax"),
    "log_softmax": along("log_softmax"),
    "linear": linear(),
    "flatten": flatten(),
    "dropout": dropout(),
    "batch_norm": batch_norm(),
    "layer_norm": layer_norm(),
    "local_response_norm": local_response_norm(),
    "cross_entropy": cross_entropy(),
    "mse_loss": mse_loss(),
    "squash": squash(),
    "dynamic_routing": dynamic_routing(),
}
