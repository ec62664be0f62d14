"""How each number comes about: sequences of frozen steps that a scene, a quiz or a person can replay.

A trace derives its numbers for itself and never asks the operation, so that the two are witnesses for each other.
"""

from cnnviz.engine.trace.conv import ConvStep, ConvTrace, trace_conv
from cnnviz.engine.trace.pool import PoolStep, PoolTrace, trace_pool

__all__ = ["ConvStep", "ConvTrace", "PoolStep", "PoolTrace", "trace_conv", "trace_pool"]
