"""The files beside a clip: captions for a player, alt text for a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from cnnviz.render.files.output import staged
from cnnviz.render.writers.captions import Caption, alt_text, srt, transcript, vtt

SPOKEN = ("sidecar", "both")
PICTURES = (".gif", ".webp", ".apng")  # what a page shows as an image, and so wants alt text for


def write_sidecars(
    clip: Path, title: str, said: Sequence[Caption], seconds: float, captions: str, *, language: str = "en"
) -> tuple[Path, ...]:
    """Write what stands beside a clip, and return the paths.

    ``.srt``, ``.vtt`` and ``.transcript.txt`` if captions are to; ``.alt.txt`` beside an animated image. Each file
    appears whole or not at all.
    """
    texts: dict[str, str] = {}
    if said and captions in SPOKEN:
        texts |= {".srt": srt(said), ".vtt": vtt(said, title=title), ".transcript.txt": transcript(said, title=title)}
    if clip.suffix.lower() in PICTURES:
        texts[".alt.txt"] = alt_text(title, said, seconds=seconds, language=language) + "\n"
    return tuple(_write(clip.with_suffix(suffix), text) for suffix, text in texts.items())


def image_tag(source: str, alt: str, width: int, height: int) -> str:
    """Return an HTML image with its alt text."""
    return f'<img src="{source}" alt="{escape(alt)}" width="{width}" height="{height}">'


def _write(path: Path, text: str) -> Path:
    with staged(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return path
