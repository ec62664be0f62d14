"""Wide and shallow, then small and deep: the shapes on the way through a network."""

from cnnviz.stage import VolumesLesson


class Volumes(VolumesLesson):
    """Every volume of a network with its values and parameters."""
