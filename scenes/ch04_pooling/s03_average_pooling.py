"""Average pooling, and global pooling: every number hands over its share."""

from cnnviz import subjects
from cnnviz.stage import GlobalPoolingLesson


class AveragePooling(
    GlobalPoolingLesson,
    subject=subjects.Pooling,
    mode="avg",
    gif="pool --mode avg",
    takeaway="Every number hands over its share of the mean; over the whole map, one number is left.",
    concepts=("average pooling", "global pooling", "mean"),
    seconds=40,
):
    """Each window is replaced by its mean, and at last the whole map by one."""

    title = "Average pooling"
    subtitle = "in equal shares"
