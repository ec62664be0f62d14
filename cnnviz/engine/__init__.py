"""Plain functions on numpy arrays: convolutions, poolings, gradients, sizes; the numbers everything else shows.

Arrays are ``(N, C, *spatial)``, float32 or float64 in and the same out. Importing this loads numpy and nothing else.
"""

from cnnviz.engine.shapes import macs, output_shape, parameter_count, same_padding
from cnnviz.engine.trace import trace_conv, trace_pool

__all__ = ["macs", "output_shape", "parameter_count", "same_padding", "trace_conv", "trace_pool"]
