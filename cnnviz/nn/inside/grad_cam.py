"""Grad-CAM: where in a layer's maps the evidence for a class is, with every number on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine import relu
from cnnviz.errors import ShapeError
from cnnviz.nn.inside.target import Classes, classes, one_hot
from cnnviz.nn.layer import Layer


@dataclass(frozen=True)
class GradCam:
    """The heat map of a class and what it is made of.

    Attributes
    ----------
    scores : array, shape (N, classes)
        What the network says.
    target : array, shape (N,)
        The class asked about.
    activations : array, shape (N, K, H, W)
        The layer's maps.
    gradients : array, shape (N, K, H, W)
        Of the target's score with respect to them.
    weights : array, shape (N, K)
        The mean gradient of each map: how much the class likes it.
    weighted : array, shape (N, H, W)
        The sum of the maps times their weights.
    heat : array, shape (N, H, W)
        What of it is positive.
    """

    scores: Floats
    target: Classes
    activations: Floats
    gradients: Floats
    weights: Floats
    weighted: Floats
    heat: Floats


def grad_cam(network: Layer, x: Floats, layer: str, target: object = None) -> GradCam:
    """Weigh a layer's maps by how much the class score grows with them, add them up and keep the positive part.

    ``weights[k] = mean over cells of d score / d map[k]``, ``heat = relu(sum over k of weights[k] map[k])``.

    Parameters
    ----------
    network : Layer
        Gives scores (N, classes).
    x : array, shape (N, C, H, W)
        Pictures.
    layer : str
        Name of the layer whose maps are used, such as ``conv2`` or ``block.conv1``; usually the last with maps.
    target : int, or one for each picture, optional
        The class; that with the greatest score if omitted.

    Raises
    ------
    ShapeError, OptionError
        If the pictures do not fit, the layer has no maps, or there is no such layer or class.

    Examples
    --------
    >>> from cnnviz.nn import Conv2d, GlobalAvgPool2d, Flatten, Sequential
    >>> network = Sequential({"conv": Conv2d(1, 2, 1, bias=False), "pool": GlobalAvgPool2d(), "flat": Flatten()})
    >>> network.initialize(0, dtype=float)
    >>> network["conv"].own["weight"].values = np.array([2.0, -1.0]).reshape(2, 1, 1, 1)
    >>> found = grad_cam(network, np.array([[[[1.0, 3], [0, 4]]]]), "conv", target=0)
    >>> found.weights[0], found.heat[0]
    (array([0.25, 0.  ]), array([[0.5, 1.5],
           [0. , 2. ]]))

    References
    ----------
    Selvaraju and others (2017), "Grad-CAM: visual explanations from deep networks", section 3.
    """
    record = network.forward(x, record=True)
    maps = record[layer].output
    if maps.ndim != 4:
        raise ShapeError(
            f"grad_cam: expected a layer with maps (N, K, H, W), got {layer!r} with an output of shape {maps.shape}; "
            f"choose one before the flattening"
        )
    chosen = classes("grad_cam", record.output, target)
    gradients = network.backward(one_hot(record.output, chosen), record)[layer].output
    weights = gradients.mean(axis=(2, 3))
    weighted = np.einsum("nk,nkhw->nhw", weights, maps)
    return GradCam(record.output, chosen, maps, gradients, weights, weighted, relu(weighted))
