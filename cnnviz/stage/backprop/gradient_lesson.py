"""What the lessons on the two gradients of a convolution have in common: their options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cnnviz.stage.backprop.lesson import SharesLesson
from cnnviz.stage.backprop.subject import BackpropSubject


class GradientLesson(SharesLesson):
    """A lesson on what flows back through one convolution.

    Options beside those of `Lesson` are those of `BackpropSubject.from_options`.
    """

    chapter = "7 · Backpropagation"

    def __init__(
        self,
        *args: Any,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        stride: int | tuple[int, int] = 1,
        padding: Any = 0,
        padding_mode: str = "zeros",
        dilation: int | tuple[int, int] = 1,
        dy: str = "sum",
        **kwargs: Any,
    ) -> None:
        self.subject = BackpropSubject.from_options(image, kernel, size, stride, padding, padding_mode, dilation, dy)
        super().__init__(*args, **kwargs)
