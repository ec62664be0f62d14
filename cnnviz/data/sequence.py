"""Load sequences as rows of numbers: made by rule, or from a file of numbers or of sound."""

from __future__ import annotations

import wave
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviz.data.npz import read_npy
from cnnviz.data.picture import Picture
from cnnviz.data.signals import SIGNALS
from cnnviz.data.source import hint, is_there, printable, read_bytes, shown
from cnnviz.errors import InputError

Numbers = npt.NDArray[np.float64]
LIMIT = 16 * 2**20
ENDINGS = (".npy", ".csv", ".txt", ".wav")
_WHO = "load_sequence"
_SEPARATORS = ",;\t"


def load_sequence(source: str | Path, channels: int, length: int) -> Picture:
    """Load a sequence as a picture of one row: one that is made, by its name, or a file.

    Parameters
    ----------
    source : str or Path
        ``"heartbeat"`` or ``"tone"``, from -1 to 1, each channel from a seed of its own; or a file of at most 16 MB:

        - ``.npy``: an array of shape (L,), (C, L) or (L, C), whose numbers are taken as they are;
        - ``.csv`` or ``.txt``: a moment in each line, a channel in each column, names in the first
          line or none; or all moments in one line;
        - ``.wav``: from -1 to 1; for one channel the mean of all.

    channels, length : int
        What is needed. Of a longer sequence the part around its middle is kept.

    Returns
    -------
    Picture
        With ``values`` of shape (C, 1, L).

    Raises
    ------
    InputError
        Where there is no such sequence, or the file is damaged, too large or too short, or has other channels.

    Examples
    --------
    >>> load_sequence("tone", 2, 64).values.shape
    (2, 1, 64)
    """
    text = str(source)
    if text in SIGNALS and isinstance(source, str):
        made = np.stack([SIGNALS[text](length, seed) for seed in range(channels)])
        return Picture(made[:, None] / float(np.abs(made).max() or 1.0), 1.0, text)
    path, ending = Path(source), Path(source).suffix.lower()
    if ending not in ENDINGS:
        seen = f"{shown(text)}, a file of another kind" if text and is_there(text) else shown(text)
        raise InputError(
            f"{_WHO}: expected {', '.join(SIGNALS)} or a file that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, "
            f"got {seen}; {hint(text, SIGNALS)}the network reads sequences, so save one as numbers"
        )
    name = shown(text)
    found = {".npy": _from_npy, ".wav": _from_wav}.get(ending, _from_text)(path, channels)
    if not np.isfinite(found).all():
        raise InputError(f"{_WHO}: expected finite numbers, got {name} with NaN or infinity in it; replace these first")
    if len(found) != channels:
        raise InputError(
            f"{_WHO}: expected {channels} channel{'s' * (channels > 1)}, got {len(found)} in {name}, each "
            f"{found.shape[1]:,} long; the network reads {channels}x{length}"
        )
    if found.shape[1] < length:
        raise InputError(
            f"{_WHO}: expected a sequence of at least {length:,} moments, got {found.shape[1]:,} in {name}; "
            f"give a longer one"
        )
    first = (found.shape[1] - length) // 2
    return Picture(np.ascontiguousarray(found[:, None, first : first + length]), 1.0, printable(path.stem)[:40])


def _from_npy(path: Path, channels: int) -> Numbers:
    """Take an array, channels before moments; the other way around where only that fits."""
    array = read_npy(_WHO, path, limit=LIMIT).astype(np.float64)
    if array.ndim not in (1, 2):
        got = " × ".join(map(str, array.shape))
        raise InputError(
            f"{_WHO}: expected an array of shape (L,) or (C, L), got {shown(str(path))} of {got or 'one number'}; "
            f"save one sequence"
        )
    return _turned(np.atleast_2d(array), channels)


def _from_text(path: Path, channels: int) -> Numbers:
    lines = read_bytes(_WHO, path, LIMIT).decode("utf-8-sig", errors="replace").splitlines()
    lines = [line for line in lines if line.strip()]
    mark = next((mark for mark in _SEPARATORS if lines and mark in lines[0] + lines[-1]), None)
    if len(lines) > 1 and not any(map(_is_number, lines[0].split(mark))):
        lines = lines[1:]
    try:
        array = np.loadtxt(lines, delimiter=mark, ndmin=2, comments=None) if lines else np.empty((0, 0))
    except ValueError:
        array = np.empty((0, 0))
    if array.size:
        return array if len(array) == 1 else _turned(array.T, channels)
    raise InputError(
        f"{_WHO}: expected lines of numbers, as many in each, got {shown(str(path))} with something else in it; "
        f"write a moment a line, a comma between channels"
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _turned(array: Numbers, channels: int) -> Numbers:
    return array.T if len(array) != channels and array.shape[1] == channels else array


def _from_wav(path: Path, channels: int) -> Numbers:
    """Take whole samples of 8 to 32 bits."""
    data = read_bytes(_WHO, path, LIMIT)
    try:
        with wave.open(BytesIO(data)) as file:
            width, tracks = file.getsampwidth(), file.getnchannels()
            content = file.readframes(file.getnframes())
    except (wave.Error, EOFError, ValueError, OverflowError) as error:
        raise InputError(
            f"{_WHO}: expected a .wav file of plain samples (PCM), got {shown(str(path))}, which is damaged or of "
            f"another kind; save it again as 16 bits"
        ) from error
    whole = np.frombuffer(content[: len(content) // (width * tracks) * (width * tracks)], np.uint8).reshape(-1, width)
    if width == 1:
        values = whole[:, 0].astype(np.float64) / 128 - 1
    else:
        padded = np.zeros((len(whole), 4), np.uint8)
        padded[:, 4 - width :] = whole
        values = padded.view("<i4")[:, 0].astype(np.float64) / 2**31
    found = values.reshape(-1, tracks).T
    return found.mean(axis=0, keepdims=True) if channels == 1 else found
