"""What max pooling forgets: pictures with one pooled map, and the way back with and without the places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import max_pool2d
from cnnviz.engine.trace import MaxUnpoolTrace, trace_max_unpool, trace_pool
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import check_side, subject_picture
from cnnviz.subjects.pooling import Pooling

MOST_CELLS, USUAL_SIDE = 12, 8
_PICTURES, _TRIES = 9, 60
Cell = tuple[int, int]
Numbers = NDArray[np.floating]


class Unpooling(Subject):
    """A picture, others with the same pooled map, and two ways to make that map large again.

    Attributes
    ----------
    pictures : list of array
        Up to nine, the given one first; in the others the numbers of each window have changed places.
    trace : PoolTrace
    places : array
        Where in the picture each number of the pooled map stood, row by row from 0.
    blind, back : MaxUnpoolTrace
        Every number put to the first cell of its window, and to where it stood.

    Examples
    --------
    >>> subject = Unpooling()
    >>> len(subject.pictures), subject.places.tolist()
    (9, [[5, 7], [8, 15]])
    >>> subject.back.fold()[0]
    array([[0., 0., 0., 0.],
           [0., 6., 0., 8.],
           [3., 0., 0., 0.],
           [0., 0., 0., 9.]])
    >>> [len(subject.right(trace)) for trace in (subject.blind, subject.back)]
    [1, 4]
    """

    image = Pooling.image.but("pooling-a", "The picture, of at most 12 pixels a side.")
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 8.")
    kernel_size = Option(Integer(2, 4), 2, "Cells of the window along each side; it moves on by as many.")

    def prepare(self) -> None:
        """Load, check, pool and unpool."""
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        check_side("size", self.picture.values.shape[1:], f"pass --size {MOST_CELLS} or less", MOST_CELLS)
        x, side = self.picture.values[None], self.kernel_size
        self.trace = trace_pool(x, side)
        pooled, places = max_pool2d(x, side, return_indices=True)
        rows, columns = np.indices(places.shape[2:]) * side
        corners = (rows * x.shape[3] + columns)[None, None]
        self.places = places[0, 0]
        self.blind, self.back = (
            trace_max_unpool(pooled, at, side, output_size=x.shape[2:]) for at in (corners, places)
        )
        self.pictures = self._alike(x[0, 0])

    def winners(self, picture: Numbers) -> list[Cell]:
        """List the cells of a picture that its windows hand on."""
        steps = trace_pool(picture[None, None], self.kernel_size)
        return [(step.argmax[0], step.argmax[1]) for step in steps if step.argmax is not None]

    def right(self, trace: MaxUnpoolTrace) -> list[Cell]:
        """List the cells that an unpooling has given back as they were."""
        return [(row, column) for row, column in np.argwhere(trace.fold()[0] == self.pictures[0]).tolist()]

    def _alike(self, x: Numbers) -> list[Numbers]:
        """Let the numbers of each window change places, by a fixed seed, as often as there are other pictures."""
        rng, side, found = np.random.default_rng(0), self.kernel_size, [x]
        for _ in range(_TRIES):
            other = x.copy()
            for row in range(0, x.shape[0] - side + 1, side):
                for column in range(0, x.shape[1] - side + 1, side):
                    window = other[row : row + side, column : column + side]
                    window[...] = rng.permutation(window.ravel()).reshape(side, side)
            if not any(np.array_equal(other, each) for each in found):
                found.append(other)
            if len(found) == _PICTURES:
                break
        return found
