"""Pictures, data sets and kernels: what the operations are shown on.

Everything here is real: photographs, handwritten digits and the kernels of the textbooks, each with its source.
"""

from cnnviz.data.canvas import placed, scattered_split
from cnnviz.data.collection import builtin_names
from cnnviz.data.dataset import DataSet, dataset
from cnnviz.data.digits import DigitSet, digits
from cnnviz.data.folder import folder_split
from cnnviz.data.images import load_image
from cnnviz.data.kernels import Kernel, gallery, kernel
from cnnviz.data.mnist import mnist_split
from cnnviz.data.phantom import phantom
from cnnviz.data.picture import AtMost, Picture
from cnnviz.data.sequence import load_sequence
from cnnviz.data.shapes import SHAPES, shapes, shapes_split
from cnnviz.data.signals import SIGNALS, signal
from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.data.textures import TEXTURES, textures, textures_split

__all__ = [
    "SHAPES",
    "SIGNALS",
    "TEXTURES",
    "AtMost",
    "DataSet",
    "DigitSet",
    "Examples",
    "Kernel",
    "Picture",
    "Split",
    "builtin_names",
    "dataset",
    "digits",
    "digits_split",
    "folder_split",
    "gallery",
    "kernel",
    "load_image",
    "load_sequence",
    "mnist_split",
    "phantom",
    "placed",
    "scattered_split",
    "shapes",
    "shapes_split",
    "signal",
    "textures",
    "textures_split",
]
