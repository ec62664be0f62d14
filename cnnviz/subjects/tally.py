"""Adding shares up, one after the other."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cnnviz.subjects.number import cell_text
from cnnviz.subjects.sharing import Numbers, Share, Sharing

_NOISE = 1e-12  # of the largest share: what remains where float64 should have come to 0


class Tally:
    """The target while it fills.

    Examples
    --------
    >>> from cnnviz.subjects import Backprop
    >>> sharing = Backprop().of_weight()
    >>> tally = Tally(sharing.target.values.shape)
    >>> for index in range(2):
    ...     tally.add(sharing[index])
    >>> tally.values[0]  # the first two windows begin with 1 2 3 and 2 3 4
    array([3., 5., 7.])
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.values = np.zeros(shape)
        self._largest = 0.0

    def add(self, share: Share) -> None:
        """Let a share land."""
        with np.errstate(invalid="ignore", over="ignore"):
            self._largest = max(self._largest, float(np.abs(share.numbers).max()))
            cells = self.values[share.window]
            cells += share.numbers
            cells[np.abs(cells) < _NOISE * self._largest] = 0.0


def totals(shape: tuple[int, ...], shares: Iterable[Share]) -> Numbers:
    """Return a target of this shape after all shares have landed."""
    tally = Tally(shape)
    for share in shares:
        tally.add(share)
    return tally.values


def written(sharing: Sharing, most: int) -> set[str]:
    """Return every text that the target shows on its way, if ``most`` shares suffice; else those of its end."""
    texts = {cell_text(value) for value in sharing.target.values.ravel().tolist()}
    if len(sharing) <= most:
        tally = Tally(sharing.target.values.shape)
        for index in range(len(sharing)):
            tally.add(sharing[index])
            texts.update(map(cell_text, tally.values[sharing[index].window].ravel().tolist()))
    return texts
