"""A real digit through the trained network, every layer's real numbers, to the prediction; and one it gets wrong."""

from cnnviz.stage import ForwardLesson


class ForwardPass(ForwardLesson):
    """One held-out digit, followed number by number."""
