"""Max pooling: the largest number of each window goes on."""

from cnnviz import subjects
from cnnviz.stage import PoolingStory


class MaxPooling(
    PoolingStory,
    subject=subjects.Pooling,
    mode="max",
    gif="pool --mode max",
    takeaway="The largest number of each window goes on, and where exactly it stood is forgotten.",
    concepts=("max pooling", "arg-max", "ties", "stride"),
    seconds=26,
):
    """Pool a picture, window by window.

    By max the winning cell travels to its place in the smaller map; by avg each window hands over its mean, and at the
    end the whole map is pooled to one number.

    cnnviz gif pool
    cnnviz gif pool "1,9,5,4;3,2,0,7"
    cnnviz gif pool digit:3 --mode avg
    cnnviz gif pool photo.jpg --size 12 -o pool.gif
    cnnviz gif pool pooling-b --kernel-size 3 --stride 1
    cnnviz gif pool photo:flower --channels rgb
    """

    title = "Max pooling"
    subtitle = "the strongest goes on"
