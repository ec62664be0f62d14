"""Transposed convolutions over one to three axes."""

from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, each, sizes, spread


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
