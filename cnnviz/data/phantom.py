"""A drawn head: a small volume with skull, brain, two dark chambers and a bright spot, as a scanner would see it."""

import numpy as np
import numpy.typing as npt

_SKULL, _BRAIN, _CHAMBER, _SPOT = 6.0, 3.0, 1.0, 9.0
_CHAMBERS = ((-0.1, -0.22), (-0.1, 0.22))  # rows and columns of their middles, in halves of the head


def phantom(shape: tuple[int, int, int], seed: int = 0) -> npt.NDArray[np.float64]:
    """Draw a head in whole numbers from 0 to 9, one bright voxel somewhere in its brain.

    Parameters
    ----------
    shape : (slices, rows, columns)
    seed : int
        Of the bright voxel's place and of the noise.

    Examples
    --------
    >>> phantom((4, 6, 6))[1, 1:4].astype(int).tolist()
    [[0, 6, 3, 4, 6, 0], [5, 4, 1, 1, 4, 5], [6, 2, 1, 1, 3, 5]]
    """
    rng = np.random.default_rng(seed)
    z, y, x = (np.linspace(-1.0, 1.0, size) if size > 1 else np.zeros(1) for size in shape)
    squared = (0.72 * z[:, None, None]) ** 2 + (0.88 * y[None, :, None]) ** 2 + x[None, None, :] ** 2
    volume = np.where(squared > 1.1, 0.0, np.where(squared > 0.62, _SKULL, _BRAIN))
    for row, column in _CHAMBERS:
        near = (1.2 * z[:, None, None]) ** 2 + ((y[None, :, None] - row) / 0.5) ** 2 + ((x - column) / 0.22) ** 2
        volume[(near < 1.0) & (squared <= 0.62)] = _CHAMBER
    volume = np.where(volume > 0, np.rint(volume + rng.uniform(-0.8, 0.8, shape)), 0.0)
    inner = np.argwhere(squared <= 0.62)
    inner = inner[((inner > 0) & (inner < np.array(shape) - 1)).all(axis=1)]
    if len(inner):
        volume[tuple(inner[rng.integers(len(inner))])] = _SPOT
    return volume
