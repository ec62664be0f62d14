"""A convolution on a real handwritten digit, with the real numbers."""

from cnnviz import subjects
from cnnviz.stage import Convolving


class RealDigit(
    Convolving,
    subject=subjects.Convolution,
    gif="conv",
    takeaway="One small kernel, moved over the whole picture, answers most strongly where its pattern is.",
    concepts=("convolution", "edge detection", "weight sharing"),
    seconds=29,
):
    """Slide a kernel over a picture, product by product.

    IMAGE is a PNG, JPEG, GIF, BMP, WebP or TIFF file, rows of numbers as text ("1,2,3;4,5,6;7,8,9"), or a built-in
    name: digit:0 to digit:9 (digit:3#12 is another 3), photo:china, photo:flower, photo:grace_hopper, checkerboard,
    ramp, impulse, edge, blackboard, blackboard-4, pooling-a, pooling-b.

    cnnviz gif conv
    cnnviz gif conv photo.jpg --kernel sobel-x --size 8 -o conv.gif
    cnnviz gif conv digit:7 --kernel "0,-1,0;-1,5,-1;0,-1,0" --padding same
    cnnviz gif conv photo:china --size 96 --stride 2 --theme light
    """

    title = "Convolution"
    subtitle = "slide · multiply · sum"
    is_known = True
