"""Rectangles of pixels, and which of them differ between two lists of pictures."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol

from cnnviz.render.fast.sink import Box

_SPARE = 1.2  # a hull may hold so many times the pixels of the two rectangles in it


class Boxed(Protocol):
    """Anything that touches a rectangle of pixels, or nothing at all."""

    @property
    def box(self) -> Box | None:
        """The rectangle, None when no pixel is touched."""


def area(box: Box) -> int:
    """Count the pixels of a rectangle.

    Examples
    --------
    >>> area((0, 0, 2, 3))
    6
    """
    return (box[2] - box[0]) * (box[3] - box[1])


def meet(a: Box, b: Box) -> bool:
    """Tell whether two rectangles share a pixel.

    Examples
    --------
    >>> meet((0, 0, 2, 2), (1, 1, 3, 3)), meet((0, 0, 2, 2), (0, 2, 2, 4))
    (True, False)
    """
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def overlap(a: Box, b: Box) -> Box | None:
    """Return the pixels that two rectangles share, None when there are none.

    Examples
    --------
    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3))
    (1, 1, 2, 2)
    """
    if not meet(a, b):
        return None
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def hull(a: Box, b: Box) -> Box:
    """Return the smallest rectangle around two.

    Examples
    --------
    >>> hull((0, 0, 1, 1), (4, 2, 5, 3))
    (0, 0, 5, 3)
    """
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def apart(boxes: Iterable[Box]) -> list[Box]:
    """Cover rectangles with few rectangles that do not meet.

    Two become one when they meet, or when their hull holds hardly more pixels than both.

    Examples
    --------
    >>> apart([(0, 0, 2, 2), (1, 1, 3, 3), (9, 9, 10, 10)])
    [(0, 0, 3, 3), (9, 9, 10, 10)]
    """
    kept: list[Box] = []
    sizes: list[int] = []
    for top, left, bottom, right in boxes:
        size, i = (bottom - top) * (right - left), 0
        while i < len(kept):
            y0, x0, y1, x1 = kept[i]
            high = (bottom if bottom > y1 else y1) - (top if top < y0 else y0)
            wide = (right if right > x1 else x1) - (left if left < x0 else x0)
            if high * wide > _SPARE * (size + sizes[i]) and not (top < y1 and y0 < bottom and left < x1 and x0 < right):
                i += 1
                continue
            top, left, bottom, right = hull((top, left, bottom, right), kept.pop(i))  # noqa: PLW2901 -- it grows
            sizes.pop(i)
            size, i = high * wide, 0
        kept.append((top, left, bottom, right))
        sizes.append(size)
    return kept


def changed(old: Sequence[Boxed], new: Sequence[Boxed]) -> list[Box]:
    """Return rectangles outside of which two lists, painted in order, give the same pixels.

    A picture that is in both lists counts as unchanged as long as the unchanged ones keep their order.
    """
    if old == new:
        return []
    if len(old) == len(new):
        pairs = [(a, b) for a, b in zip(old, new, strict=True) if a is not b]
        touched = [picture for pair in pairs for picture in pair]
    else:
        start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a is not b), min(len(old), len(new)))
        stop = 0
        for a, b in zip(reversed(old[start:]), reversed(new[start:]), strict=False):
            if a is not b:
                break
            stop += 1
        touched = _unmatched(old[start : len(old) - stop], new[start : len(new) - stop])
    return apart(picture.box for picture in touched if picture.box is not None)


def _unmatched(old: Sequence[Boxed], new: Sequence[Boxed]) -> list[Boxed]:
    """Return what is left of both lists without their longest common run of kept order."""
    places: dict[int, list[int]] = {}
    for i, picture in enumerate(old):
        places.setdefault(id(picture), []).append(i)
    for stack in places.values():
        stack.reverse()
    known = [(places[id(p)].pop(), j) for j, p in enumerate(new) if places.get(id(p))]
    kept_old, kept_new = set(), set()
    for i, j in _rising(known):
        kept_old.add(i)
        kept_new.add(j)
    return [p for i, p in enumerate(old) if i not in kept_old] + [p for j, p in enumerate(new) if j not in kept_new]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence whose first members rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (i, _) in enumerate(pairs):
        at = bisect_left(tails, i)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [i]
        ends[at : at + 1] = [k]
    run: list[tuple[int, int]] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        run.append(pairs[k])
        k = before[k]
    return run
