"""A sound track beside the pictures of a movie, which are not encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.errors import InputError
from cnnviz.render.writers.movie import container_options
from cnnviz.render.writers.pyav import av

__all__ = ["RATE", "add_sound", "heard", "in_a_row", "mixed", "sounded"]

_CODECS = {".mp4": ("aac", "fltp"), ".webm": ("libopus", "flt")}
_BITS = 64_000  # a second and channel, plenty for speech
_OPUS = 48_000  # samples a second, the only rate it knows
_LAYOUTS = ("mono", "stereo")

Samples = npt.NDArray[np.int16]

RATE = 48_000
"""Samples a second of the sounds in a movie."""


def add_sound(clip: Path, samples: Samples, rate: int, path: Path) -> None:
    """Write a movie with the pictures of ``clip`` and one or two channels of sound.

    Parameters
    ----------
    clip
        An ``.mp4`` or ``.webm`` file without sound.
    samples
        A row for each channel, ``rate`` columns a second, from the first picture on.
    path
        Where to write, with the same ending as ``clip``.
    """
    codec, form = _CODECS[path.suffix]
    speed = _OPUS if path.suffix == ".webm" else rate
    layout = _LAYOUTS[len(samples) - 1]
    with av.open(str(clip)) as source, av.open(str(path), "w", options=container_options(path.suffix)) as out:
        video = source.streams.video[0]
        pictures: Any = out.add_stream_from_template(video)
        pictures.time_base = video.time_base
        sound: Any = out.add_stream(codec, rate=speed, layout=layout, format=form)
        sound.bit_rate = _BITS * len(samples)
        out.metadata.update(source.metadata)
        out.set_chapters(source.chapters())
        shown = [packet for packet in source.demux(video) if packet.pts is not None]
        for packet in shown:
            packet.stream = pictures
        resampler = av.AudioResampler(format=form, layout=layout, rate=speed, frame_size=sound.codec_context.frame_size)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="s16p", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        pieces = (*resampler.resample(frame), *resampler.resample(None), None)
        heard = [packet for piece in pieces for packet in sound.encode(piece)]
        for packet in sorted([*shown, *heard], key=lambda packet: packet.dts * packet.time_base):
            out.mux(packet)


def sounded(clip: Path, samples: Samples) -> None:
    """Give a movie that is still in the making its sound, `RATE` samples a second."""
    louder = clip.with_name(f"sound{clip.suffix}")
    add_sound(clip, samples, RATE, louder)
    louder.replace(clip)


def heard(path: Path, rate: int, layout: str = "mono") -> Samples:
    """Return the sound of a file, a row for each channel; no columns where it has none."""
    resampler = av.AudioResampler(format="s16p", layout=layout, rate=rate)
    pieces = [np.zeros((1 + _LAYOUTS.index(layout), 0), np.int16)]
    with av.open(str(path)) as file:
        frames = file.decode(audio=0) if file.streams.audio else ()
        for frame in (*frames, *([None] if file.streams.audio else [])):
            pieces += [piece.to_ndarray() for piece in resampler.resample(frame)]
    return np.concatenate(pieces, axis=1)


def mixed(sounds: Sequence[tuple[Path, float, float | None]], seconds: float, rate: int) -> Samples:
    """Lay sounds over each other: files, when they begin in seconds, and their gains in decibels.

    Raises
    ------
    InputError
        If a file holds no sound.
    """
    track, known = np.zeros((2, round(seconds * rate)), np.float64), dict[Path, Samples]()
    for path, start, gain in sounds:
        try:
            if path not in known:
                known[path] = heard(path, rate, "stereo")
            samples = known[path]
        except (av.FFmpegError, OSError) as error:
            raise InputError(f"sound: expected a file with sound, got {path.name}: {error}") from error
        part = track[:, round(start * rate) :]
        part[:, : samples.shape[1]] += samples[:, : part.shape[1]] * 10 ** ((gain or 0) / 20)
    return np.clip(np.rint(track), -32768, 32767).astype(np.int16)


def in_a_row(clips: Sequence[tuple[Path, float]], seconds: float, rate: int) -> Samples:
    """Lay the sounds of clips one after the other, in one channel: files, and when they begin in seconds."""
    track = np.zeros((1, round(seconds * rate)), np.int16)
    for path, start in clips:
        part, samples = track[:, round(start * rate) :], heard(path, rate)
        part[:, : samples.shape[1]] = samples[:, : part.shape[1]]
    return track
