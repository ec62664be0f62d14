"""MP4 (H.264) and WebM (VP9)."""

import contextlib
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from cnnviz.errors import OptionError
from cnnviz.render.writers.base import Chapter, Clip, Facts, Writer
from cnnviz.render.writers.press import Press
from cnnviz.render.writers.pyav import av
from cnnviz.render.writers.screen import Change
from cnnviz.render.writers.yuv import BT709, LIMITED, Yuv, Yuva

__all__ = ["Mp4Writer", "WebmWriter", "chapter_entry", "container_options"]

_REPEAT = 1  # a picture that stays is written again after so many seconds, for players that seek
_KEY = 10  # seconds between pictures that stand alone
_CONTAINER = {"fflags": "+bitexact"}  # no random numbers in the file
_ALPHA: tuple[dict[str, str], ...] = ({}, {"auto-alt-ref": "0"})  # frames that are never shown cannot be clear
_THREADS = 1  # fixed, because its output depends on it; x264 spends a quarter more on the same picture with four


class _MovieWriter(Writer):
    """Encode a picture for each frame, or only where something changed, with its time, where the rate may vary."""

    codec: ClassVar[str]
    container: ClassVar[dict[str, str]] = {}
    quality: ClassVar[dict[str, str]]

    def __init__(self, path: Path, clip: Clip, **quality: str) -> None:
        if clip.width % 2 or clip.height % 2:
            raise OptionError(f"{self.name}: expected even sizes, got {clip.width}x{clip.height}; change the width")
        super().__init__(path, clip)
        self._picture: Yuv | Yuva = Yuva(self._screen) if clip.transparent else Yuv(self._screen)
        self._next = self._key = 0  # the frame after the last one encoded, and when a key picture is due
        self._file: Any = av.open(str(path), "w", options=_CONTAINER | self.container)
        if clip.title:
            self._file.metadata["title"] = clip.title
        self._stream = self._file.add_stream(
            self.codec, rate=clip.fps, options=self.quality | _ALPHA[clip.transparent] | quality
        )
        self._stream.width, self._stream.height, self._stream.pix_fmt = clip.width, clip.height, self._picture.form
        context = self._stream.codec_context
        context.time_base, context.thread_count = 1 / clip.fps, _THREADS
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED
        self._press = Press(self._file, self._stream)

    def close(self) -> None:
        """Close the file, finished or not."""
        self._press.stop()
        with contextlib.suppress(OSError):  # an unfinished file has nowhere to go
            self._file.close()

    def _read(self) -> Facts:
        with av.open(str(self.path)) as file:
            first = next(file.decode(video=0))
            file.seek(0)
            times = [packet.pts * packet.time_base for packet in file.demux(video=0) if packet.pts is not None]
        frames = round(max(times) * self.clip.fps) + 1
        return Facts(first.width, first.height, len(times), frames / self.clip.fps)

    def _change(self, change: Change) -> None:
        self._repeat(until=self.frames)
        self._picture.update(change.box)
        self._encode(self.frames)

    def _end(self) -> None:
        self._repeat(until=self.frames)
        if self._next < self.frames:
            self._encode(self.frames - 1)
        self._press.finish()
        self._file.set_chapters([chapter_entry(number, chapter) for number, chapter in enumerate(self.chapters)])
        self._file.close()

    def _repeat(self, until: int) -> None:
        """Encode the picture that stays: for every frame, or once a second where the rate may vary."""
        step = max(1, round(_REPEAT * self.clip.fps)) if self.clip.variable_rate else 1
        for at in range(self._next - 1 + step, until, step) if self._next else ():
            self._encode(at)

    def _encode(self, at: int) -> None:
        frame = self._picture.copy()
        frame.pts, frame.time_base, frame.duration = at, 1 / self.clip.fps, 1
        kinds = av.video.frame.PictureType
        frame.pict_type = kinds.I if at >= self._key else kinds.NONE
        if at >= self._key:
            self._key = at + round(_KEY * self.clip.fps)
        self._press.encode(frame)
        self._next = at + 1
        self.pictures += 1


class Mp4Writer(_MovieWriter):
    """H.264 in MP4, its index first, so that it plays while it loads."""

    name = "mp4"
    codec = "libx264"
    container: ClassVar = {"movflags": "+faststart"}
    # The fastest preset, with the tools back that drawings gain from: context coding, large transforms, small
    # partitions, smooth edges. One quantizer for all: to find out where bits could be spared (crf) takes x264 a third
    # of its time, and drawings have little to spare.
    quality: ClassVar = {
        "preset": "ultrafast",
        "qp": "20",
        "x264-params": "cabac=1:8x8dct=1:partitions=i4x4,i8x8,p8x8:ref=2:no-deblock=0",
    }


class WebmWriter(_MovieWriter):
    """VP9 in WebM."""

    name = "webm"
    codec = "libvpx-vp9"
    quality: ClassVar = {"crf": "20", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"}


def container_options(suffix: str) -> dict[str, str]:
    """Return how a file with this ending is written."""
    return _CONTAINER | (Mp4Writer.container if suffix == ".mp4" else {})


def chapter_entry(number: int, chapter: Chapter) -> dict[str, object]:
    """Return a chapter as the container takes it, in milliseconds."""
    return {
        "id": number,
        "start": round(chapter.start * 1000),
        "end": round(chapter.end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }
