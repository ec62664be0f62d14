"""Plain functions on numpy arrays: convolutions, poolings, gradients, sizes; the numbers everything else shows.

Arrays are ``(N, C, *spatial)``, float32 or float64 in and the same out. Importing this loads numpy and nothing else.
"""

from cnnviz.engine.effective_receptive_field import effective_receptive_field
from cnnviz.engine.frequency import frequency_response, high_pass, low_pass, spectrum
from cnnviz.engine.gradcheck import GradientError, gradcheck
from cnnviz.engine.layer_spec import LayerSpec
from cnnviz.engine.ops.activation import (
    elu,
    elu_vjp,
    leaky_relu,
    leaky_relu_vjp,
    relu,
    relu_vjp,
    sigmoid,
    sigmoid_vjp,
    softplus,
    softplus_vjp,
    tanh,
    tanh_vjp,
)
from cnnviz.engine.ops.batch_norm import batch_norm, batch_norm_vjp
from cnnviz.engine.ops.blackboard import convolve2d, convolve2d_vjp, correlate2d, correlate2d_vjp
from cnnviz.engine.ops.capsule import dynamic_routing, dynamic_routing_vjp, squash, squash_vjp
from cnnviz.engine.ops.conv import conv1d, conv2d, conv3d
from cnnviz.engine.ops.conv_transpose import conv_transpose1d, conv_transpose2d, conv_transpose3d
from cnnviz.engine.ops.conv_transpose_vjp import conv_transpose1d_vjp, conv_transpose2d_vjp, conv_transpose3d_vjp
from cnnviz.engine.ops.conv_vjp import conv1d_vjp, conv2d_vjp, conv3d_vjp
from cnnviz.engine.ops.cross_entropy import cross_entropy, cross_entropy_vjp
from cnnviz.engine.ops.dropout import dropout, dropout_vjp
from cnnviz.engine.ops.gelu import gelu, gelu_vjp
from cnnviz.engine.ops.layer_norm import layer_norm, layer_norm_vjp
from cnnviz.engine.ops.linear import flatten, flatten_vjp, linear, linear_vjp
from cnnviz.engine.ops.local import locally_connected2d, locally_connected2d_vjp
from cnnviz.engine.ops.local_response_norm import local_response_norm, local_response_norm_vjp
from cnnviz.engine.ops.max_unpool import (
    max_unpool1d,
    max_unpool1d_vjp,
    max_unpool2d,
    max_unpool2d_vjp,
    max_unpool3d,
    max_unpool3d_vjp,
)
from cnnviz.engine.ops.mse_loss import mse_loss, mse_loss_vjp
from cnnviz.engine.ops.pool_adaptive import (
    adaptive_avg_pool1d,
    adaptive_avg_pool1d_vjp,
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_vjp,
    adaptive_avg_pool3d,
    adaptive_avg_pool3d_vjp,
    adaptive_max_pool1d,
    adaptive_max_pool1d_vjp,
    adaptive_max_pool2d,
    adaptive_max_pool2d_vjp,
    adaptive_max_pool3d,
    adaptive_max_pool3d_vjp,
)
from cnnviz.engine.ops.pool_avg import (
    avg_pool1d,
    avg_pool1d_vjp,
    avg_pool2d,
    avg_pool2d_vjp,
    avg_pool3d,
    avg_pool3d_vjp,
)
from cnnviz.engine.ops.pool_global import global_avg_pool, global_avg_pool_vjp, global_max_pool, global_max_pool_vjp
from cnnviz.engine.ops.pool_lp import lp_pool1d, lp_pool1d_vjp, lp_pool2d, lp_pool2d_vjp, lp_pool3d, lp_pool3d_vjp
from cnnviz.engine.ops.pool_max import (
    max_pool1d,
    max_pool1d_vjp,
    max_pool2d,
    max_pool2d_vjp,
    max_pool3d,
    max_pool3d_vjp,
)
from cnnviz.engine.ops.separable import depthwise_separable_conv2d, depthwise_separable_conv2d_vjp
from cnnviz.engine.ops.softmax import log_softmax, log_softmax_vjp, softmax, softmax_vjp
from cnnviz.engine.receptive_field import ReceptiveField, receptive_field
from cnnviz.engine.shapes import macs, output_shape, parameter_count, same_padding
from cnnviz.engine.trace import (
    trace_conv,
    trace_conv_transpose,
    trace_conv_vjp,
    trace_linear,
    trace_max_unpool,
    trace_pool,
    trace_pool_vjp,
)

__all__ = [
    "GradientError",
    "LayerSpec",
    "ReceptiveField",
    "adaptive_avg_pool1d",
    "adaptive_avg_pool1d_vjp",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_vjp",
    "adaptive_avg_pool3d",
    "adaptive_avg_pool3d_vjp",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_vjp",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_vjp",
    "adaptive_max_pool3d",
    "adaptive_max_pool3d_vjp",
    "avg_pool1d",
    "avg_pool1d_vjp",
    "avg_pool2d",
    "avg_pool2d_vjp",
    "avg_pool3d",
    "avg_pool3d_vjp",
    "batch_norm",
    "batch_norm_vjp",
    "conv1d",
    "conv1d_vjp",
    "conv2d",
    "conv2d_vjp",
    "conv3d",
    "conv3d_vjp",
    "conv_transpose1d",
    "conv_transpose1d_vjp",
    "conv_transpose2d",
    "conv_transpose2d_vjp",
    "conv_transpose3d",
    "conv_transpose3d_vjp",
    "convolve2d",
    "convolve2d_vjp",
    "correlate2d",
    "correlate2d_vjp",
    "cross_entropy",
    "cross_entropy_vjp",
    "depthwise_separable_conv2d",
    "depthwise_separable_conv2d_vjp",
    "dropout",
    "dropout_vjp",
    "dynamic_routing",
    "dynamic_routing_vjp",
    "effective_receptive_field",
    "elu",
    "elu_vjp",
    "flatten",
    "flatten_vjp",
    "frequency_response",
    "gelu",
    "gelu_vjp",
    "global_avg_pool",
    "global_avg_pool_vjp",
    "global_max_pool",
    "global_max_pool_vjp",
    "gradcheck",
    "high_pass",
    "layer_norm",
    "layer_norm_vjp",
    "leaky_relu",
    "leaky_relu_vjp",
    "linear",
    "linear_vjp",
    "local_response_norm",
    "local_response_norm_vjp",
    "locally_connected2d",
    "locally_connected2d_vjp",
    "log_softmax",
    "log_softmax_vjp",
    "low_pass",
    "lp_pool1d",
    "lp_pool1d_vjp",
    "lp_pool2d",
    "lp_pool2d_vjp",
    "lp_pool3d",
    "lp_pool3d_vjp",
    "macs",
    "max_pool1d",
    "max_pool1d_vjp",
    "max_pool2d",
    "max_pool2d_vjp",
    "max_pool3d",
    "max_pool3d_vjp",
    "max_unpool1d",
    "max_unpool1d_vjp",
    "max_unpool2d",
    "max_unpool2d_vjp",
    "max_unpool3d",
    "max_unpool3d_vjp",
    "mse_loss",
    "mse_loss_vjp",
    "output_shape",
    "parameter_count",
    "receptive_field",
    "relu",
    "relu_vjp",
    "same_padding",
    "sigmoid",
    "sigmoid_vjp",
    "softmax",
    "softmax_vjp",
    "softplus",
    "softplus_vjp",
    "spectrum",
    "squash",
    "squash_vjp",
    "tanh",
    "tanh_vjp",
    "trace_conv",
    "trace_conv_transpose",
    "trace_conv_vjp",
    "trace_linear",
    "trace_max_unpool",
    "trace_pool",
    "trace_pool_vjp",
]
