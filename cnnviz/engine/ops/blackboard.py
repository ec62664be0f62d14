"""Correlation and convolution of plain ``(H, W)`` arrays, as written on a blackboard and as in scipy.signal."""

from operator import ge

from cnnviz._checks import SPATIAL, Floats, array, choice, native, number, same_dtype, same_shape
from cnnviz.engine.geometry import lay_out
from cnnviz.engine.ops.im2col import convolve, input_gradient, weight_gradient
from cnnviz.engine.padding import padding_pairs
from cnnviz.engine.windows import MODE_ALIASES, PADDING_MODES, Pairs, pad, pad_vjp

BOUNDARIES = {
    "fill": "zeros",
    "wrap": "circular",
    "symm": "symmetric",
    **{mode: mode for mode in PADDING_MODES},
    **MODE_ALIASES,
}
"""scipy.signal's words and ours, and the padding mode that each means."""


def correlate2d(
    image: Floats, kernel: Floats, mode: str = "valid", boundary: str = "fill", fillvalue: float = 0.0
) -> Floats:
    """Slide the kernel over the image as it is: in each place multiply and sum.

    ``y[i, j] = sum over p, q of kernel[p, q] * image[i + p, j + q]`` for ``mode="valid"``.

    Parameters
    ----------
    image
        ``(H, W)``, float32 or float64; never changed.
    kernel
        ``(kH, kW)``, of the dtype of ``image``.
    mode
        ``"valid"``: only whole windows, ``(H - kH + 1, W - kW + 1)``, or where the kernel is the larger one, each
        place of the image in it, ``(kH - H + 1, kW - W + 1)``, as scipy.signal does; ``"same"``: ``(H, W)``;
        ``"full"``: every overlap, ``(H + kH - 1, W + kW - 1)``.
    boundary
        What stands around the image: ``"fill"`` or ``"zeros"`` for ``fillvalue``, ``"wrap"`` or ``"circular"``,
        ``"symm"`` (mirrored, the edge cell twice), ``"reflect"`` (mirrored at the edge cell), ``"replicate"`` or
        ``"extend"``.
    fillvalue
        Number around the image for ``"fill"``.

    Returns
    -------
    ndarray
        Of the size that ``mode`` says and the dtype of ``image``.

    Raises
    ------
    ShapeError
        If an array has not two axes, or no window fits.
    OptionError
        If an argument is outside what it may be, or an array is not float32 or float64.

    Examples
    --------
    >>> import numpy as np
    >>> image = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]])
    >>> correlate2d(image, np.array([[-1.0, 1.0]]))  # right minus left
    array([[1., 2.],
           [2., 4.]])
    """
    return _slide("correlate2d", image, kernel, mode, boundary, fillvalue)


def correlate2d_vjp(
    dy: Floats,
    image: Floats,
    kernel: Floats,
    mode: str = "valid",
    boundary: str = "fill",
    fillvalue: float = 0.0,
) -> tuple[Floats, Floats]:
    """Bring the gradient of `correlate2d`'s output back to the image and the kernel.

    Parameters
    ----------
    dy
        Gradient of what `correlate2d` returned, of its shape.
    image, kernel, mode, boundary, fillvalue
        What `correlate2d` was given.

    Returns
    -------
    dimage, dkernel
        Of the shapes of ``image`` and ``kernel``.

    Raises
    ------
    ShapeError, OptionError
        As for `correlate2d`, and where ``dy`` has not the shape of its output.

    Examples
    --------
    >>> import numpy as np
    >>> correlate2d_vjp(np.array([[1.0, 10.0]]), np.array([[1.0, 2.0, 4.0]]), np.array([[-1.0, 1.0]]))
    (array([[-1., -9., 10.]]), array([[21., 42.]]))
    """
    return _slide_vjp("correlate2d_vjp", dy, image, kernel, mode, boundary, fillvalue)


def convolve2d(
    image: Floats, kernel: Floats, mode: str = "valid", boundary: str = "fill", fillvalue: float = 0.0
) -> Floats:
    """Slide the flipped kernel over the image: in each place multiply and sum.

    ``y[i, j] = sum over p, q of kernel[kH - 1 - p, kW - 1 - q] * image[i + p, j + q]`` for ``mode="valid"``. This is
    the convolution of mathematics; the layers of networks do not flip (`correlate2d`, `conv2d`).

    Parameters
    ----------
    image, kernel, mode, boundary, fillvalue
        As for `correlate2d`.

    Returns
    -------
    ndarray
        Of the size that ``mode`` says and the dtype of ``image``.

    Raises
    ------
    ShapeError, OptionError
        As for `correlate2d`.

    Examples
    --------
    >>> import numpy as np
    >>> image = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]])
    >>> convolve2d(image, np.array([[-1.0, 1.0]]))  # left minus right: the other sign
    array([[-1., -2.],
           [-2., -4.]])
    """
    return _slide("convolve2d", image, kernel, mode, boundary, fillvalue, flip=True)


def convolve2d_vjp(
    dy: Floats,
    image: Floats,
    kernel: Floats,
    mode: str = "valid",
    boundary: str = "fill",
    fillvalue: float = 0.0,
) -> tuple[Floats, Floats]:
    """Bring the gradient of `convolve2d`'s output back to the image and the kernel; as `correlate2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> convolve2d_vjp(np.array([[1.0, 10.0]]), np.array([[1.0, 2.0, 4.0]]), np.array([[-1.0, 1.0]]))
    (array([[  1.,   9., -10.]]), array([[42., 21.]]))
    """
    return _slide_vjp("convolve2d_vjp", dy, image, kernel, mode, boundary, fillvalue, flip=True)


def _slide(
    who: str,
    image: Floats,
    kernel: Floats,
    mode: str,
    boundary: str,
    fillvalue: float,
    *,
    flip: bool = False,
) -> Floats:
    image, kernel = native(image), native(kernel)
    pairs, fill = _check(who, image, kernel, mode, boundary, fillvalue, flip)
    if _larger(kernel, image, mode):
        y = _slide(who, kernel, image, mode, boundary, fillvalue, flip=flip)
        return y if flip else y[::-1, ::-1]
    padded = pad(image, pairs, BOUNDARIES[boundary], fill)
    geometry = lay_out(who, padded.shape, kernel.shape)
    kernel = kernel[::-1, ::-1] if flip else kernel
    result: Floats = convolve(padded[None, None], kernel[None, None], None, geometry, 1)[0, 0]
    return result


def _slide_vjp(
    who: str,
    dy: Floats,
    image: Floats,
    kernel: Floats,
    mode: str,
    boundary: str,
    fillvalue: float,
    *,
    flip: bool = False,
) -> tuple[Floats, Floats]:
    image, kernel = native(image), native(kernel)
    pairs, fill = _check(who, image, kernel, mode, boundary, fillvalue, flip)
    if _larger(kernel, image, mode):
        dy = array(who, "dy", dy, SPATIAL[2])
        turned = dy if flip else dy[::-1, ::-1]
        dkernel, dimage = _slide_vjp(who, turned, kernel, image, mode, boundary, fillvalue, flip=flip)
        return dimage, dkernel
    padded = pad(image, pairs, BOUNDARIES[boundary], fill)
    geometry = lay_out(who, padded.shape, kernel.shape)
    dy = array(who, "dy", dy, SPATIAL[2])
    same_dtype(who, "image", image, "dy", dy)
    same_shape(who, "dy", dy, SPATIAL[2], geometry.out, "give the gradient of what the forward operation returned")
    kernel = kernel[::-1, ::-1] if flip else kernel
    dpadded = input_gradient(dy[None, None], kernel[None, None], geometry, 1)[0, 0]
    dkernel = weight_gradient(dy[None, None], padded[None, None], geometry, 1)[0, 0]
    return pad_vjp(dpadded, pairs, BOUNDARIES[boundary]), dkernel[::-1, ::-1] if flip else dkernel


def _larger(kernel: Floats, image: Floats, mode: str) -> bool:
    """Say whether it is the image that slides over the kernel."""
    return mode == "valid" and kernel.shape != image.shape and all(map(ge, kernel.shape, image.shape))


def _check(
    who: str, image: Floats, kernel: Floats, mode: str, boundary: str, fillvalue: float, flip: bool
) -> tuple[Pairs, float]:
    """Check the arguments; say how many cells to put around the image, and the number they hold."""
    array(who, "image", image, SPATIAL[2])
    array(who, "kernel", kernel, ("kH", "kW"))
    same_dtype(who, "image", image, "kernel", kernel)
    choice(who, "mode", mode, ("valid", "same", "full"))
    choice(who, "boundary", boundary, BOUNDARIES)
    fill = number(who, "fillvalue", fillvalue)
    pairs = padding_pairs(who, mode, kernel.shape, (1, 1), (1, 1))
    if flip:  # as scipy.signal, the odd cell of "same" goes before where the kernel is flipped
        pairs = tuple((after, before) for before, after in pairs)
    return pairs, fill
