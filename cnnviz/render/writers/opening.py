"""From a format's name to its writer."""

import contextlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.render.files.output import staged, staged_folder
from cnnviz.render.writers.apng import ApngWriter
from cnnviz.render.writers.base import Clip, Writer
from cnnviz.render.writers.gif import GifWriter
from cnnviz.render.writers.movie import Mp4Writer, WebmWriter
from cnnviz.render.writers.png import FramesWriter, PngWriter
from cnnviz.render.writers.webp import WebpWriter

__all__ = ["FORMATS", "open_writer"]

FORMATS: dict[str, Callable[..., Writer]] = {
    "gif": GifWriter,
    "mp4": Mp4Writer,
    "webm": WebmWriter,
    "webp": WebpWriter,
    "apng": ApngWriter,
    "png": PngWriter,
    "frames": FramesWriter,
}
"""Writers by the name of their format, which is the suffix of their files too; "frames" makes a folder of PNG files."""


@contextlib.contextmanager
def open_writer(
    path: str | Path,
    *,
    width: int,
    height: int,
    fps: float | Fraction,
    format: str | None = None,  # noqa: A002 - the name users know
    title: str = "",
    transparent: bool = False,
    variable_rate: bool = False,
    **options: Any,
) -> Iterator[Writer]:
    """Give a sink for frames; when the block ends well, the finished and checked file appears at `path`.

    Parameters
    ----------
    path
        The file to make, or replace. Missing folders are made.
    format
        One of `FORMATS`; None takes it from the suffix of `path`. For "frames" `path` is a folder.
    transparent, variable_rate
        As in `cnnviz.render.render`.
    **options
        The writer's own, such as `colors` for a GIF.

    Raises
    ------
    OptionError
        If the format is unknown or a value out of range.
    RenderError
        If the file cannot be written; an existing one stays as it was.
    """
    name = format or Path(path).suffix[1:].lower()
    if name not in FORMATS:
        raise OptionError(
            f"{path}: expected a format of {', '.join(FORMATS)}, got {name!r}; change the suffix or the format"
        )
    clip = Clip.of(
        width=width, height=height, fps=fps, title=title, transparent=transparent, variable_rate=variable_rate
    )
    with contextlib.ExitStack() as stack:
        place = staged_folder(path, pattern="*.png") if name == "frames" else staged(path)
        temporary = stack.enter_context(place)
        writer = FORMATS[name](temporary, clip, **options)
        stack.callback(writer.close)
        yield writer
        writer.finish()
        writer.check()
