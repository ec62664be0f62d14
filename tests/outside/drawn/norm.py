"""Normalizations, with and without what scales and shifts them."""

import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, positive, shapes, sizes


def in_place_of(arrays, tensors):
    """The tensors in the places of the arrays that are there, None in those of the others."""
    tensors = iter(tensors)
    return [None if array is None else next(tensors) for array in arrays]


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

    def reference(x, *tensors):
        affine = in_place_of((weight, bias), tensors)
        known = [None if values is None else torch.tensor(values) for values in running]
        y = F.batch_norm(x, *known, *affine, training, momentum, eps)  # moves the running values in their place
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

    return Drawn(
        Call("layer_norm", (x, normed, weight, bias), {"eps": eps}),
        lambda x, *tensors: F.layer_norm(x, normed, *in_place_of((weight, bias), tensors), eps),
    )


@st.composite
def local_response_norm(draw):
    shape = (draw(sizes(1, 2)), draw(sizes(1, 7)), *(draw(sizes(1, 3)) for _ in range(draw(sizes(1, 3)))))
    size = draw(sizes(1, 6))
    options = {"alpha": draw(positive(2.0)), "beta": draw(positive(1.0)), "k": draw(positive(2.0))}
    return Drawn(
        Call("local_response_norm", (draw(arrays(shape)), size), options),
        lambda x: F.local_response_norm(x, size, **options),
    )
