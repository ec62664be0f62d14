"""Capsules; PyTorch has none, so the paper's formulas stand here in its words."""

import torch
from hypothesis import strategies as st

from tests.outside.call import Call
from tests.outside.drawn.drawing import Drawn, arrays, shapes, sizes


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
