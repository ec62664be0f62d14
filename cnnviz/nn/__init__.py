"""Networks on the engine's operations: layers, summaries, training, and the famous architectures."""

from cnnviz.nn import augment, inside, zoo
from cnnviz.nn.activation import ELU, GELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, SiLU, Softmax, Softplus, Tanh
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.capsule import Capsule, CapsuleLength, PrimaryCapsule
from cnnviz.nn.conv import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.graph import Graph
from cnnviz.nn.history import Epoch, History, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.loading import load
from cnnviz.nn.norm import BatchNorm2d, GroupNorm, LayerNorm, LocalResponseNorm
from cnnviz.nn.normalization import IMAGENET, Normalization
from cnnviz.nn.notation import parse_network
from cnnviz.nn.one_row import in_one_row
from cnnviz.nn.onnx_import import from_onnx
from cnnviz.nn.optimizer import SGD, Adam, AdamW
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pool import (
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
)
from cnnviz.nn.record import Gradients, Record
from cnnviz.nn.schedule import CosineDecay, PlateauDecay, StepDecay
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.size import check_size
from cnnviz.nn.summary import Summary, SummaryRow
from cnnviz.nn.training import DivergedError, evaluate, fit

__all__ = [
    "ELU",
    "GELU",
    "IMAGENET",
    "SGD",
    "Adam",
    "AdamW",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "BatchNorm2d",
    "Capsule",
    "CapsuleLength",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "CosineDecay",
    "DivergedError",
    "Dropout",
    "Epoch",
    "Flatten",
    "Gated",
    "GlobalAvgPool2d",
    "GlobalMaxPool2d",
    "Gradients",
    "Graph",
    "GroupNorm",
    "History",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LocalResponseNorm",
    "LogSoftmax",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "Normalization",
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
    "Softplus",
    "StepDecay",
    "Summary",
    "SummaryRow",
    "Tanh",
    "augment",
    "check_size",
    "evaluate",
    "fit",
    "from_onnx",
    "in_one_row",
    "inside",
    "load",
    "parse_network",
    "zoo",
]
