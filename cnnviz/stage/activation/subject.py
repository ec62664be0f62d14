"""What an activation lesson is about: the feature map of a real convolution, before and after ReLU.

Made from what a user types, checked before anything heavy is loaded; the scene and the command line share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import relu
from cnnviz.stage.conv.subject import ConvSubject


@dataclass(frozen=True)
class ActivationSubject:
    """A convolution, its feature map and what ReLU makes of it, both of shape (H, W).

    Examples
    --------
    >>> subject = ActivationSubject.from_options("blackboard", "edge-x")
    >>> subject.before[1], subject.after[1]
    (array([-6., -6., 14.]), array([ 0.,  0., 14.]))
    >>> subject.cut
    6
    """

    conv: ConvSubject
    before: NDArray[np.floating]
    after: NDArray[np.floating]

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        stride: int | tuple[int, int] = 1,
        padding: Any = 0,
        padding_mode: str = "zeros",
        dilation: int | tuple[int, int] = 1,
        channels: str = "gray",
    ) -> ActivationSubject:
        """Load, check, convolve and activate; the options are those of `ConvSubject.from_options`."""
        conv = ConvSubject.from_options(image, kernel, size, stride, padding, padding_mode, dilation, channels)
        before = conv.trace.fold()[0]
        return cls(conv, before, relu(before))

    @property
    def cut(self) -> int:
        """How many numbers are negative before and 0 after."""
        return int((self.before < self.after).sum())
