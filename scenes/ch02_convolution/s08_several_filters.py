"""Several filters over one picture: each makes a map, and the maps stack into depth."""

from cnnviz.stage import DepthLesson


class SeveralFilters(DepthLesson):
    """Four filters on a handwritten digit, and the four maps they make."""
