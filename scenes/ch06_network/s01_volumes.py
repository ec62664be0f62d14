"""Wide and shallow, then small and deep: the shapes on the way through a network."""

from cnnviz import subjects
from cnnviz.stage import VolumesLesson


class Volumes(
    VolumesLesson,
    subject=subjects.Volumes,
    takeaway="On its way through a network, wide and shallow becomes small and deep: fewer places, more features.",
    concepts=("volume", "depth", "pooling", "flatten", "parameters"),
    seconds=44,
):
    """Every volume of a network with its values and parameters."""

    title = "Volumes"
    subtitle = "wide and shallow, then small and deep"
