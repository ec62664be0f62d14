"""Reading shares off the traces of four operations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvTransposeTrace, ConvVjpTrace, PoolVjpTrace
from cnnviz.subjects.sharing import Matrix, Numbers, Share, Sharing, Texts
from cnnviz.subjects.tally import totals


def weight_sharing(trace: ConvVjpTrace, texts: Texts | None = None) -> Sharing:
    """Read the gradient of a filter: each dY cell hands its value times its window of X to all of dW."""

    def share(index: int) -> Share:
        step = trace[index]
        whole = tuple(slice(0, n) for n in trace.weight.shape[2:])
        return Share(
            index=index,
            giver=step.output_index[1:],
            value=step.gradient,
            patch=step.values[0],
            numbers=step.dweight[0],
            patch_origin=step.padded_origin,
            landing=(0, 0),
            window=whole,
        )

    shape = trace.weight.shape[2:]
    return Sharing(
        givers=_plain("dY", "gradient", trace.dy[0], texts),
        factors=Matrix("X", "input", trace.padded[0], _border(trace)),
        target=_plain("dW", "gradient", totals(shape, map(share, range(len(trace))))),
        result=trace.dweight.fold()[0, 0],
        patch_spacing=trace.dilation,
        target_spacing=(1, 1),
        share=share,
    )


def input_sharing(
    trace: ConvVjpTrace,
    texts: Texts | None = None,
    weights: Texts | None = None,
) -> Sharing:
    """Read the gradient of an input: each dY cell hands its value times the kernel to its window of dX."""

    def share(index: int) -> Share:
        step = trace[index]
        return Share(
            index=index,
            giver=step.output_index[1:],
            value=step.gradient,
            patch=step.weights[0],
            numbers=step.dx[0],
            patch_origin=(0, 0),
            landing=step.padded_origin,
            window=step.window,
        )

    shape = trace.padded.shape[1:]
    return Sharing(
        givers=_plain("dY", "gradient", trace.dy[0], texts),
        factors=_plain("W", "kernel", trace.weight[0, 0], weights),
        target=Matrix("dX", "gradient", totals(shape, map(share, range(len(trace)))), _border(trace)),
        result=trace.dx.fold()[0],
        patch_spacing=(1, 1),
        target_spacing=trace.dilation,
        share=share,
    )


def stamp_sharing(trace: ConvTransposeTrace, weights: Texts | None = None) -> Sharing:
    """Read a transposed convolution: each X cell stamps its value times the kernel onto the canvas of Y."""

    def share(index: int) -> Share:
        step = trace[index]
        return Share(
            index=index,
            giver=step.input_index[1:],
            value=step.value,
            patch=step.weights[0],
            numbers=step.products[0],
            patch_origin=(0, 0),
            landing=step.canvas_origin,
            window=step.window,
        )

    return Sharing(
        givers=_plain("X", "input", trace.input[0]),
        factors=_plain("W", "kernel", trace.weight[0, 0], weights),
        target=Matrix("Y", "output", totals(trace.canvas_shape[1:], map(share, range(len(trace)))), trace.is_cropped),
        result=trace.fold()[0],
        patch_spacing=(1, 1),
        target_spacing=trace.dilation,
        share=share,
    )


def pool_sharing(trace: PoolVjpTrace, name: str = "dX") -> Sharing:
    """Read the gradient of a pooling: each dY cell hands its value to the winner of its window, or to all in parts."""
    forward = trace.forward

    def share(index: int) -> Share:
        step = trace[index]
        handed = np.multiply(step.gradient, step.share, out=np.zeros(step.share.shape), where=step.share != 0)
        return Share(
            index=index,
            giver=step.output_index[1:],
            value=step.gradient,
            patch=step.share,
            numbers=handed,
            patch_origin=step.padded_origin,
            landing=step.padded_origin,
            window=step.window,
        )

    shape = forward.padded.shape[1:]
    return Sharing(
        givers=_plain("dY", "gradient", trace.dy[0]),
        factors=Matrix("X", "input", forward.padded[0], forward.is_padding),
        target=Matrix(name, "gradient", totals(shape, map(share, range(len(trace)))), forward.is_padding),
        result=trace.fold()[0][0],
        patch_spacing=(1, 1),
        target_spacing=(1, 1),
        share=share,
    )


def _border(trace: ConvVjpTrace) -> NDArray[np.bool_]:
    border = np.ones(trace.padded.shape[1:], dtype=bool)
    (above, _), (before, _) = trace.padding
    rows, columns = trace.input.shape[1:]
    border[above : above + rows, before : before + columns] = False
    return border


def _plain(name: str, role: str, values: Numbers, texts: Texts | None = None) -> Matrix:
    return Matrix(name, role, values, np.zeros(values.shape, dtype=bool), texts)
