"""Average pooling, and global pooling: every number hands over its share."""

from typing import Any

from cnnviz.stage import GlobalPoolingLesson


class AveragePooling(GlobalPoolingLesson):
    """Each window is replaced by its mean, and at last the whole map by one."""

    title = "Average pooling"
    subtitle = "in equal shares"

    def __init__(self, *args: Any, mode: str = "avg", **options: Any) -> None:
        super().__init__(*args, mode=mode, **options)
