"""What a lesson on padding is about: one picture, one kernel, and a trace for each way of filling the border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz._checks import shape_text
from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError, ShapeError
from cnnviz.stage.picture import check_reach, check_side, lesson_picture

MODES = ("none", "zeros", "replicate", "reflect", "circular")
MOST_NUMBERS = 12  # cells a side of the padded picture; beyond it pictures are shown, not numbers
USUAL_SIDE = 48  # of a photo
_WIDE = 8  # a picture's border is an eighth of it, so that it can be seen


@dataclass(frozen=True)
class PaddingSubject:
    """A picture and a kernel with a trace for each mode, ``none`` first.

    Examples
    --------
    >>> subject = PaddingSubject.from_options()
    >>> [subject.traces[mode].fold()[0, 0].tolist() for mode in ("zeros", "reflect")]
    [[-9.0, -4.0, -4.0, 6.0, 13.0], [0.0, -6.0, -6.0, 14.0, 0.0]]
    >>> subject.traces["none"].output_shape
    (1, 3, 3)
    """

    picture: Picture
    kernel: Kernel
    traces: Mapping[str, ConvTrace]

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        padding: Any = None,
    ) -> PaddingSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name or an image file; ``blackboard`` if omitted.
        kernel : str or Path, optional
            A name of the gallery, rows as text or a file; ``edge-x`` if omitted.
        size : int or (height, width), optional
            Pixels; photos and files become at most 48 along their longer side if omitted.
        padding : optional
            As in `cnnviz.engine.conv2d`. If omitted, what keeps the size; for a picture too large for numbers at least
            an eighth of its shorter side, so that the border can be seen.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        picture = lesson_picture("blackboard" if image is None else image, size, usual=USUAL_SIDE)
        chosen = _kernel("edge-x" if kernel is None else kernel)
        check_reach("padding", padding)
        rows, columns = picture.values.shape[1:]
        if padding is None:
            padding = "same"
            if max(rows + chosen.values.shape[0], columns + chosen.values.shape[1]) - 1 > MOST_NUMBERS:
                padding = max(min(rows, columns) // _WIDE, *(side // 2 for side in chosen.values.shape))
        if chosen.values.shape[0] > rows or chosen.values.shape[1] > columns:
            there, got = (shape_text(("H", "W"), shape) for shape in ((rows, columns), chosen.values.shape))
            raise ShapeError(
                f"padding: expected a kernel no larger than the picture {there}, which is shown without padding first, "
                f"got {got}; use a smaller kernel or a larger picture"
            )
        arrays = picture.values[None], chosen.values[None, None]
        traces = {"none": trace_conv(*arrays)}
        for mode in MODES[1:]:
            traces[mode] = trace_conv(*arrays, padding=padding, padding_mode=mode)
        if traces["zeros"].padded.shape[1:] == (rows, columns):
            raise OptionError(
                "padding: expected cells to add around the picture, got none; pass a --padding of 1 or more"
            )
        check_side("padding", traces["zeros"].padded.shape[1:], "pad less")
        return cls(picture, chosen, traces)

    @property
    def padding(self) -> tuple[tuple[int, int], ...]:
        """Cells added before and after, by axis."""
        return self.traces["zeros"].padding

    @property
    def few(self) -> bool:
        """Whether there are few enough cells to show their numbers."""
        rows, columns = self.traces["zeros"].padded.shape[1:]
        return bool(max(rows, columns) <= MOST_NUMBERS)


_kernel = kernel
