"""Gradients on their way back through pooling: to the winner, or in equal shares that add up."""

from cnnviz import subjects
from cnnviz.stage import PoolingGradientLesson


class PoolingGradient(
    PoolingGradientLesson,
    subject=subjects.PoolGradient,
    gif="pool-backprop",
    takeaway="Max sends a gradient to the winner, average shares it out; where windows overlap, they add up.",
    concepts=("backpropagation", "max pooling", "average pooling", "ties", "overlap"),
    seconds=66,
):
    """Send the gradient of a pooled map back to its input.

    By max each gradient goes to the winner of its window, the first one in a tie; by avg every cell gets a share. What
    overlapping windows give adds up.

    cnnviz gif pool-backprop
    cnnviz gif pool-backprop digit:3 --mode max --stride 2
    cnnviz gif pool-backprop pooling-b --stride 2 --dy "1,0;0,-2" -o back.gif
    """

    title = "Pooling, backwards"
    subtitle = "to the winner, or in shares"
