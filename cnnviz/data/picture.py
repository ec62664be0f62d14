"""What a picture is: numbers, their peak, a label and a credit."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt

_SHOWN = 320  # pixels of the longer side in a notebook


@dataclass(frozen=True, eq=False)
class Picture:
    """Hold a picture's numbers and what to write beside it.

    Attributes
    ----------
    values : ndarray of float64, shape (C, H, W)
        Whole numbers from 0 to ``peak``, or what was typed; read-only. C is 1 (gray) or 3 (red, green, blue);
        of a sequence there are as many channels as it has, in one row.
    peak : float
        The value of full brightness: 255 for photographs and files, 16 for digits, its own for each pattern.
    name : str
        A short label, such as ``"digit 3"`` or ``"china"``.
    credit : str
        The line of attribution that its license asks for; empty where none is needed.
    """

    values: npt.NDArray[np.float64]
    peak: float
    name: str
    credit: str = ""

    def __post_init__(self) -> None:
        self.values.setflags(write=False)

    def _repr_png_(self) -> bytes:
        """Show itself in a notebook, small ones enlarged."""
        from PIL import Image

        least, most = min(self.values.min(), 0.0), max(self.values.max(), self.peak)
        shown = np.rint(255 * (self.values - least) / (most - least or 1)).astype(np.uint8).transpose(1, 2, 0)
        image = Image.fromarray(shown[..., 0] if shown.shape[2] == 1 else shown)
        times = max(1, _SHOWN // max(image.size))
        file = BytesIO()
        image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST).save(file, "png")
        return file.getvalue()


def from_plane(plane: npt.NDArray[np.float64], channels: str, peak: float, name: str, credit: str = "") -> Picture:
    """Make a gray picture of shape (H, W), with three equal channels where ``channels`` is ``"rgb"``."""
    return Picture(np.repeat(plane[None], 1 if channels == "gray" else 3, axis=0), float(peak), name, credit)


def from_pixels(pixels: npt.NDArray[np.uint8], name: str, credit: str = "") -> Picture:
    """Make a picture of decoded pixels, shape (H, W) or (H, W, 3), from 0 to 255."""
    values = np.atleast_3d(pixels).transpose(2, 0, 1).astype(np.float64, order="C")
    return Picture(values, 255.0, name, credit)


class AtMost(int):
    """A size for pictures that are to become smaller where they are larger, and to stay as they are otherwise.

    Examples
    --------
    >>> from cnnviz.data import load_image
    >>> load_image("photo:china", size=AtMost(12)).values.shape, load_image("digit:3", size=AtMost(12)).values.shape
    ((1, 8, 12), (1, 8, 8))
    """
