"""The one turn in space that Manim asks scipy for, to the last bit, without the import of scipy."""

import math
from typing import Any

import numpy as np


class Rotation:
    """What of ``scipy.spatial.transform.Rotation`` Manim calls."""

    def __init__(self, matrix: np.ndarray) -> None:
        self._matrix = matrix

    @classmethod
    def from_rotvec(cls, vector: Any) -> "Rotation":
        """Turn about a vector by its length in radians."""
        a, b, c = map(float, vector)
        angle = math.sqrt(a * a + b * b + c * c)
        square = angle * angle
        scale = 0.5 - square / 48 + square * square / 3840 if angle <= 1e-3 else math.sin(angle / 2) / angle
        x, y, z, w = scale * a, scale * b, scale * c, math.cos(angle / 2)
        xx, yy, zz, ww = x * x, y * y, z * z, w * w
        xy, xz, yz, xw, yw, zw = x * y, x * z, y * z, x * w, y * w, z * w
        return cls(
            np.array(
                [
                    [xx - yy - zz + ww, 2 * (xy - zw), 2 * (xz + yw)],
                    [2 * (xy + zw), -xx + yy - zz + ww, 2 * (yz - xw)],
                    [2 * (xz - yw), 2 * (yz + xw), -xx - yy + zz + ww],
                ]
            )
        )

    def as_matrix(self) -> np.ndarray:
        """Give the turn as a 3 x 3 matrix."""
        return self._matrix
