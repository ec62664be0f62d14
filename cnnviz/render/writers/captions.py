"""What is said and seen in a clip, in words: SRT and WebVTT captions, a transcript, alt text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cnnviz.errors import OptionError
from cnnviz.stage.language import translated

__all__ = ["Caption", "alt_text", "srt", "transcript", "vtt"]

ABOUT = "{title}, an animation of {seconds} seconds."


class Caption(NamedTuple):
    """A sentence and when it is to be read, in seconds."""

    start: float
    end: float
    text: str


def srt(captions: Iterable[Caption]) -> str:
    r"""Return captions as a SubRip file.

    Examples
    --------
    >>> print(srt([Caption(0, 1.5, "The window moves.")]), end="")
    1
    00:00:00,000 --> 00:00:01,500
    The window moves.
    <BLANKLINE>
    """
    blocks = []
    for number, caption in enumerate(_checked(captions), 1):
        times = f"{_time(caption.start, ',')} --> {_time(caption.end, ',')}"
        blocks.append(f"{number}\n{times}\n{_lines(caption.text).replace('-->', '→')}\n")
    return "\n".join(blocks)


def vtt(captions: Iterable[Caption], *, title: str = "") -> str:
    """Return captions as a WebVTT file. What would be markup there is escaped.

    Examples
    --------
    >>> print(vtt([Caption(59.9996, 62, "3 < 5 & so on")], title="Pooling"), end="")
    WEBVTT - Pooling
    <BLANKLINE>
    00:01:00.000 --> 00:01:02.000
    3 &lt; 5 &amp; so on
    """
    blocks = [
        f"\n{_time(caption.start, '.')} --> {_time(caption.end, '.')}\n{_escaped(_lines(caption.text))}\n"
        for caption in _checked(captions)
    ]
    head = "WEBVTT" + (f" - {_escaped(' '.join(title.split()))}" if title.strip() else "")
    return head + "\n" + "".join(blocks)


def transcript(captions: Sequence[Caption], *, title: str = "") -> str:
    """Return all that is said as running text, a line for each sentence; what is said twice in a row, once.

    Examples
    --------
    >>> print(transcript([Caption(0, 1, "One."), Caption(1, 2, "One."), Caption(2, 3, "Two.")], title="Count"), end="")
    Count
    <BLANKLINE>
    One.
    Two.
    """
    lines = [" ".join(caption.text.split()) for caption in _checked(captions)]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line != before]
    return "".join(f"{line}\n" for line in ([title, ""] if title else []) + kept)


def alt_text(title: str, captions: Sequence[Caption], *, seconds: float, limit: int = 300, language: str = "en") -> str:
    """Say in a few sentences what a picture that moves shows, for those who do not see it.

    The title, how long it is, how it begins and what it comes to; whole sentences, as many as fit.

    Examples
    --------
    >>> said = [Caption(0, 1, "A 3x3 window slides over the input."), Caption(1, 2, "Each stop gives one number.")]
    >>> alt_text("Convolution", said, seconds=12.4)
    'Convolution, an animation of 12 seconds. A 3x3 window slides over the input. Each stop gives one number.'
    """
    lines = transcript(captions).splitlines()
    text = translated(ABOUT, language).format(title=" ".join(title.split()), seconds=max(1, round(seconds)))
    for line in dict.fromkeys([*lines[:1], *lines[-1:]]):
        if len(text) + 1 + len(line) <= limit:
            text += f" {line}"
    return text


def _checked(captions: Iterable[Caption]) -> list[Caption]:
    """Put captions in order and drop the empty ones; several may be seen at a time."""
    kept = sorted((caption for caption in captions if caption.text.strip()), key=lambda caption: caption.start)
    for caption in kept:
        if not 0 <= caption.start < caption.end:
            raise OptionError(
                f"caption: expected 0 <= start < end in seconds, got {caption.start:g} and {caption.end:g} "
                f"for {caption.text!r}; give it some time"
            )
    return kept


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _time(seconds: float, point: str) -> str:
    minutes, milliseconds = divmod(_milliseconds(seconds), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}{point}{milliseconds % 1000:03}"


def _lines(text: str) -> str:
    """Return the text without control characters and empty lines, which would end a caption early."""
    lines = ("".join(letter for letter in " ".join(line.split()) if letter.isprintable()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
