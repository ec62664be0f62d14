"""Correlation and convolution of plain pictures."""

import numpy as np
import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, sizes

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
