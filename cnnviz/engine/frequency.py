"""Pictures as sums of waves: spectra, and filters that keep the slow waves or the fast ones.

A frequency is counted in waves per cell, from 0, the even gray, to 0.5, a chessboard row. The picture repeats beyond
its borders, as under circular padding.
"""

import numpy as np

from cnnviz._checks import Floats, choice, floats, integers, number
from cnnviz.errors import OptionError, ShapeError

SHAPES = ("ideal", "gaussian")


def spectrum(image: Floats) -> Floats:
    """Measure how strong each wave is in a picture.

    ``|sum(image[y, x] * exp(-2 pi i (u y / H + v x / W)))|``, with the frequency 0 in the middle, at
    ``(H // 2, W // 2)``.

    Parameters
    ----------
    image
        ``(..., H, W)``.

    Returns
    -------
    array
        ``(..., H, W)``, values from 0 up. One step to the side is ``1 / W`` waves per cell, one down ``1 / H``.

    Raises
    ------
    ShapeError
        If ``image`` has fewer than two axes or no cells.
    OptionError
        If ``image`` is not a float32 or float64 array.

    Examples
    --------
    >>> spectrum(np.array([[1.0, -1.0, 1.0, -1.0]]))  # nothing but the fastest wave
    array([[4., 0., 0., 0.]])

    References
    ----------
    Gonzalez and Woods, Digital image processing, 2018, section 4.5.
    """
    picture = _picture("spectrum", image)
    return np.asarray(np.fft.fftshift(np.abs(np.fft.fft2(picture)), axes=(-2, -1)), picture.dtype)


def low_pass(image: Floats, cutoff: float, *, shape: str = "ideal") -> Floats:
    """Keep the slow waves of a picture: its large forms, blurred.

    Parameters
    ----------
    image
        ``(..., H, W)``.
    cutoff
        In waves per cell, from 0 up; 0.5 keeps all along the axes.
    shape
        ``ideal`` keeps what is not faster than the cutoff and drops the rest, which rings at edges; ``gaussian`` lets
        through ``exp(-f^2 / (2 cutoff^2))`` of each wave.

    Returns
    -------
    array
        ``(..., H, W)``; together with `high_pass` the picture.

    Raises
    ------
    ShapeError
        If ``image`` has fewer than two axes or no cells.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> low_pass(np.array([[1.0, 3.0, 1.0, 3.0]]), 0.25)  # the wave is gone, the gray remains
    array([[2., 2., 2., 2.]])

    References
    ----------
    Gonzalez and Woods, Digital image processing, 2018, section 4.8.
    """
    return _filter("low_pass", image, cutoff, shape)


def high_pass(image: Floats, cutoff: float, *, shape: str = "ideal") -> Floats:
    """Keep the fast waves of a picture: its edges and grain, around 0.

    ``high_pass(image, ...) = image - low_pass(image, ...)``

    Parameters
    ----------
    image, cutoff, shape
        As for `low_pass`.

    Returns
    -------
    array
        ``(..., H, W)``.

    Raises
    ------
    ShapeError
        If ``image`` has fewer than two axes or no cells.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> high_pass(np.array([[1.0, 3.0, 1.0, 3.0]]), 0.25)  # the gray is gone, the wave remains
    array([[-1.,  1., -1.,  1.]])

    References
    ----------
    Gonzalez and Woods, Digital image processing, 2018, section 4.9.
    """
    low = _filter("high_pass", image, cutoff, shape)
    return image - low


def frequency_response(kernel: Floats, size: int | tuple[int, int] = 64) -> Floats:
    """Say how much of each wave a kernel lets through.

    Convolving a picture of this size with circular padding multiplies its `spectrum` by this, wave by wave.

    Parameters
    ----------
    kernel
        ``(H, W)``.
    size
        Sizes of the picture, at least the kernel's; a whole number is a square.

    Returns
    -------
    array
        ``size``, values from 0 up: 1 lets a wave through as it is. The frequency 0 is in the middle, as in `spectrum`;
        there stands the size of the kernel's sum.

    Raises
    ------
    ShapeError
        If ``kernel`` does not have two axes or is larger than ``size``.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> frequency_response(np.array([[0.5, 0.5]]), (1, 4)).round(4)  # frequencies -0.5, -0.25, 0 and 0.25
    array([[0.    , 0.7071, 1.    , 0.7071]])
    >>> frequency_response(np.array([[1.0, -1.0]]), (1, 4)).round(4)
    array([[2.    , 1.4142, 0.    , 1.4142]])

    References
    ----------
    Gonzalez and Woods, Digital image processing, 2018, section 4.7.
    """
    who = "frequency_response"
    cells = _picture(who, kernel, "kernel")
    height, width = integers(who, "size", size, 2, 1)
    if cells.ndim != 2 or cells.shape[0] > height or cells.shape[1] > width:
        raise ShapeError(
            f"{who}: expected a kernel (H, W) no larger than size {(height, width)}, got shape {cells.shape}; "
            f"give a larger size or one slice of the kernel"
        )
    whole = np.zeros((height, width), cells.dtype)
    whole[: cells.shape[0], : cells.shape[1]] = cells
    return spectrum(whole)


def _filter(who: str, image: Floats, cutoff: float, shape: str) -> Floats:
    picture = _picture(who, image)
    limit = number(who, "cutoff", cutoff, 0.0)
    rows, columns = (np.fft.fftfreq(size) for size in picture.shape[-2:])
    frequency = np.hypot(rows[:, None], columns)
    if choice(who, "shape", shape, SHAPES) == "ideal":
        passed = (frequency <= limit).astype(picture.dtype)
    elif limit == 0:
        raise OptionError(f"{who}: expected cutoff above 0 for the gaussian shape, got 0; choose one up to 0.5")
    else:
        passed = np.exp(-0.5 * (frequency / limit) ** 2).astype(picture.dtype)
    return np.asarray(np.fft.ifft2(np.fft.fft2(picture) * passed).real, picture.dtype)


def _picture(who: str, value: Floats, name: str = "image") -> Floats:
    picture = floats(who, name, value)
    if picture.ndim < 2 or picture.size == 0:
        raise ShapeError(
            f"{who}: expected {name} with cells along its last axes (H, W), got shape {picture.shape}; "
            f"a single row is {name}[None]"
        )
    return picture
