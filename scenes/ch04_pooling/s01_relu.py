"""ReLU on the real numbers of a feature map."""

from cnnviz.stage import ActivationLesson


class Relu(ActivationLesson):
    """What Sobel-x finds in a handwritten digit goes through max(0, x)."""

    title = "ReLU"
