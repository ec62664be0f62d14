"""Networks on the engine's operations: layers, summaries, training, and the famous architectures."""

from cnnviz.nn import augment, inside, zoo
from cnnviz.nn.activation import ReLU, Sigmoid, SiLU, Softmax, Tanh
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.capsule import Capsule, CapsuleLength, PrimaryCapsule
from cnnviz.nn.conv import Conv2d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.history import Epoch, History, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d, LocalResponseNorm
from cnnviz.nn.notation import parse_network
from cnnviz.nn.onnx_import import from_onnx
from cnnviz.nn.optimizer import SGD, Adam, AdamW
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d
from cnnviz.nn.record import Gradients, Record
from cnnviz.nn.schedule import CosineDecay, PlateauDecay, StepDecay
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.summary import Summary, SummaryRow
from cnnviz.nn.training import DivergedError, evaluate, fit

__all__ = [
    "SGD",
    "Adam",
    "AdamW",
    "AvgPool2d",
    "BatchNorm2d",
    "Capsule",
    "CapsuleLength",
    "Conv2d",
    "ConvTranspose2d",
    "CosineDecay",
    "DivergedError",
    "Dropout",
    "Epoch",
    "Flatten",
    "Gated",
    "GlobalAvgPool2d",
    "Gradients",
    "History",
    "Layer",
    "Linear",
    "LocalResponseNorm",
    "MaxPool2d",
    "Parallel",
    "Parameter",
    "PlateauDecay",
    "PrimaryCapsule",
    "ReLU",
    "Record",
    "Residual",
    "Score",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "StepDecay",
    "Summary",
    "SummaryRow",
    "Tanh",
    "augment",
    "evaluate",
    "fit",
    "from_onnx",
    "inside",
    "parse_network",
    "zoo",
]
