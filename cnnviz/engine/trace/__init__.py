"""How each number comes about: sequences of frozen steps that a scene, a quiz or a person can replay.

A trace derives its numbers for itself and never asks the operation, so that the two are witnesses for each other.
"""

from cnnviz.engine.trace.conv import ConvTrace, trace_conv
from cnnviz.engine.trace.conv_gradient import (
    BiasGradientStep,
    BiasGradientTrace,
    WeightGradientStep,
    WeightGradientTrace,
)
from cnnviz.engine.trace.conv_step import ConvStep
from cnnviz.engine.trace.conv_transpose import ConvTransposeStep, ConvTransposeTrace, trace_conv_transpose
from cnnviz.engine.trace.conv_vjp import ConvVjpStep, ConvVjpTrace, trace_conv_vjp
from cnnviz.engine.trace.gather import GatherStep, GatherTrace
from cnnviz.engine.trace.linear import LinearStep, LinearTrace, trace_linear
from cnnviz.engine.trace.max_unpool import MaxUnpoolStep, MaxUnpoolTrace, trace_max_unpool
from cnnviz.engine.trace.pool import PoolTrace, trace_pool
from cnnviz.engine.trace.pool_step import PoolStep
from cnnviz.engine.trace.pool_vjp import PoolVjpStep, PoolVjpTrace, trace_pool_vjp
from cnnviz.engine.trace.sequence import Excerpt, Trace
from cnnviz.engine.trace.step import Step

__all__ = [
    "BiasGradientStep",
    "BiasGradientTrace",
    "ConvStep",
    "ConvTrace",
    "ConvTransposeStep",
    "ConvTransposeTrace",
    "ConvVjpStep",
    "ConvVjpTrace",
    "Excerpt",
    "GatherStep",
    "GatherTrace",
    "LinearStep",
    "LinearTrace",
    "MaxUnpoolStep",
    "MaxUnpoolTrace",
    "PoolStep",
    "PoolTrace",
    "PoolVjpStep",
    "PoolVjpTrace",
    "Step",
    "Trace",
    "WeightGradientStep",
    "WeightGradientTrace",
    "trace_conv",
    "trace_conv_transpose",
    "trace_conv_vjp",
    "trace_linear",
    "trace_max_unpool",
    "trace_pool",
    "trace_pool_vjp",
]
