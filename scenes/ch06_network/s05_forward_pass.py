"""A real digit through the trained network, every layer's real numbers, to the prediction; and one it gets wrong."""

from cnnviz import subjects
from cnnviz.stage import ForwardLesson


class ForwardPass(
    ForwardLesson,
    subject=subjects.Forward,
    gif="forward",
    takeaway="Windows, sums and maxima, layer by layer, turn 64 pixels into ten shares; the largest is the answer.",
    concepts=("forward pass", "feature map", "flatten", "softmax", "prediction"),
    seconds=83,
):
    """Send a digit through the trained network, number by number.

    The network is tiny-cnn. A picture file is made 8 x 8 and read as light ink on dark ground or the other way around.

    cnnviz gif forward
    cnnviz gif forward digit:7#12 -o seven.gif
    cnnviz gif forward my-digit.png --theme light
    cnnviz gif forward digit:4 --network renders/tiny-cnn.npz
    """

    title = "One digit through the network"
