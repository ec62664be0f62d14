"""GIF's own compression of a rectangle of palette indices."""

import numpy as np
import numpy.typing as npt
from PIL import Image

__all__ = ["compress"]


def compress(indices: npt.NDArray[np.uint8]) -> bytes:
    """Return a rectangle (H, W) of indices as the image data of a GIF: code size, sub-blocks, terminator.

    The code size follows the largest index in the rectangle, not the palette: a rectangle that needs 16 colors starts
    with codes of 5 bits, not 9. So a palette with its most frequent colors first makes smaller files.

    Examples
    --------
    Four zeros are the 3-bit codes clear, 0, 6 (which is 0 0), 0, end, lowest bit first:

    >>> compress(np.zeros((2, 2), np.uint8)).hex(" ")
    '02 02 84 51 00'
    """
    bits = max(2, int(indices.max()).bit_length())
    height, width = indices.shape
    image = Image.frombuffer("P", (width, height), np.ascontiguousarray(indices), "raw", "P", 0, 1)
    return bytes([bits]) + image.tobytes("gif", "P", bits, 0) + b"\0"
