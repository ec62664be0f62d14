"""Functions cell by cell and along an axis, dense layers, dropout and losses."""

import numpy as np
import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from cnnviz import engine
from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, shapes, sizes

REDUCTIONS = st.sampled_from(("mean", "sum", "none"))


@st.composite
def cell_by_cell(draw, name, reference, *options):
    """``options``: pairs of a name and a strategy."""
    x = draw(arrays(draw(shapes())))
    x = np.asarray(x * draw(st.sampled_from((0.1, 1.0, 10.0))))
    words = {key: draw(values) for key, values in options}
    return Drawn(Call(name, (x,), words), lambda x: reference(x, **words))


@st.composite
def along(draw, name):
    shape = draw(shapes(1))
    dim = draw(st.integers(-len(shape), len(shape) - 1))
    x = draw(arrays(shape)) * draw(st.sampled_from((1.0, 1000.0)))
    return Drawn(Call(name, (x, dim)), lambda x: getattr(F, name)(x, dim))


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
