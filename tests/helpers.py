"""Nested loops: the plainest way to say what each operation means, one number at a time.

Nothing here comes from the engine or shares a line with it. Arrays are only indexed; every sum is a Python loop over
Python floats, so these are slow and meant for small arrays. Shapes are the engine's, ``(N, C, *spatial)``.
"""

from itertools import product
from math import exp, inf, log, nan, sqrt

import numpy as np

__all__ = [
    "avg_pool",
    "avg_pool_vjp",
    "batch_norm",
    "conv",
    "conv_transpose",
    "conv_transpose_vjp",
    "conv_vjp",
    "cross_entropy",
    "linear",
    "linear_vjp",
    "max_pool",
    "max_pool_vjp",
    "numeric_vjp",
    "softmax",
    "source",
]


# Sizes and borders


def each_axis(value, ndim):
    """One number for all axes, or one per axis."""
    return (value,) * ndim if isinstance(value, int) else tuple(value)


def sides(padding, kernel, dilation):
    """Padding as pairs (before, after): ``same`` puts an odd cell after, ``full`` lets windows touch by one cell."""
    spans = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
    if padding in ("valid", "crop"):
        return [(0, 0) for _ in spans]
    if padding == "same":
        return [(span // 2, span - span // 2) for span in spans]
    if padding == "full":
        return [(span, span) for span in spans]
    each = each_axis(padding, len(kernel))
    return [(p, p) if isinstance(p, int) else tuple(p) for p in each]


def source(coordinate, size, mode):
    """The input cell that stands at a coordinate which may lie outside ``0 .. size-1``; None for a zero."""
    if 0 <= coordinate < size:
        return coordinate
    if mode == "zeros":
        return None
    if mode == "replicate":
        return 0 if coordinate < 0 else size - 1
    if mode == "circular":
        while coordinate < 0:
            coordinate += size
        while coordinate >= size:
            coordinate -= size
        return coordinate
    while not 0 <= coordinate < size:  # reflect: bounce between the two border cells
        coordinate = -coordinate if coordinate < 0 else 2 * (size - 1) - coordinate
    return coordinate


def cells(shape):
    """Every index of an array of this shape, row by row."""
    return product(*(range(n) for n in shape))


def under(position, tap, stride, dilation, pads):
    """Input coordinates (perhaps outside) of one kernel cell of the window at one position."""
    return tuple(p * s + t * d - b for p, t, s, d, (b, _) in zip(position, tap, stride, dilation, pads, strict=True))


def found(coordinates, sizes, mode):
    """The input cell at these coordinates, or None if it is a zero of the padding."""
    cell = tuple(source(c, n, mode) for c, n in zip(coordinates, sizes, strict=True))
    return None if None in cell else cell


# Convolution


def _conv_terms(x_shape, weight_shape, stride, padding, dilation, groups, padding_mode):
    """Output shape, and every (output cell, input cell, weight cell) that meet in a product."""
    n, _, *sizes = x_shape
    c_out, c_group, *kernel = weight_shape
    ndim = len(kernel)
    stride, dilation = each_axis(stride, ndim), each_axis(dilation, ndim)
    pads = sides(padding, kernel, dilation)
    out = [
        (m + b + a - d * (k - 1) - 1) // s + 1
        for m, (b, a), d, k, s in zip(sizes, pads, dilation, kernel, stride, strict=True)
    ]

    def terms():
        for example, o, *position in cells((n, c_out, *out)):
            group = o // (c_out // groups)
            for c, *tap in cells((c_group, *kernel)):
                cell = found(under(position, tap, stride, dilation, pads), sizes, padding_mode)
                if cell is not None:
                    yield (example, o, *position), (example, group * c_group + c, *cell), (o, c, *tap)

    return (n, c_out, *out), terms()


def conv(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"):
    shape, terms = _conv_terms(x.shape, weight.shape, stride, padding, dilation, groups, padding_mode)
    y = np.zeros(shape)
    for out, cell, tap in terms:
        y[out] += float(x[cell]) * float(weight[tap])
    if bias is not None:
        for out in cells(shape):
            y[out] += float(bias[out[1]])
    return y


def conv_vjp(dy, x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, padding_mode="zeros"):
    shape, terms = _conv_terms(x.shape, weight.shape, stride, padding, dilation, groups, padding_mode)
    assert dy.shape == shape
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for out, cell, tap in terms:
        dx[cell] += float(dy[out]) * float(weight[tap])
        dweight[tap] += float(dy[out]) * float(x[cell])
    return dx, dweight, _per_channel(dy) if bias is not None else None


def _per_channel(dy):
    total = np.zeros(dy.shape[1])
    for cell in cells(dy.shape):
        total[cell[1]] += float(dy[cell])
    return total


# Transposed convolution: each input cell stamps the kernel into the output


def _stamps(x_shape, weight_shape, stride, padding, output_padding, dilation, groups):
    """Output shape, and every (output cell, input cell, weight cell) that meet in a product."""
    n, c_in, *sizes = x_shape
    _, c_group, *kernel = weight_shape
    ndim = len(kernel)
    stride, dilation, extra = (each_axis(v, ndim) for v in (stride, dilation, output_padding))
    pads = sides(padding, kernel, dilation)
    out = [
        (m - 1) * s - b - a + d * (k - 1) + e + 1
        for m, s, (b, a), d, k, e in zip(sizes, stride, pads, dilation, kernel, extra, strict=True)
    ]

    def terms():
        for example, c, *cell in cells(x_shape):
            group = c // (c_in // groups)
            for o, *tap in cells((c_group, *kernel)):
                target = found(under(cell, tap, stride, dilation, pads), out, "zeros")
                if target is not None:
                    yield (example, group * c_group + o, *target), (example, c, *cell), (c, o, *tap)

    return (n, c_group * groups, *out), terms()


def conv_transpose(x, weight, bias=None, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1):
    shape, terms = _stamps(x.shape, weight.shape, stride, padding, output_padding, dilation, groups)
    y = np.zeros(shape)
    for out, cell, tap in terms:
        y[out] += float(x[cell]) * float(weight[tap])
    if bias is not None:
        for out in cells(shape):
            y[out] += float(bias[out[1]])
    return y


def conv_transpose_vjp(dy, x, weight, bias=None, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1):
    shape, terms = _stamps(x.shape, weight.shape, stride, padding, output_padding, dilation, groups)
    assert dy.shape == shape
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for out, cell, tap in terms:
        dx[cell] += float(dy[out]) * float(weight[tap])
        dweight[tap] += float(dy[out]) * float(x[cell])
    return dx, dweight, _per_channel(dy) if bias is not None else None


# Pooling


def _pool_windows(x_shape, kernel_size, stride, padding, dilation, ceil_mode):
    """Output shape, and per output cell the input cells of its window and how many cells lie within the padding."""
    n, c, *sizes = x_shape
    ndim = len(sizes)
    kernel, dilation = each_axis(kernel_size, ndim), each_axis(dilation, ndim)
    stride = kernel if stride is None else each_axis(stride, ndim)
    pads = sides(padding, kernel, dilation)
    out = []
    for m, (b, a), d, k, s in zip(sizes, pads, dilation, kernel, stride, strict=True):
        room = m + b + a - d * (k - 1) - 1
        places = (room + s - 1) // s + 1 if ceil_mode else room // s + 1
        if ceil_mode and (places - 1) * s >= m + b:
            places -= 1  # the last window must start on the input or the padding before it
        out.append(places)

    def windows():
        for example, channel, *position in cells((n, c, *out)):
            real, padded = [], 0
            for tap in cells(kernel):
                at = under(position, tap, stride, dilation, pads)
                padded += all(i < m + a for i, m, (_, a) in zip(at, sizes, pads, strict=True))
                cell = found(at, sizes, "zeros")
                if cell is not None:
                    real.append((example, channel, *cell))
            yield (example, channel, *position), real, padded

    return (n, c, *out), windows()


def _greatest(x, real):
    """The first cell that holds the greatest value; the first NaN, if there is one, is greater than any number."""
    best = None
    for cell in real:
        value = float(x[cell])
        if value != value:
            return cell
        if best is None or value > float(x[best]):
            best = cell
    return best


def max_pool(x, kernel_size, stride=None, *, padding=0, dilation=1, ceil_mode=False):
    shape, windows = _pool_windows(x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    y = np.zeros(shape)
    for out, real, _ in windows:
        y[out] = float(x[_greatest(x, real)]) if real else -inf
    return y


def max_pool_vjp(dy, x, kernel_size, stride=None, *, padding=0, dilation=1, ceil_mode=False):
    _, windows = _pool_windows(x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    dx = np.zeros(x.shape)
    for out, real, _ in windows:
        if real:
            dx[_greatest(x, real)] += float(dy[out])
    return dx


def max_unpool(x, indices, kernel_size, stride=None, *, padding=0, output_size=None):
    n, c, *sizes = x.shape
    kernel, pads = each_axis(kernel_size, len(sizes)), each_axis(padding, len(sizes))
    stride = kernel if stride is None else each_axis(stride, len(sizes))
    plane = [(m - 1) * s - 2 * p + k for m, s, p, k in zip(sizes, stride, pads, kernel, strict=True)]
    y = np.zeros((n, c, *(plane if output_size is None else output_size)))
    for cell in np.ndindex(x.shape):
        place, target = int(indices[cell]), []
        for size in reversed(y.shape[2:]):
            target.insert(0, place % size)
            place //= size
        y[(*cell[:2], *target)] = x[cell]
    return y


def max_unpool_vjp(dy, x, indices):
    dx = np.zeros(x.shape)
    standing = {}
    for cell in np.ndindex(x.shape):
        standing[(*cell[:2], int(indices[cell]))] = cell
    for (i, j, place), cell in standing.items():
        dx[cell] = dy[i, j].ravel()[place]
    return dx


def _divisor(real, padded, count_include_pad, divisor_override):
    return divisor_override or (padded if count_include_pad else len(real))


def avg_pool(
    x,
    kernel_size,
    stride=None,
    *,
    padding=0,
    dilation=1,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    shape, windows = _pool_windows(x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    y = np.zeros(shape)
    for out, real, padded in windows:
        for cell in real:
            y[out] += float(x[cell])
        divisor = _divisor(real, padded, count_include_pad, divisor_override)
        y[out] = y[out] / divisor if divisor else nan
    return y


def avg_pool_vjp(
    dy,
    x,
    kernel_size,
    stride=None,
    *,
    padding=0,
    dilation=1,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    _, windows = _pool_windows(x.shape, kernel_size, stride, padding, dilation, ceil_mode)
    dx = np.zeros(x.shape)
    for out, real, padded in windows:
        for cell in real:
            dx[cell] += float(dy[out]) / _divisor(real, padded, count_include_pad, divisor_override)
    return dx


# Dense layers, normalization, losses


def linear(x, weight, bias=None):
    y = np.zeros((len(x), len(weight)))
    for example, o in cells(y.shape):
        for i in range(x.shape[1]):
            y[example, o] += float(x[example, i]) * float(weight[o, i])
        if bias is not None:
            y[example, o] += float(bias[o])
    return y


def linear_vjp(dy, x, weight, bias=None):
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for example, o in cells(dy.shape):
        for i in range(x.shape[1]):
            dx[example, i] += float(dy[example, o]) * float(weight[o, i])
            dweight[o, i] += float(dy[example, o]) * float(x[example, i])
    return dx, dweight, _per_channel(dy) if bias is not None else None


def softmax(x):
    """Along the second axis of (N, C)."""
    y = np.zeros(x.shape)
    for example in range(len(x)):
        row = [float(v) for v in x[example]]
        powers = [exp(v - max(row)) for v in row]
        for i, power in enumerate(powers):
            y[example, i] = power / sum(powers)
    return y


def cross_entropy(x, target):
    """Mean over the examples of minus the logarithm of the target's softmax."""
    total = 0.0
    for row, label in zip(softmax(x), target, strict=True):
        total -= log(row[label])
    return total / len(x)


def batch_norm(x, weight, bias, eps=1e-5):
    """Each channel with its own mean and (biased) variance over the examples and places."""
    y = np.zeros(x.shape)
    for c in range(x.shape[1]):
        own = [i for i in cells(x.shape) if i[1] == c]
        mean = sum(float(x[i]) for i in own) / len(own)
        variance = sum((float(x[i]) - mean) ** 2 for i in own) / len(own)
        for i in own:
            y[i] = (float(x[i]) - mean) / sqrt(variance + eps) * float(weight[c]) + float(bias[c])
    return y


# Any gradient, from values alone


def numeric_vjp(f, dy, x, step=1e-6):
    """The gradient of ``sum(dy * f(x))`` by central differences, one cell at a time."""
    dx = np.zeros(x.shape)
    for cell in cells(x.shape):
        ends = []
        for sign in (1, -1):
            moved = np.array(x, dtype=np.float64)
            moved[cell] += sign * step
            ends.append(sum(float(a) * float(b) for a, b in zip(np.ravel(dy), np.ravel(f(moved)), strict=True)))
        dx[cell] = (ends[0] - ends[1]) / (2 * step)
    return dx
