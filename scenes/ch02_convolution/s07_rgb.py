"""A color picture: three slices, a kernel of three slices, one number for each window."""

from cnnviz import subjects
from cnnviz.stage import RgbLesson


class Rgb(
    RgbLesson,
    subject=subjects.Rgb,
    takeaway="A kernel has a slice for each color; the partial sums and a bias make one number.",
    concepts=("channels", "RGB", "partial sums", "bias", "parameters"),
    seconds=44,
):
    """A kernel that weighs yellow against blue, on the rim of an orange flower."""

    title = "Color pictures"
    subtitle = "three slices · one number"
