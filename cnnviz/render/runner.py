"""From the name of a scene to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, OptionError, RenderError
from cnnviz.render.catalog import SceneEntry, check_options, find, load_scene
from cnnviz.render.output import staged
from cnnviz.render.quality import frame_size
from cnnviz.render.writers.gif import GifWriter

FORMATS = ("gif",)
RENDERERS = ("fast", "stock")
FOLDER = Path("renders")


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out."""

    path: Path
    frames: int
    seconds: float
    width: int
    height: int
    bytes: int

    def _repr_html_(self) -> str:
        from base64 import b64encode

        data = b64encode(self.path.read_bytes()).decode()
        return f'<img src="data:image/gif;base64,{data}" width="{self.width}" height="{self.height}">'


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
    format : {"gif"}
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
    wide, high, rate = frame_size(quality, gif=True, width=width, fps=fps)
    file, class_name, entry = _locate(target)
    out = FOLDER / f"{entry.slug if entry else file.stem}.{format}" if path is None else Path(path)
    with staged(out, verify=_verify) as temporary:
        scene = load_scene(file, class_name)
        check_options(scene, options)
        writer = GifWriter(temporary, width=wide, height=high, fps=Fraction(rate).limit_denominator(1000))
        try:
            drawn = _draw(scene, options, writer, (wide, high, rate), renderer, _counter(progress, entry, rate))
            writer.finish()
        finally:
            writer.close()
    return Render(out, drawn.frames, drawn.seconds, wide, high, out.stat().st_size)


def _draw(
    scene: type[Any],
    options: dict[str, Any],
    writer: GifWriter,
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


def _verify(path: Path) -> None:
    from PIL import Image

    with Image.open(path) as image:
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            image.load()
