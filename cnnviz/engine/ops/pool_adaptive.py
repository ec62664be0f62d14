"""Adaptive pooling: the output size is given, and the windows are chosen to fit."""

from typing import Literal, overload

from cnnviz._checks import Floats, array, batch_axes, flag
from cnnviz.engine.ops.argument import cotangent
from cnnviz.engine.ops.pool_axis import Places, adaptive_axes
from cnnviz.engine.ops.pool_fold import box, greatest, greatest_vjp, greatest_with_place, total, total_vjp

Sizes = int | tuple[int | None, ...] | list[int | None] | None


def adaptive_avg_pool2d(x: Floats, output_size: Sizes) -> Floats:
    """Part the input into so many windows and take the mean of each.

    Window ``i`` of ``out`` goes from cell ``floor(i * size / out)`` to just before ``ceil((i + 1) * size / out)``.

    Parameters
    ----------
    x
        ``(N, C, H, W)``.
    output_size
        Cells of the output, a whole number or one for each axis; None keeps the input's.

    Returns
    -------
    array
        ``(N, C, *output_size)``.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 2.0, 3.0, 4.0, 5.0]]]])  # windows of 1 2 3 and, overlapping, 3 4 5
    >>> adaptive_avg_pool2d(x, (1, 2))
    array([[[[2., 4.]]]])

    References
    ----------
    He, Zhang, Ren and Sun, Spatial pyramid pooling in deep convolutional networks, 2014, section 2.2.
    """
    return _avg("adaptive_avg_pool2d", 2, x, output_size)


def adaptive_avg_pool2d_vjp(dy: Floats, x: Floats, output_size: Sizes) -> tuple[Floats]:
    """Share the gradient of each window equally among its cells; what overlapping windows give adds up.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_avg_pool2d_vjp(np.array([[[[3.0, 6.0]]]]), np.zeros((1, 1, 1, 5)), (1, 2))
    (array([[[[1., 1., 3., 2., 2.]]]]),)
    """
    return _avg_vjp("adaptive_avg_pool2d_vjp", 2, dy, x, output_size)


def adaptive_avg_pool1d(x: Floats, output_size: Sizes) -> Floats:
    """Part a signal ``(N, C, L)`` into so many windows and take the mean of each; see `adaptive_avg_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_avg_pool1d(np.array([[[1.0, 2.0, 3.0, 4.0, 5.0]]]), 2)
    array([[[2., 4.]]])
    """
    return _avg("adaptive_avg_pool1d", 1, x, output_size)


def adaptive_avg_pool1d_vjp(dy: Floats, x: Floats, output_size: Sizes) -> tuple[Floats]:
    """Share the gradient of each window of a signal among its cells; see `adaptive_avg_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_avg_pool1d_vjp(np.array([[[3.0, 6.0]]]), np.zeros((1, 1, 5)), 2)
    (array([[[1., 1., 3., 2., 2.]]]),)
    """
    return _avg_vjp("adaptive_avg_pool1d_vjp", 1, dy, x, output_size)


def adaptive_avg_pool3d(x: Floats, output_size: Sizes) -> Floats:
    """Part a volume ``(N, C, D, H, W)`` into so many windows and take the mean of each; see `adaptive_avg_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_avg_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), (2, 1, 1)).ravel()
    array([1.5, 5.5])
    """
    return _avg("adaptive_avg_pool3d", 3, x, output_size)


def adaptive_avg_pool3d_vjp(dy: Floats, x: Floats, output_size: Sizes) -> tuple[Floats]:
    """Share the gradient of each window of a volume among its cells; see `adaptive_avg_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_avg_pool3d_vjp(np.full((1, 1, 1, 1, 1), 8.0), np.zeros((1, 1, 2, 2, 2)), 1)[0].ravel()
    array([1., 1., 1., 1., 1., 1., 1., 1.])
    """
    return _avg_vjp("adaptive_avg_pool3d_vjp", 3, dy, x, output_size)


@overload
def adaptive_max_pool2d(x: Floats, output_size: Sizes, return_indices: Literal[False] = False) -> Floats: ...
@overload
def adaptive_max_pool2d(x: Floats, output_size: Sizes, return_indices: Literal[True]) -> tuple[Floats, Places]: ...
def adaptive_max_pool2d(x: Floats, output_size: Sizes, return_indices: bool = False) -> Floats | tuple[Floats, Places]:
    """Part the input into so many windows and keep the greatest number of each.

    The windows are those of `adaptive_avg_pool2d`.

    Parameters
    ----------
    x
        ``(N, C, H, W)``.
    output_size
        Cells of the output, a whole number or one for each axis; None keeps the input's.
    return_indices
        Also return where each maximum stood, as `max_pool2d` does.

    Returns
    -------
    array, or (array, array of int)
        ``(N, C, *output_size)``.

    Raises
    ------
    ShapeError
        If ``x`` does not have these axes.
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_max_pool2d(np.array([[[[1.0, 9.0, 3.0, 4.0, 5.0]]]]), (1, 2), return_indices=True)
    (array([[[[9., 5.]]]]), array([[[[1, 4]]]]))
    """
    return _max("adaptive_max_pool2d", 2, x, output_size, return_indices)


def adaptive_max_pool2d_vjp(dy: Floats, x: Floats, output_size: Sizes, return_indices: bool = False) -> tuple[Floats]:
    """Send the gradient of each window to the first cell that was its greatest; see `max_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_max_pool2d_vjp(np.array([[[[10.0, 1.0]]]]), np.array([[[[1.0, 2.0, 9.0, 4.0, 5.0]]]]), (1, 2))
    (array([[[[ 0.,  0., 11.,  0.,  0.]]]]),)
    """
    return _max_vjp("adaptive_max_pool2d_vjp", 2, dy, x, output_size, return_indices)


@overload
def adaptive_max_pool1d(x: Floats, output_size: Sizes, return_indices: Literal[False] = False) -> Floats: ...
@overload
def adaptive_max_pool1d(x: Floats, output_size: Sizes, return_indices: Literal[True]) -> tuple[Floats, Places]: ...
def adaptive_max_pool1d(x: Floats, output_size: Sizes, return_indices: bool = False) -> Floats | tuple[Floats, Places]:
    """Part a signal ``(N, C, L)`` into so many windows and keep the greatest of each; see `adaptive_max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_max_pool1d(np.array([[[1.0, 9.0, 3.0, 4.0, 5.0]]]), 2)
    array([[[9., 5.]]])
    """
    return _max("adaptive_max_pool1d", 1, x, output_size, return_indices)


def adaptive_max_pool1d_vjp(dy: Floats, x: Floats, output_size: Sizes, return_indices: bool = False) -> tuple[Floats]:
    """Send the gradient of each window of a signal to its greatest cell; see `max_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_max_pool1d_vjp(np.array([[[10.0, 1.0]]]), np.array([[[1.0, 2.0, 9.0, 4.0, 5.0]]]), 2)
    (array([[[ 0.,  0., 11.,  0.,  0.]]]),)
    """
    return _max_vjp("adaptive_max_pool1d_vjp", 1, dy, x, output_size, return_indices)


@overload
def adaptive_max_pool3d(x: Floats, output_size: Sizes, return_indices: Literal[False] = False) -> Floats: ...
@overload
def adaptive_max_pool3d(x: Floats, output_size: Sizes, return_indices: Literal[True]) -> tuple[Floats, Places]: ...
def adaptive_max_pool3d(x: Floats, output_size: Sizes, return_indices: bool = False) -> Floats | tuple[Floats, Places]:
    """Part a volume ``(N, C, D, H, W)`` into so many windows and keep the greatest of each; see `adaptive_max_pool2d`.

    Examples
    --------
    >>> import numpy as np
    >>> adaptive_max_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), (2, 1, 1)).ravel()
    array([3., 7.])
    """
    return _max("adaptive_max_pool3d", 3, x, output_size, return_indices)


def adaptive_max_pool3d_vjp(dy: Floats, x: Floats, output_size: Sizes, return_indices: bool = False) -> tuple[Floats]:
    """Send the gradient of each window of a volume to its greatest cell; see `max_pool2d_vjp`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(8.0).reshape(1, 1, 2, 2, 2)
    >>> adaptive_max_pool3d_vjp(np.full((1, 1, 1, 1, 1), 3.0), x, 1)[0].ravel()
    array([0., 0., 0., 0., 0., 0., 0., 3.])
    """
    return _max_vjp("adaptive_max_pool3d_vjp", 3, dy, x, output_size, return_indices)


def _avg(who: str, spatial: int, x: Floats, output_size: Sizes) -> Floats:
    x = array(who, "x", x, batch_axes(spatial))
    axes = adaptive_axes(who, x, output_size)
    return total(x, axes) / box([axis.counted for axis in axes]).astype(x.dtype)


def _avg_vjp(who: str, spatial: int, dy: Floats, x: Floats, output_size: Sizes) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    axes = adaptive_axes(who, x, output_size)
    dy = cotangent(who, dy, x, (*x.shape[:2], *(axis.out for axis in axes)), batch_axes(spatial))
    return (total_vjp(dy / box([axis.counted for axis in axes]).astype(x.dtype), axes),)


def _max(who: str, spatial: int, x: Floats, output_size: Sizes, return_indices: bool) -> Floats | tuple[Floats, Places]:
    x = array(who, "x", x, batch_axes(spatial))
    axes = adaptive_axes(who, x, output_size)
    return greatest_with_place(x, axes) if flag(who, "return_indices", return_indices) else greatest(x, axes)


def _max_vjp(
    who: str,
    spatial: int,
    dy: Floats,
    x: Floats,
    output_size: Sizes,
    return_indices: bool,  # noqa: ARG001  # places have no gradient
) -> tuple[Floats]:
    x = array(who, "x", x, batch_axes(spatial))
    axes = adaptive_axes(who, x, output_size)
    dy = cotangent(who, dy, x, (*x.shape[:2], *(axis.out for axis in axes)), batch_axes(spatial))
    return (greatest_vjp(dy, greatest_with_place(x, axes)[1], x.shape[2:]),)
