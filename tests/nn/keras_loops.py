"""What layers of Keras compute, in nested loops over its own arrays: rows, columns, channels last.

The rule of ``same`` is TensorFlow's: ``ceil(size / stride)`` windows, and of the cells that they need beyond the map
half, rounded down, lie before it. A transposed convolution is the way back of the convolution that would read its
output.
"""

from math import ceil, inf, sqrt

import numpy as np


def before(size, kernel, stride, dilation=1):
    """Cells of ``same`` before the first cell of a map."""
    reach = (ceil(size / stride) - 1) * stride + (kernel - 1) * dilation + 1
    return max(reach - size, 0) // 2


def windows(size, kernel, stride, padding, dilation=1):
    """For each window, which cell of the map lies under each cell of the kernel; some lie outside."""
    first = before(size, kernel, stride, dilation) if padding == "same" else 0
    count = ceil(size / stride) if padding == "same" else (size - (kernel - 1) * dilation - 1) // stride + 1
    return [[i * stride + m * dilation - first for m in range(kernel)] for i in range(count)]


def both(x, kernel, stride, padding, dilation=1):
    """Give each window as its place and its pairs of cell and kernel cell inside the map."""
    rows, columns = (windows(n, kernel, stride, padding, dilation) for n in x.shape[:2])
    for i, down in enumerate(rows):
        for j, across in enumerate(columns):
            yield (
                (i, j),
                [
                    ((r, c), (m, n))
                    for m, r in enumerate(down)
                    for n, c in enumerate(across)
                    if 0 <= r < x.shape[0] and 0 <= c < x.shape[1]
                ],
            )


def conv(x, kernel, bias, stride, padding, dilation=1):
    y = {}
    for place, cells in both(x, len(kernel), stride, padding, dilation):
        for o in range(kernel.shape[3]):
            y[*place, o] = bias[o] + sum(
                x[*cell, i] * kernel[*tap, i, o] for cell, tap in cells for i in range(kernel.shape[2])
            )
    return filled(y)


def depthwise(x, kernel, bias, stride, padding):
    y = {}
    for place, cells in both(x, len(kernel), stride, padding):
        for i in range(kernel.shape[2]):
            for m in range(kernel.shape[3]):
                o = i * kernel.shape[3] + m
                y[*place, o] = bias[o] + sum(x[*cell, i] * kernel[*tap, i, m] for cell, tap in cells)
    return filled(y)


def conv_transpose(x, kernel, bias, stride, padding):
    """Stamp the kernel, whose last two axes are out and in; of ``valid`` the longer one of kernel and stride counts."""
    size = len(kernel)
    sides = [n * stride if padding == "same" else n * stride + max(size - stride, 0) for n in x.shape[:2]]
    first = [before(n, size, stride) if padding == "same" else 0 for n in sides]
    y = np.zeros((*sides, kernel.shape[2])) + bias
    for i, j, c in np.ndindex(x.shape):
        for m, n, o in np.ndindex(size, size, kernel.shape[2]):
            r, s = i * stride + m - first[0], j * stride + n - first[1]
            if 0 <= r < sides[0] and 0 <= s < sides[1]:
                y[r, s, o] += x[i, j, c] * kernel[m, n, o, c]
    return y


def max_pool(x, size, stride, padding):
    y = {}
    for place, cells in both(x, size, stride, padding):
        for c in range(x.shape[2]):
            y[*place, c] = max([x[*cell, c] for cell, _ in cells], default=-inf)
    return filled(y)


def avg_pool(x, size, stride, padding):
    """Average the cells of the map alone."""
    y = {}
    for place, cells in both(x, size, stride, padding):
        for c in range(x.shape[2]):
            y[*place, c] = sum(x[*cell, c] for cell, _ in cells) / len(cells)
    return filled(y)


def batch_norm(x, gamma, beta, mean, variance, epsilon):
    y = np.empty(x.shape)
    for i, j, c in np.ndindex(x.shape):
        y[i, j, c] = gamma[c] * (x[i, j, c] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]
    return y


def dense(x, kernel, bias):
    return np.array([bias[o] + sum(v * kernel[i, o] for i, v in enumerate(x)) for o in range(len(bias))])


def filled(cells):
    y = np.empty(np.array(list(cells)).max(0) + 1)
    for place, value in cells.items():
        y[place] = value
    return y
