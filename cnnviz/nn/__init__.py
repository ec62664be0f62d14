"""Networks on the engine's operations: layers, summaries, training, and the famous architectures."""

from cnnviz.nn import zoo
from cnnviz.nn.activation import ReLU, Sigmoid, SiLU, Softmax, Tanh
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.conv import Conv2d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d, LocalResponseNorm
from cnnviz.nn.notation import parse_network
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.record import Gradients, Record
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.summary import Summary, SummaryRow

__all__ = [
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "ConvTranspose2d",
    "Dropout",
    "Flatten",
    "Gated",
    "GlobalAvgPool2d",
    "Gradients",
    "Layer",
    "Linear",
    "LocalResponseNorm",
    "MaxPool2d",
    "Parallel",
    "Parameter",
    "ReLU",
    "Record",
    "Residual",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Summary",
    "SummaryRow",
    "Tanh",
    "parse_network",
    "zoo",
]
