"""What the lecture writes on the board, and how to lay one plane under an operation."""

import numpy as np

X = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5]], dtype=float)
W = np.array([[1, 0, -1]] * 3, dtype=float)
Y = np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4]], dtype=float)

POOL_TABLE = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], dtype=float)


def plane(f, x, *arguments, **options):
    """Run an operation on one plane as a batch of one with one channel."""
    arguments = [a[None, None] if isinstance(a, np.ndarray) else a for a in arguments]
    return f(x[None, None], *arguments, **options)[0, 0]
