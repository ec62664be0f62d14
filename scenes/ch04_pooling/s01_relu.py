"""ReLU on the real numbers of a feature map."""

from cnnviz import subjects
from cnnviz.stage import ActivationLesson


class Relu(
    ActivationLesson,
    subject=subjects.Activation,
    gif="relu",
    takeaway="ReLU passes what is positive unchanged and turns what is negative into 0, number by number.",
    concepts=("activation", "ReLU", "nonlinearity", "feature map"),
    seconds=33,
):
    """Send the feature map of a picture through ReLU, number by number.

    The map is what the kernel makes of the picture; its negative numbers become 0.

    cnnviz gif relu
    cnnviz gif relu blackboard --kernel edge-x
    cnnviz gif relu photo.jpg --kernel laplacian --size 10 -o relu.gif
    """

    subtitle = "negatives become zero"
    title = "ReLU"
