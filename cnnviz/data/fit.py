"""Bring pictures to a size: which part is kept, how many cells it becomes, and by which filter."""

from collections.abc import Sequence

from PIL import Image

from cnnviz.data.picture import AtMost

Size = int | tuple[int, int] | None


def target(size: Size, height: int, width: int) -> tuple[int, int]:
    """Say how many rows and columns a picture becomes.

    One number is the longer side, the other following in proportion; a pair is taken as it is; None changes nothing.

    Examples
    --------
    >>> target(8, 427, 640), target((8, 8), 427, 640), target(None, 427, 640)
    ((5, 8), (8, 8), (427, 640))
    """
    if size is None:
        return height, width
    if isinstance(size, tuple):
        return size
    if isinstance(size, AtMost) and max(height, width) <= size:
        return height, width
    scale = size / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def central_box(wanted: Sequence[int], height: int, width: int) -> tuple[float, float, float, float]:
    """Find the largest part around the center that has the proportions wanted: left, top, right, bottom in pixels.

    Examples
    --------
    >>> central_box((8, 8), 100, 160)
    (30.0, 0.0, 130.0, 100.0)
    """
    rows, columns = wanted
    scale = min(height / rows, width / columns)
    left, top = (width - columns * scale) / 2, (height - rows * scale) / 2
    return max(left, 0.0), max(top, 0.0), min(width - left, width), min(height - top, height)


def resize(image: Image.Image, size: Size) -> Image.Image:
    """Resize by Lanczos where it gets smaller and by bicubic interpolation where it grows.

    The filter works on the stored values, which in photographs are gamma-encoded, as nearly all training pipelines do.
    """
    height, width = image.height, image.width
    rows, columns = target(size, height, width)
    if (rows, columns) == (height, width):
        return image
    box = central_box((rows, columns), height, width) if isinstance(size, tuple) else (0.0, 0.0, width, height)
    smaller = rows < box[3] - box[1] or columns < box[2] - box[0]
    filter_ = Image.Resampling.LANCZOS if smaller else Image.Resampling.BICUBIC
    return image.resize((columns, rows), filter_, box=box)
