"""From the name of a scene to a file."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, OptionError, RenderError
from cnnviz.render.cache import default_cache
from cnnviz.render.catalog import SceneEntry, check_options, find, load_scene
from cnnviz.render.fingerprint import fingerprint
from cnnviz.render.inputs import noticed
from cnnviz.render.look import Look, byte_count, fit
from cnnviz.render.output import staged, staged_folder
from cnnviz.render.quality import frame_size
from cnnviz.render.sidecar import image_tag, write_sidecars
from cnnviz.render.writers import FORMATS, Chapter, Clip, Writer
from cnnviz.render.writers.captions import Caption, alt_text

RENDERERS = ("fast", "stock")
FOLDER = Path("renders")


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out.

    ``beside`` are the caption and alt text files that were written with it, ``alt`` says in words what it shows,
    ``note`` what was given up for the sake of `max_size`.
    """

    path: Path
    frames: int
    seconds: float
    width: int
    height: int
    bytes: int
    beside: tuple[Path, ...]
    alt: str
    note: str = ""

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
    max_size: str | int | None = None,
    cache: bool = True,
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
    max_size : str or int, optional
        What the file may have at most: ``2MB``, or a number of bytes. To get there the clip gives up frames, then
        pixels, then colors, and `Render.note` says so.
    cache : bool
        Take the clip from the cache if it was made before from the same scene, options and files; else keep it there.
        Manim's own drawing is never kept.
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
    limit = None if max_size is None else byte_count(max_size)
    if limit and format == "frames":
        raise OptionError("max-size: expected a format that is one file, got 'frames'; leave it out")
    look = Look(*frame_size(quality, gif=format == "gif", width=width, fps=fps))
    file, class_name, entry = locate(target)
    name, title = (entry.slug, entry.title) if entry else (file.stem, file.stem)
    out = FOLDER / f"{name}.{format}" if path is None else Path(path)
    kept = default_cache() if cache and renderer == "fast" and format != "frames" else None
    key = fingerprint(file, options, class_name, title, format, asdict(look), limit) if kept else None
    about = kept.fetch(key, out) if kept and key else None
    if about is None:
        with staged_folder(out, pattern="*.png") if format == "frames" else staged(out) as temporary:
            with noticed(file) as inputs:
                scene = load_scene(file, class_name)
                check_options(scene, options)
                draw = _Drawing(scene, options, format, title, renderer, _counter(progress, entry))
                about = draw.within(look, limit, temporary) if limit else draw.into(temporary, look)
            digests = inputs.digests() if kept and key else None
            if kept and key and digests is not None:
                kept.keep(key, temporary, about, inputs=digests)
    said = [Caption(*line) for line in about["said"]]
    beside = write_sidecars(out, title, said, about["seconds"], str(options.get("captions", "both")))
    alt = alt_text(title, said, seconds=about["seconds"])
    facts = {name: about[name] for name in ("frames", "seconds", "width", "height", "bytes", "note")}
    return Render(path=out, beside=beside, alt=alt, **facts)


@dataclass(frozen=True)
class _Drawing:
    """A scene that can be drawn with one look after the other."""

    scene: type[Any]
    options: dict[str, Any]
    format: str
    title: str
    renderer: str
    progress: Callable[[int, float], None] | None

    def into(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene into a file and return what there is to know of it, as JSON can hold it."""
        clip = Clip.of(width=look.width, height=look.height, fps=look.fps, title=self.title)
        colors = {"colors": look.colors} if look.colors else {}
        with closing(FORMATS[self.format](path, clip, **colors)) as writer:
            drawn = self._draw(writer, look)
            writer.chapters += _chapters(drawn)
            writer.finish()
            writer.check()
        return {
            "frames": drawn.frames,
            "seconds": drawn.seconds,
            "width": look.width,
            "height": look.height,
            "bytes": sum(file.stat().st_size for file in ([path] if path.is_file() else path.iterdir())),
            "note": "",
            "said": [[line.start, line.end, line.text] for line in drawn.subcaptions],
        }

    def within(self, look: Look, limit: int, path: Path) -> dict[str, Any]:
        """Draw the scene until it fits into so many bytes."""
        about: dict[str, Any] = {}

        def make(look: Look) -> int:
            about.update(self.into(path, look))
            return path.stat().st_size

        _, note = fit(look, limit, make, palette=self.format == "gif")
        return {**about, "note": note}

    def _draw(self, writer: Writer, look: Look) -> Any:
        from cnnviz.render.fast import render_scene, stock_render_scene

        draw = render_scene if self.renderer == "fast" else stock_render_scene
        progress = self.progress
        try:
            return draw(
                lambda made: self.scene(renderer=made, **self.options),
                width=look.width,
                height=look.height,
                fps=look.fps,
                sink=writer,
                on_play=None if progress is None else lambda _, done: progress(done, look.fps),
            )
        except (CnnvizError, OSError, MemoryError):
            raise
        except Exception as error:
            raise RenderError(_failure(self.scene, error)) from error


def _chapters(drawn: Any) -> list[Chapter]:
    """Return the sections that the scene itself began; Manim begins one more, without a name of its own."""
    return [
        Chapter(section.start / drawn.fps, (section.start + section.frames) / drawn.fps, section.name)
        for section in drawn.sections
        if section.name != "autocreated" and section.frames
    ]


def _failure(scene: type[Any], error: Exception) -> str:
    """Say where in the scene's own file it went wrong."""
    import inspect
    import traceback

    file = inspect.getsourcefile(scene)
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    where = f"{Path(file).name}, line {lines[-1]}" if file and lines else scene.__module__
    return f"render: scene {scene.__name__} failed ({where}): {type(error).__name__}: {error}"


def locate(target: str | Path) -> tuple[Path, str | None, SceneEntry | None]:
    """Return the file of a scene, its class if one is named, and its row of the catalogue if it has one."""
    text = str(target)
    file, colon, class_name = text.rpartition(":")
    if colon and file.endswith(".py"):
        return Path(file), class_name, None
    if text.endswith(".py"):
        return Path(text), None, None
    entry = find(text)
    return entry.path, entry.class_name, entry


def _counter(
    progress: Callable[[int, int], None] | None, entry: SceneEntry | None
) -> Callable[[int, float], None] | None:
    if progress is None:
        return None
    seconds = entry.seconds if entry else 0
    return lambda done, fps: progress(done, max(done, round(seconds * fps)))
