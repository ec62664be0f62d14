"""From the name of a scene to a file."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, OptionError, RenderError
from cnnviz.render.catalog import SceneEntry, check_options, find, load_scene
from cnnviz.render.quality import frame_size
from cnnviz.render.sidecar import image_tag, write_sidecars
from cnnviz.render.writers import FORMATS, Writer, open_writer
from cnnviz.render.writers.captions import Caption, alt_text

RENDERERS = ("fast", "stock")
FOLDER = Path("renders")


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out.

    ``beside`` are the caption and alt text files that were written with it, ``alt`` says in words what it shows.
    """

    path: Path
    frames: int
    seconds: float
    width: int
    height: int
    bytes: int
    beside: tuple[Path, ...]
    alt: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Show itself in a notebook."""
        kind = mimetypes.guess_type(self.path.name)[0] or "application/octet-stream"
        data = b64encode(self.path.read_bytes()).decode()
        source = f"data:{kind};base64,{data}"
        if kind.startswith("video"):
            return {"text/html": f'<video controls loop src="{source}" width="{self.width}"></video>'}
        return {"text/html": image_tag(source, self.alt, self.width, self.height)}


def render(
    target: str | Path,
    *,
    format: str = "gif",  # noqa: A002
    quality: str = "web",
    fps: float | None = None,
    width: int | None = None,
    path: str | Path | None = None,
    renderer: str = "fast",
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Render:
    """Render a scene into a file that appears whole or not at all.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, a Python file with a Manim scene, or ``FILE.py:Class``.
    format : str
        One of `cnnviz.render.writers.FORMATS`: gif, mp4, webm, ...
    quality : {"draft", "web", "film"}
        480, 720 or 1080 pixels high.
    fps, width : optional
        Instead of the quality's.
    path : optional
        Where to write; ``renders/NAME.gif`` if omitted.
    renderer : {"fast", "stock"}
        Ours, or Manim's own drawing for comparison; both give the same pictures.
    progress : callable, optional
        Called with (frames done, frames expected).
    **options
        Of the scene: theme, captions, and its own such as image or kernel.

    Raises
    ------
    InputError, OptionError
        If target, options or pictures are not what they should be; said before rendering starts.
    RenderError
        If the scene fails or the file cannot be written.
    """
    if format not in FORMATS:
        raise OptionError(f"format: expected one of {', '.join(FORMATS)}, got {format!r}")
    if renderer not in RENDERERS:
        raise OptionError(f"renderer: expected one of {', '.join(RENDERERS)}, got {renderer!r}")
    wide, high, rate = frame_size(quality, gif=format == "gif", width=width, fps=fps)
    file, class_name, entry = _locate(target)
    name, title = (entry.slug, entry.title) if entry else (file.stem, file.stem)
    out = FOLDER / f"{name}.{format}" if path is None else Path(path)
    with open_writer(out, format=format, width=wide, height=high, fps=rate, title=title) as writer:
        scene = load_scene(file, class_name)
        check_options(scene, options)
        drawn = _draw(scene, options, writer, (wide, high, rate), renderer, _counter(progress, entry, rate))
    said = [Caption(*line) for line in _said(drawn)]
    beside = write_sidecars(out, title, said, drawn.seconds, str(options.get("captions", "both")))
    alt = alt_text(title, said, seconds=drawn.seconds)
    return Render(out, drawn.frames, drawn.seconds, wide, high, out.stat().st_size, beside, alt)


def _draw(
    scene: type[Any],
    options: dict[str, Any],
    writer: Writer,
    size: tuple[int, int, float],
    renderer: str,
    on_play: Callable[[int, int], None] | None,
) -> Any:
    from cnnviz.render.fast import render_scene, stock_render_scene

    draw = render_scene if renderer == "fast" else stock_render_scene
    width, height, fps = size
    try:
        return draw(
            lambda made: scene(renderer=made, **options),
            width=width,
            height=height,
            fps=fps,
            sink=writer,
            on_play=on_play,
        )
    except (CnnvizError, OSError, MemoryError):
        raise
    except Exception as error:
        raise RenderError(_failure(scene, error)) from error


def _said(drawn: Any) -> list[tuple[float, float, str]]:
    return [(line.start, line.end, line.text) for line in drawn.subcaptions]


def _failure(scene: type[Any], error: Exception) -> str:
    """Say where in the scene's own file it went wrong."""
    import inspect
    import traceback

    file = inspect.getsourcefile(scene)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    where = f"{Path(file).name}, line {lines[-1]}" if file and lines else scene.__module__
    return f"render: scene {scene.__name__} failed ({where}): {type(error).__name__}: {error}"


def _locate(target: str | Path) -> tuple[Path, str | None, SceneEntry | None]:
    text = str(target)
    file, colon, class_name = text.rpartition(":")
    if colon and file.endswith(".py"):
        return Path(file), class_name, None
    if text.endswith(".py"):
        return Path(text), None, None
    entry = find(text)
    return entry.path, entry.class_name, entry


def _counter(
    progress: Callable[[int, int], None] | None, entry: SceneEntry | None, fps: float
) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    expected = round((entry.seconds if entry else 0) * fps)
    return lambda _, done: progress(done, max(done, expected))
