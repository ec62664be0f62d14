"""Several filters over one picture: each makes a map, and the maps stack into depth."""

from cnnviz import subjects
from cnnviz.stage import DepthLesson


class SeveralFilters(
    DepthLesson,
    subject=subjects.Depth,
    takeaway="Every filter makes one map; the maps stack into the depth of the output.",
    concepts=("filters", "depth", "feature map", "parameters"),
    seconds=36,
):
    """Four filters on a handwritten digit, and the four maps they make."""

    title = "Several filters"
    subtitle = "one map each · stacked into depth"
