"""How many of PyTorch's own samples are expected to agree, to be refused on purpose, and to raise, by operation."""

F = "nn.functional."

AGREE = {
    F + "conv1d": 10,
    F + "conv2d": 30,
    F + "conv3d": 20,
    F + "conv_transpose1d": 10,
    F + "conv_transpose2d": 12,
    F + "conv_transpose3d": 10,
    F + "max_pool1d": 864,
    F + "max_pool2d": 1440,
    F + "max_pool3d": 576,
    "max_pool2d_with_indices_backward": 1440,
    F + "avg_pool1d": 9,
    F + "avg_pool2d": 7,
    F + "avg_pool3d": 8,
    F + "adaptive_avg_pool1d": 6,
    F + "adaptive_avg_pool2d": 10,
    F + "adaptive_avg_pool3d": 12,
    F + "adaptive_max_pool1d": 8,
    F + "adaptive_max_pool2d": 24,
    F + "adaptive_max_pool3d": 20,
    F + "linear": 18,
    "flatten": 45,
    F + "dropout": 19,
    F + "batch_norm": 10,
    F + "batch_norm without_cudnn": 10,
    F + "layer_norm": 6,
    "native_layer_norm": 20,
    F + "local_response_norm": 11,
    F + "cross_entropy": 21,
    F + "mse_loss": 6,
    F + "relu": 41,
    F + "leaky_relu": 9,
    F + "elu": 39,
    F + "gelu": 8,
    "sigmoid": 39,
    "tanh": 35,
    F + "softplus": 39,
    "softmax": 7,
    "softmax with_dtype": 7,
    "log_softmax": 7,
    "log_softmax with_dtype": 7,
}
"""Values."""

REFUSED = {
    F + "batch_norm": 2,
    F + "batch_norm without_cudnn": 2,
}
"""Samples without cells, which PyTorch takes and we do not."""

RAISE = {
    F + "conv1d": 10,
    F + "conv2d": 10,
    F + "conv3d": 10,
    F + "max_pool1d": 36,
    F + "max_pool2d": 11,
    F + "max_pool3d": 11,
    F + "avg_pool1d": 4,
    F + "avg_pool2d": 9,
    F + "avg_pool3d": 11,
    F + "adaptive_avg_pool1d": 2,
    F + "adaptive_avg_pool2d": 3,
    F + "adaptive_avg_pool3d": 3,
    F + "adaptive_max_pool1d": 2,
    F + "adaptive_max_pool2d": 3,
    F + "adaptive_max_pool3d": 3,
    "native_layer_norm": 4,
    F + "gelu": 1,
}
"""Inputs that PyTorch refuses. Some are refused for having no cells before their real fault is seen; these count again
with a cell where there was none, if PyTorch still refuses them."""

GRADIENTS = {
    **{name: count for name, count in AGREE.items() if name != "max_pool2d_with_indices_backward"},  # itself a gradient
    # Of functions cell by cell fewer samples are meant for gradients; and one without cells has none.
    F + "avg_pool1d": 8,
    F + "avg_pool3d": 7,
    F + "adaptive_avg_pool1d": 5,
    F + "adaptive_avg_pool3d": 11,
    "flatten": 6,
    F + "relu": 4,
    F + "elu": 2,
    "sigmoid": 2,
    "tanh": 1,
    F + "softplus": 2,
    F + "linear": 14,
    F + "layer_norm": 5,
    "native_layer_norm": 16,
    F + "local_response_norm": 10,
    "softmax": 6,
    "softmax with_dtype": 6,
    "log_softmax": 6,
    "log_softmax with_dtype": 6,
}
"""Samples whose gradients are checked."""
