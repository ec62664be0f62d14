"""Max pooling: the largest number of each window goes on."""

from typing import Any

from cnnviz.stage import PoolingLesson


class MaxPooling(PoolingLesson):
    """The winner of each window travels to its place in a smaller map."""

    title = "Max pooling"
    subtitle = "the strongest goes on"

    def __init__(self, *args: Any, mode: str = "max", **options: Any) -> None:
        super().__init__(*args, mode=mode, **options)
