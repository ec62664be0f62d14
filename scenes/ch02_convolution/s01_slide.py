"""Slide, multiply, sum: the 5 x 5 example for the blackboard, small enough to follow with a pencil."""

from cnnviz import subjects
from cnnviz.stage import Convolving


class Slide(
    Convolving,
    subject=subjects.Convolution,
    image="blackboard",
    kernel="edge-x",
    takeaway="A convolution lays the same small kernel on every window, multiplies cell by cell and adds up.",
    concepts=("convolution", "kernel", "window", "feature map"),
    seconds=27,
):
    """A vertical-edge kernel on a 5 x 5 matrix of digits."""

    title = "Slide, multiply, sum"
    subtitle = "one window at a time"
    closing = "One small kernel on every window, multiplied cell by cell, added up: a convolution."
