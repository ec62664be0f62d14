"""A convolution on a real handwritten digit, with the real numbers."""

from cnnviz.stage import ConvolutionLesson


class RealDigit(ConvolutionLesson):
    """What an edge kernel sees in a digit that somebody wrote."""
