"""The text files beside a picture or a movie."""

from collections.abc import Sequence
from pathlib import Path

from cnnviz.render.output import staged
from cnnviz.render.writers.captions import Caption, alt_text, srt, transcript, vtt

__all__ = ["write_sidecars"]


def write_sidecars(path: str | Path, captions: Sequence[Caption], *, title: str, seconds: float) -> list[Path]:
    """Write captions (.srt, .vtt), a transcript (.txt) and alt text (.alt.txt) beside `path`, and return their paths.

    Without captions there is only the alt text. All are UTF-8 with one kind of line end, on every system.

    Examples
    --------
    >>> clip = getfixture("tmp_path") / "conv.mp4"
    >>> [file.name for file in write_sidecars(clip, [Caption(0, 1, "It moves.")], title="Convolution", seconds=1)]
    ['conv.srt', 'conv.vtt', 'conv.txt', 'conv.alt.txt']
    """
    texts = {".alt.txt": alt_text(title, captions, seconds=seconds) + "\n"}
    if captions:
        said = {".srt": srt(captions), ".vtt": vtt(captions, title=title), ".txt": transcript(captions, title=title)}
        texts = said | texts
    written = []
    for suffix, text in texts.items():
        target = Path(path).with_suffix(suffix)
        with staged(target) as temporary:
            temporary.write_bytes(text.encode())
        written.append(target)
    return written
