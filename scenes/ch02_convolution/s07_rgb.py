"""A color picture: three slices, a kernel of three slices, one number for each window."""

from cnnviz.stage import RgbLesson


class Rgb(RgbLesson):
    """A kernel that weighs yellow against blue, on the rim of an orange flower."""
