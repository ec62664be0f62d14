"""Convolutions over one to three axes, with every way of writing their padding."""

from dataclasses import dataclass

import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, each, sizes, spread

MODES = {
    "zeros": "constant",
    "replicate": "replicate",
    "extend": "replicate",
    "reflect": "reflect",
    "circular": "circular",
}
"""The engine's padding modes, and PyTorch's."""


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
