"""What is said of a pooled map when the picture has moved."""

from __future__ import annotations

from cnnviz.stage.language import Template
from cnnviz.stage.stories.kernel_words import Said

NEITHER: Template = "The pooled map neither stays nor moves: {changed} of its {total} numbers have changed."
ALONG: Template = "A shift by {by}, a whole window: the pooled map moves along, exactly, by {along}."
MOVED: Template = "A shift by {by}: this time the pooled map moves along, by {along}."
STAYS: Template = "This time the pooled map stays as it is: the shift goes unnoticed."
AGAIN: Template = "A shift by {by}: again another pooled map, {changed} of {total} numbers have changed."


def pooled(by: int, window: int, along: int | None, changed: tuple[int, int]) -> Said:
    """Say whether it has moved along, stays, or is another map.

    >>> pooled(2, 2, 1, (8, 30))[1], pooled(1, 2, None, (11, 30))[1]
    ({'by': 2, 'along': 1}, {'changed': 11, 'total': 30})
    """
    if along is None:
        counts = {"changed": changed[0], "total": changed[1]}
        return (NEITHER, counts) if by < window else (AGAIN, {"by": by, **counts})
    if along == 0:
        return STAYS, {}
    return MOVED if by % window else ALONG, {"by": by, "along": along}
