"""Slide, multiply, sum: the 5 x 5 example for the blackboard, small enough to follow with a pencil."""

from typing import Any

from cnnviz.stage import ConvolutionLesson


class Slide(ConvolutionLesson):
    """A vertical-edge kernel on a 5 x 5 matrix of digits."""

    title = "Slide, multiply, sum"
    subtitle = "one window at a time"
    closing = "That is a convolution: one small kernel on every window, multiplied cell by cell and added up."

    def __init__(self, *args: Any, image: str = "blackboard", kernel: str = "edge-x", **options: Any) -> None:
        super().__init__(*args, image=image, kernel=kernel, **options)
