"""Pictures, data sets and kernels: what the operations are shown on.

Everything here is real: photographs, handwritten digits and the kernels of the textbooks, each with its source.
"""

from cnnviz.data.collection import builtin_names
from cnnviz.data.digits import DigitSet, digits
from cnnviz.data.images import load_image
from cnnviz.data.kernels import Kernel, gallery, kernel
from cnnviz.data.picture import AtMost, Picture

__all__ = ["AtMost", "DigitSet", "Kernel", "Picture", "builtin_names", "digits", "gallery", "kernel", "load_image"]
