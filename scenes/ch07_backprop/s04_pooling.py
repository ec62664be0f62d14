"""Gradients on their way back through pooling: to the winner, or in equal shares that add up."""

from cnnviz.stage import PoolingGradientLesson


class PoolingGradient(PoolingGradientLesson):
    """The same gradient through max and average pooling, with a tie and overlapping windows."""
