"""A sound track beside the pictures of a movie, which are not encoded again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.movie import container_options

__all__ = ["add_sound"]

_CODECS = {".mp4": ("aac", "fltp", 22_050), ".webm": ("libopus", "flt", 48_000)}
_BITS = 64_000  # a second, plenty for speech


def add_sound(clip: Path, samples: npt.NDArray[np.int16], rate: int, path: Path) -> None:
    """Write a movie with the pictures of ``clip`` and one channel of sound.

    Parameters
    ----------
    clip
        An ``.mp4`` or ``.webm`` file without sound.
    samples
        One channel, ``rate`` of them a second, from the first picture on.
    path
        Where to write, with the same ending as ``clip``.
    """
    codec, form, speed = _CODECS[path.suffix]
    with av.open(str(clip)) as source, av.open(str(path), "w", options=container_options(path.suffix)) as out:
        video = source.streams.video[0]
        pictures: Any = out.add_stream_from_template(video)
        pictures.time_base = video.time_base
        sound: Any = out.add_stream(codec, rate=speed, layout="mono", format=form)
        sound.bit_rate = _BITS
        out.metadata.update(source.metadata)
        out.set_chapters(source.chapters())
        shown = [packet for packet in source.demux(video) if packet.pts is not None]
        for packet in shown:
            packet.stream = pictures
        resampler = av.AudioResampler(format=form, layout="mono", rate=speed, frame_size=sound.codec_context.frame_size)
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        pieces = (*resampler.resample(frame), *resampler.resample(None), None)
        heard = [packet for piece in pieces for packet in sound.encode(piece)]
        for packet in sorted([*shown, *heard], key=lambda packet: packet.dts * packet.time_base):
            out.mux(packet)
