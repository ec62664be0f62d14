"""Pictures, data sets and kernels: what the operations are shown on.

Everything here is real: photographs, handwritten digits and the kernels of the textbooks, each with its source.
"""

from cnnviz.data.digits import DigitSet, digits
from cnnviz.data.images import Picture, builtin_names, load_image
from cnnviz.data.kernels import Kernel, gallery, kernel

__all__ = ["DigitSet", "Kernel", "Picture", "builtin_names", "digits", "gallery", "kernel", "load_image"]
