"""The famous architectures, and the networks of the lecture, as specifications that build."""

from cnnviz.nn.zoo.alexnet import alexnet
from cnnviz.nn.zoo.efficientnet import efficientnet_b0
from cnnviz.nn.zoo.googlenet import googlenet, inception, naive_inception
from cnnviz.nn.zoo.lenet import lenet5
from cnnviz.nn.zoo.mobilenet import mobilenet_v1
from cnnviz.nn.zoo.registry import Entry, find, names
from cnnviz.nn.zoo.resnet import resnet18, resnet50, resnet152
from cnnviz.nn.zoo.scattered import scattered_cnn, train_scattered
from cnnviz.nn.zoo.texture import texture_cnn, train_texture
from cnnviz.nn.zoo.tiny import tiny_cnn, train_tiny
from cnnviz.nn.zoo.vgg import vgg11, vgg16, vgg19

__all__ = [
    "Entry",
    "alexnet",
    "efficientnet_b0",
    "find",
    "googlenet",
    "inception",
    "lenet5",
    "mobilenet_v1",
    "naive_inception",
    "names",
    "resnet18",
    "resnet50",
    "resnet152",
    "scattered_cnn",
    "texture_cnn",
    "tiny_cnn",
    "train_scattered",
    "train_texture",
    "train_tiny",
    "vgg11",
    "vgg16",
    "vgg19",
]
