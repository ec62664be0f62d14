"""ONNX operators said in calls to the engine, each operation looked up by name at the moment of the call."""

from math import prod

import numpy as np

from cnnviz import engine


class NotOursError(Exception):
    """The case asks for something that the engine does not have."""


# Windows


def _axes(x) -> int:
    if not 1 <= x.ndim - 2 <= 3:
        raise NotOursError(f"{x.ndim - 2} spatial axes")
    return x.ndim - 2


def _window(x, kernel, strides, pads, dilations, auto_pad):
    """Stride, padding pairs and dilation, one for each axis."""
    n = _axes(x)
    stride, dilation = tuple(strides or (1,) * n), tuple(dilations or (1,) * n)
    if auto_pad in (b"SAME_UPPER", b"SAME_LOWER"):
        extra = "after" if auto_pad == b"SAME_UPPER" else "before"
        return stride, engine.same_padding(x.shape[2:], kernel, stride=stride, dilation=dilation, extra=extra), dilation
    pads = pads or (0,) * (2 * n)
    return stride, tuple(zip(pads[:n], pads[n:], strict=True)), dilation


def _conv(x, weight, bias=None, *, kernel_shape=None, strides=None, pads=None, dilations=None, group=1, auto_pad=b"",
          **_):  # fmt: skip
    stride, padding, dilation = _window(x, weight.shape[2:], strides, pads, dilations, auto_pad)
    conv = getattr(engine, f"conv{_axes(x)}d")
    return conv(x, weight, bias, stride=stride, padding=padding, dilation=dilation, groups=group)


def _conv_transpose(x, weight, bias=None, *, strides=None, pads=None, dilations=None, group=1, auto_pad=b"",
                    output_padding=None, output_shape=None, **_):  # fmt: skip
    n = _axes(x)
    kernel = weight.shape[2:]
    stride, padding, dilation = _window(x, kernel, strides, pads, dilations, b"")
    output_padding = tuple(output_padding or (0,) * n)
    if output_shape or auto_pad in (b"SAME_UPPER", b"SAME_LOWER"):
        out = output_shape or [size * s for size, s in zip(x.shape[2:], stride, strict=True)]
        axes = zip(x.shape[2:], kernel, stride, dilation, output_padding, out, strict=True)
        cuts = (_cut(*axis, before=auto_pad == b"SAME_LOWER") for axis in axes)
        padding, output_padding = zip(*cuts, strict=True)
    conv = getattr(engine, f"conv_transpose{n}d")
    return conv(
        x, weight, bias, stride=stride, padding=padding, output_padding=output_padding, groups=group, dilation=dilation
    )


def _cut(size, kernel, stride, dilation, extra, wanted, *, before):
    """What to cut off, or to add after, so that the output has the wanted size: (padding pair, output padding)."""
    total = (size - 1) * stride + extra + (kernel - 1) * dilation + 1 - wanted
    if total < 0:
        return (0, 0), extra - total
    small, large = total // 2, total - total // 2
    return ((large, small) if before else (small, large)), extra


def _pool(
    name, x, *leading, kernel_shape, strides=None, pads=None, dilations=None, auto_pad=b"", ceil_mode=0, **options
):
    stride, padding, dilation = _window(x, kernel_shape, strides, pads, dilations, auto_pad)
    pool = getattr(engine, f"{name}{_axes(x)}d")
    options |= {"padding": padding, "dilation": dilation, "ceil_mode": bool(ceil_mode)}
    return pool(x, *leading, tuple(kernel_shape), stride, **options)


def _max_pool(x, *, storage_order=0, version, wanted, **attributes):
    if wanted == 1:
        return _pool("max_pool", x, **attributes)
    # Ours counts places within one plane, row by row; ONNX over the whole array, in either order.
    maxima, place = _pool("max_pool", x, return_indices=True, **attributes)
    if storage_order:
        place = np.ravel_multi_index(np.unravel_index(place, x.shape[2:])[::-1], x.shape[:1:-1])
    planes = np.arange(x.shape[0] * x.shape[1]).reshape(x.shape[:2] + (1,) * _axes(x))
    return maxima, planes * prod(x.shape[2:]) + place


def _average_pool(x, *, count_include_pad=0, version, wanted, **attributes):
    return _pool("avg_pool", x, count_include_pad=bool(count_include_pad), **attributes)


def _lp_pool(x, *, p=2, version, wanted, **attributes):
    return _pool("lp_pool", x, p, **attributes)


# Dense layers, norms, losses


def _gemm(a, b, c=None, *, alpha=1.0, beta=1.0, transA=0, transB=0, **_):
    a = np.asarray(alpha, a.dtype) * (a.T if transA else a)
    weight = b if transB else b.T
    if c is None:
        return engine.linear(a, weight)
    c = np.asarray(beta, a.dtype) * c
    if c.ndim == 2 and c.shape[0] > 1:  # a matrix of biases: one for each row is not a layer's
        return engine.linear(a, weight) + c
    return engine.linear(a, weight, np.broadcast_to(c.reshape(-1), len(weight)))


def _flatten(x, *, axis=1, **_):
    axis %= x.ndim + (axis == x.ndim)
    # Two axes come out: everything before `axis`, and the rest; ours joins a run of axes that exist.
    front = x[None] if axis == 0 else engine.flatten(x, 0, axis - 1)
    return front[..., None] if axis == x.ndim else engine.flatten(front, 1, -1)


def _dropout(x, ratio=None, training=None, *, wanted, seed=None, version, **attributes):
    ratio = float(attributes.get("ratio", 0.5) if ratio is None else ratio)
    training = bool(training)
    if training and ratio:
        raise NotOursError("a stream of random numbers")
    y = engine.dropout(x, ratio, training=training)
    return (y, np.ones(x.shape, bool))[:wanted]


def _batch_norm(x, weight, bias, mean, variance, *, epsilon=1e-5, momentum=0.9, training_mode=0, **_):
    if not training_mode:
        return engine.batch_norm(x, mean, variance, weight, bias, eps=epsilon)
    result = engine.batch_norm(x, mean, variance, weight, bias, True, 1 - momentum, epsilon, return_stats=True)
    return result[:2]  # the running variance is PyTorch's: divided by the count less one


def _layer_norm(x, weight, bias=None, *, axis=-1, epsilon=1e-5, **_):
    return engine.layer_norm(x, x.shape[axis % x.ndim :], weight, bias, eps=epsilon)


def _local_response_norm(x, *, size, alpha=1e-4, beta=0.75, bias=1.0, **_):
    return engine.local_response_norm(x, size, alpha=alpha, beta=beta, k=bias)


def _softmax(name):
    def along(x, *, axis=None, version, **_):
        if version >= 13:
            return getattr(engine, name)(x, -1 if axis is None else axis)
        axis = (1 if axis is None else axis) % x.ndim  # once, everything from `axis` on was one axis
        return getattr(engine, name)(x.reshape(prod(x.shape[:axis]), -1), 1).reshape(x.shape)

    return along


def _cross_entropy(x, target, weight=None, *, reduction=b"mean", ignore_index=None, wanted, **_):
    options = {} if ignore_index is None else {"ignore_index": ignore_index}
    loss = engine.cross_entropy(x, target, weight, reduction=reduction.decode(), **options)
    return (loss, engine.log_softmax(x, 1)) if wanted > 1 else loss


def _cell_by_cell(name, **renamed):
    def op(x, *, version, wanted, **attributes):
        words = {ours: attributes[theirs] for theirs, ours in renamed.items() if theirs in attributes}
        return getattr(engine, name)(x, **{k: v.decode() if isinstance(v, bytes) else v for k, v in words.items()})

    return op


OPERATORS = {
    "AveragePool": _average_pool,
    "BatchNormalization": _batch_norm,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Dropout": _dropout,
    "Elu": _cell_by_cell("elu", alpha="alpha"),
    "Flatten": _flatten,
    "Gelu": _cell_by_cell("gelu", approximate="approximate"),
    "Gemm": _gemm,
    "GlobalAveragePool": _cell_by_cell("global_avg_pool"),
    "GlobalMaxPool": _cell_by_cell("global_max_pool"),
    "LRN": _local_response_norm,
    "LayerNormalization": _layer_norm,
    "LeakyRelu": _cell_by_cell("leaky_relu", alpha="negative_slope"),
    "LogSoftmax": _softmax("log_softmax"),
    "LpPool": _lp_pool,
    "MaxPool": _max_pool,
    "Relu": _cell_by_cell("relu"),
    "Sigmoid": _cell_by_cell("sigmoid"),
    "Softmax": _softmax("softmax"),
    "SoftmaxCrossEntropyLoss": _cross_entropy,
    "Softplus": _cell_by_cell("softplus"),
    "Tanh": _cell_by_cell("tanh"),
}
