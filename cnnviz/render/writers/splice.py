"""Clips one after the other in one movie, without encoding anything again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from cnnviz.errors import RenderError
from cnnviz.render.writers.base import Chapter
from cnnviz.render.writers.movie import chapter_entry, container_options
from cnnviz.render.writers.pyav import av

__all__ = ["splice"]


def splice(
    parts: Sequence[tuple[Path, float]], path: Path, *, title: str = "", chapters: Sequence[Chapter] = ()
) -> None:
    """Copy the pictures of clips, each with its length in seconds, into one file.

    Parameters
    ----------
    parts
        MP4 or WebM files of one size, rate and encoder.
    path
        Where to write; its ending is the kind of the parts.
    title, chapters
        What goes into the file's own description.

    Raises
    ------
    RenderError
        If the parts differ in size or encoding, or the file that came out does not hold all their pictures.
    """
    pictures = 0
    with av.open(str(path), "w", options=container_options(path.suffix)) as out:
        stream: Any = None
        offset = Fraction(0)
        for part, seconds in parts:
            with av.open(str(part)) as source:
                video = source.streams.video[0]
                if stream is None:
                    first = _likeness(video)
                    stream = out.add_stream_from_template(video)
                    stream.time_base = video.time_base
                    if title:
                        out.metadata["title"] = title
                    out.set_chapters([chapter_entry(number, chapter) for number, chapter in enumerate(chapters)])
                elif _likeness(video) != first:
                    raise RenderError(f"{path}: expected parts of one size and encoding, but {part.name} differs")
                shift = round(offset / video.time_base)
                for packet in source.demux(video):
                    if packet.pts is None:
                        continue
                    packet.pts += shift
                    packet.dts += shift
                    packet.stream = stream
                    out.mux(packet)
                    pictures += 1
            offset += Fraction(seconds).limit_denominator(60_000)
    with av.open(str(path)) as file:
        found = sum(packet.pts is not None for packet in file.demux(video=0))
    if found != pictures:
        raise RenderError(f"{path}: expected {pictures} pictures, got {found}; please report this")


def _likeness(video: Any) -> tuple[Any, ...]:
    context = video.codec_context
    return video.time_base, context.name, context.width, context.height, bytes(context.extradata or b"")
