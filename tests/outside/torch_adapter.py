"""PyTorch's functions said in calls to the engine.

`translate` takes an operation's name in PyTorch's own list of test samples and the arguments of a sample. What PyTorch
allows and the engine spells differently is brought into the engine's form here: an example without a batch axis gets
one, a tuple with one entry stands for all axes, an empty stride for the kernel's size.
"""

from dataclasses import dataclass

import numpy as np
import torch

from tests.outside.call import Call


@dataclass(frozen=True)
class Sample:
    call: Call
    lone: bool = False
    """The sample is one example; the call got a batch of one."""

    def value(self):
        y = self.call.value()
        if not self.lone:
            return y
        return tuple(part[0] for part in y) if isinstance(y, tuple) else y[0]


@dataclass(frozen=True)
class OfOnes(Sample):
    """Not the value but the gradient of the first argument, where every output's is one."""

    def value(self):
        y = self.call.value()
        dx = self.call.gradients(np.ones_like(y[0] if isinstance(y, tuple) else y))[0]
        return dx[0] if self.lone else dx


class Ours(torch.autograd.Function):
    """An engine operation with its own gradient as a function that PyTorch can differentiate."""

    @staticmethod
    def forward(ctx, sample: Sample, *tensors):
        ctx.sample = sample
        ctx.save_for_backward(*tensors)
        y = _with(sample, tensors).value()
        return torch.from_numpy(np.array(y[0] if isinstance(y, tuple) else y))

    @staticmethod
    def backward(ctx, dy):
        sample = _with(ctx.sample, ctx.saved_tensors)
        dy = dy.detach().numpy()
        gradients = sample.call.gradients(dy[None] if sample.lone else dy)
        if sample.lone:
            gradients[0] = gradients[0][0]
        return None, *(torch.from_numpy(np.array(gradient)) for gradient in gradients)


def _with(sample: Sample, tensors) -> Sample:
    arrays = [tensor.detach().numpy() for tensor in tensors]
    if sample.lone:
        arrays[0] = arrays[0][None]
    return Sample(sample.call.at(arrays), sample.lone)


def variables(sample: Sample) -> list[torch.Tensor]:
    """The arrays of a sample that have gradients, as leaves for PyTorch."""
    arrays = [sample.call.args[place] for place in sample.call.variables]
    if sample.lone:
        arrays[0] = arrays[0][0]
    return [torch.tensor(array, requires_grad=True) for array in arrays]


def translate(name: str, x: torch.Tensor, args, kwargs) -> Sample:
    """Say one sample of PyTorch's list as a call of ours."""
    made = TRANSLATIONS[name](*map(_numpy, (x, *args)), **{key: _numpy(value) for key, value in kwargs.items()})
    return made if isinstance(made, Sample) else Sample(made)


def _numpy(value):
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().resolve_conj().resolve_neg().numpy()


def _batched(x, axes, op, *rest, **options) -> Sample:
    """A sample whose input may come without the batch axis."""
    lone = x.ndim == axes + 1
    for word in ("stride", "padding", "dilation", "output_padding"):
        if word in options:
            options[word] = _each(options[word], axes)
    return Sample(Call(op, (x[None] if lone else x, *rest), options), lone)


def _each(value, axes):
    return value[0] if isinstance(value, (tuple, list)) and len(value) == 1 and axes > 1 else value


def _conv(axes):
    def conv(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
        return _batched(x, axes, f"conv{axes}d", weight, bias, stride=stride, padding=padding, dilation=dilation,
                        groups=groups)  # fmt: skip

    return conv


def _conv_transpose(axes):
    def conv(x, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
        return _batched(x, axes, f"conv_transpose{axes}d", weight, bias, stride=stride, padding=padding,
                        output_padding=output_padding, groups=groups, dilation=dilation)  # fmt: skip

    return conv


def _max_pool(axes):
    def pool(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
        return _batched(x, axes, f"max_pool{axes}d", _each(kernel_size, axes), stride=stride, padding=padding,
                        dilation=dilation, ceil_mode=ceil_mode, return_indices=return_indices)  # fmt: skip

    return pool


def _max_pool2d_backward(x, **options):
    sample = _max_pool(2)(x, **options)
    return OfOnes(sample.call, sample.lone)


def _avg_pool(axes):
    def pool(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        options = {} if divisor_override is None else {"divisor_override": divisor_override}
        return _batched(x, axes, f"avg_pool{axes}d", _each(kernel_size, axes), stride=stride or None, padding=padding,
                        ceil_mode=ceil_mode, count_include_pad=count_include_pad, **options)  # fmt: skip

    return pool


def _adaptive_pool(kind, axes):
    def pool(x, output_size, return_indices=None):
        options = {} if return_indices is None else {"return_indices": return_indices}
        return _batched(x, axes, f"adaptive_{kind}_pool{axes}d", output_size, **options)

    return pool


def _batch_norm(x, mean, variance, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    return Call("batch_norm", (x, mean, variance, weight, bias), {"training": training, "eps": eps}, constant=(1, 2))


def _cross_entropy(x, target, weight=None, reduction="mean", ignore_index=-100, label_smoothing=0.0):
    options = {"reduction": reduction, "ignore_index": ignore_index, "label_smoothing": label_smoothing}
    return Call("cross_entropy", (x, target, weight), options)


F = "nn.functional."
TRANSLATIONS = {
    F + "conv1d": _conv(1),
    F + "conv2d": _conv(2),
    F + "conv3d": _conv(3),
    F + "conv_transpose1d": _conv_transpose(1),
    F + "conv_transpose2d": _conv_transpose(2),
    F + "conv_transpose3d": _conv_transpose(3),
    F + "max_pool1d": _max_pool(1),
    F + "max_pool2d": _max_pool(2),
    F + "max_pool3d": _max_pool(3),
    "max_pool2d_with_indices_backward": _max_pool2d_backward,
    F + "avg_pool1d": _avg_pool(1),
    F + "avg_pool2d": _avg_pool(2),
    F + "avg_pool3d": _avg_pool(3),
    F + "adaptive_avg_pool1d": _adaptive_pool("avg", 1),
    F + "adaptive_avg_pool2d": _adaptive_pool("avg", 2),
    F + "adaptive_avg_pool3d": _adaptive_pool("avg", 3),
    F + "adaptive_max_pool1d": _adaptive_pool("max", 1),
    F + "adaptive_max_pool2d": _adaptive_pool("max", 2),
    F + "adaptive_max_pool3d": _adaptive_pool("max", 3),
    F + "linear": lambda x, weight, bias=None: Call("linear", (x, weight, bias)),
    "flatten": lambda x, start_dim=0, end_dim=-1: Call("flatten", (x, start_dim, end_dim)),
    F + "dropout": lambda x, p=0.5, training=True: Call("dropout", (x, p), {"training": training, "seed": 0}),
    F + "batch_norm": _batch_norm,
    F + "layer_norm": lambda x, shape, weight=None, bias=None, eps=1e-5: Call(
        "layer_norm", (x, shape, weight, bias), {"eps": eps}
    ),
    "native_layer_norm": lambda x, shape, weight, bias, eps: Call("layer_norm", (x, shape, weight, bias), {"eps": eps}),
    F + "local_response_norm": lambda x, size, **options: Call("local_response_norm", (x, size), options),
    F + "cross_entropy": _cross_entropy,
    F + "mse_loss": lambda x, target, reduction="mean": Call("mse_loss", (x, target), {"reduction": reduction}),
    F + "relu": lambda x, **_: Call("relu", (x,)),
    F + "leaky_relu": lambda x, negative_slope=0.01, **_: Call("leaky_relu", (x, negative_slope)),
    F + "elu": lambda x, alpha=1.0, **_: Call("elu", (x, alpha)),
    F + "gelu": lambda x, approximate="none": Call("gelu", (x, approximate)),
    "sigmoid": lambda x: Call("sigmoid", (x,)),
    "tanh": lambda x: Call("tanh", (x,)),
    F + "softplus": lambda x, beta=1, threshold=20: Call("softplus", (x, beta, threshold)),
    "softmax": lambda x, dim, **_: Call("softmax", (x, dim)),
    "log_softmax": lambda x, dim, **_: Call("log_softmax", (x, dim)),
}
