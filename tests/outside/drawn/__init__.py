"""Drawn configurations of every operation, each with the same computation said in PyTorch.

A strategy yields a call of ours and a function of the same variables on tensors; nothing of the engine is used in the
second. Sizes, options and words are drawn by hypothesis, the numbers in the arrays from a drawn seed. Now and then they
are small whole numbers, so that maxima tie and corners are hit.
"""

import torch
from hypothesis import strategies as st
from torch.nn import functional as F  # noqa: N812

from tests.outside.drawn.blackboard import blackboard
from tests.outside.drawn.capsule import dynamic_routing, squash
from tests.outside.drawn.convolution import convolution, depthwise_separable, locally_connected
from tests.outside.drawn.drawing import positive
from tests.outside.drawn.layer import along, cell_by_cell, cross_entropy, dropout, flatten, linear, mse_loss
from tests.outside.drawn.norm import batch_norm, layer_norm, local_response_norm
from tests.outside.drawn.pooling import adaptive_pool, avg_pool, global_pool, lp_pool, max_pool, max_unpool
from tests.outside.drawn.transposed import transposed_convolution

OPERATIONS = {
    **{f"conv{n}d": convolution(n) for n in (1, 2, 3)},
    **{f"conv_transpose{n}d": transposed_convolution(n) for n in (1, 2, 3)},
    "depthwise_separable_conv2d": depthwise_separable(),
    "locally_connected2d": locally_connected(),
    **{name: blackboard(name) for name in ("correlate2d", "convolve2d")},
    **{f"max_pool{n}d": max_pool(n) for n in (1, 2, 3)},
    **{f"max_unpool{n}d": max_unpool(n) for n in (1, 2, 3)},
    **{f"avg_pool{n}d": avg_pool(n) for n in (1, 2, 3)},
    **{f"lp_pool{n}d": lp_pool(n) for n in (1, 2, 3)},
    **{f"adaptive_{kind}_pool{n}d": adaptive_pool(kind, n) for kind in ("avg", "max") for n in (1, 2, 3)},
    **{f"global_{kind}_pool": global_pool(kind) for kind in ("avg", "max")},
    "relu": cell_by_cell("relu", F.relu),
    "leaky_relu": cell_by_cell("leaky_relu", F.leaky_relu, ("negative_slope", st.floats(0.0, 2.0))),
    "elu": cell_by_cell("elu", F.elu, ("alpha", positive())),
    "gelu": cell_by_cell("gelu", F.gelu, ("approximate", st.sampled_from(("none", "tanh")))),
    "sigmoid": cell_by_cell("sigmoid", torch.sigmoid),
    "tanh": cell_by_cell("tanh", torch.tanh),
    "softplus": cell_by_cell("softplus", F.softplus, ("beta", positive()), ("threshold", positive(30.0))),
    "softmax": along("softmax"),
    "log_softmax": along("log_softmax"),
    "linear": linear(),
    "flatten": flatten(),
    "dropout": dropout(),
    "batch_norm": batch_norm(),
    "layer_norm": layer_norm(),
    "local_response_norm": local_response_norm(),
    "cross_entropy": cross_entropy(),
    "mse_loss": mse_loss(),
    "squash": squash(),
    "dynamic_routing": dynamic_routing(),
}
