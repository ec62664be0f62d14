"""The same operation on other data: words, sound, a series, a scan, a video, a board, each with one window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import signal
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.subjects.conv1d import SignalKind
from cnnviz.subjects.option import Option, Subject

Numbers = NDArray[np.float64]
WORDS, WIDE = 7, 4  # of the text: words, and numbers for each
_SAMPLES, _MOST = 16, 20
_HELD = [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]
_AROUND = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
_BLACK = ((2, 2), (2, 3), (3, 4), (4, 3), (4, 5), (6, 6), (5, 2))
_WHITE = ((3, 3), (2, 4), (3, 5), (5, 3), (6, 5), (4, 6), (6, 2))


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of data under one kernel that goes through all its sheets.

    Attributes
    ----------
    name : str
    sheets, kernel : array, shape (D, H, W), (D, K, L)
    trace : ConvTrace
    """

    name: str
    sheets: Numbers
    kernel: Numbers
    trace: ConvTrace

    @property
    def result(self) -> Numbers:
        """What comes out: one number for each place of the window."""
        return np.asarray(self.trace.fold()[0])

    @property
    def best(self) -> tuple[int, int]:
        """The window whose result is largest, the first of equals."""
        row, column = np.unravel_index(int(self.result.argmax()), self.result.shape)
        return int(row), int(column)

    @property
    def largest(self) -> float:
        """Its result."""
        return float(self.result[self.best])

    @property
    def shape(self) -> str:
        """Sizes along each axis, those of 1 left out."""
        return " × ".join(str(size) for size in self.sheets.shape if size > 1)


class Elsewhere(Subject):
    """Six kinds of data, each with a kernel and the trace of a convolution.

    The numbers of words are drawn by chance, as an embedding begins; sound is the spectrum of a sung tone, moment by
    moment; the scan is a ball, the video a spot that moves, the board a position of Go, black 1 and white -1.

    Examples
    --------
    >>> [kind.name for kind in Elsewhere().kinds]
    ['text', 'sound', 'series', 'scan', 'video', 'board']
    >>> Elsewhere(series="1,2,4,8").kinds[2].result.tolist()
    [[-1.0, -2.0]]
    """

    series = Option(SignalKind(), "heartbeat", "The series: a signal by name, or numbers along time, at most 20.")

    def prepare(self) -> None:
        """Make all six."""
        rng = np.random.default_rng(3)
        words, reads = rng.integers(-2, 3, (1, WORDS, WIDE)), rng.integers(-1, 2, (1, 3, WIDE))
        wave = signal(self.series, _SAMPLES) if isinstance(self.series, str) else np.array(self.series)[:_MOST]
        box = np.ones((3, 3, 3))
        later = np.zeros((3, 3, 3))
        later[0, 1, 1], later[2, 1, 1] = -1, 1
        self.kinds = [
            self._kind("text", words, reads),
            self._kind("sound", _spectrum()[None], [_HELD]),
            self._kind("series", wave[None, None], [[[-1, 2, -1]]]),
            self._kind("scan", _ball(), box),
            self._kind("video", _spot(), later),
            self._kind("board", _board()[None], [_AROUND]),
        ]

    @staticmethod
    def _kind(name: str, sheets: object, kernel: object) -> Kind:
        x, w = np.asarray(sheets, dtype=np.float64), np.asarray(kernel, dtype=np.float64)
        return Kind(name, x, w, trace_conv(x[None], w[None]))


def _spectrum() -> Numbers:
    """Take the strengths of twelve pitches in sixteen moments of a tone, the highest pitch first."""
    wave = signal("tone", 16 * 12 + 24)
    parts = [np.abs(np.fft.rfft(wave[12 * i : 12 * i + 24] * np.hanning(24)))[:12] for i in range(16)]
    return np.rint(np.array(parts).T[::-1] / 10)


def _ball() -> Numbers:
    """Fill the cells of 3 × 5 × 5 that are near the middle."""
    away = sum((axis - middle) ** 2 for axis, middle in zip(np.indices((3, 5, 5)), (1, 2, 2), strict=True))
    return np.where(away <= 2, 9.0, np.where(away <= 5, 4.0, 1.0))


def _spot() -> Numbers:
    """Let a spot go to the right, one column a picture."""
    frames = np.zeros((3, 5, 5))
    for picture in range(3):
        frames[picture, 2, 1 + picture] = 9.0
    return frames


def _board() -> Numbers:
    """Lay stones on nine by nine points."""
    board = np.zeros((9, 9))
    board[tuple(zip(*_BLACK, strict=True))] = 1
    board[tuple(zip(*_WHITE, strict=True))] = -1
    return board
