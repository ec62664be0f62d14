"""Drawing a scene into a file, or into whatever takes its frames."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, RenderError
from cnnviz.render.look import Look, fit
from cnnviz.render.writers import FORMATS, Chapter, Clip

__all__ = ["Drawing", "draw_scene"]


@dataclass(frozen=True)
class Drawing:
    """A scene that can be drawn with one look after the other."""

    scene: type[Any]
    options: dict[str, Any]
    format: str
    title: str
    renderer: str
    progress: Callable[[int, float], None] | None

    def into(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene into a file and return what there is to know of it, as JSON can hold it."""
        if self.format == "svg":
            return self._vector(path, look)
        clip = Clip.of(width=look.width, height=look.height, fps=look.fps, title=self.title)
        progress = self.progress
        on_play = None if progress is None else lambda _, done: progress(done, look.fps)
        colors = {"colors": look.colors} if look.colors else {}
        with closing(FORMATS[self.format](path, clip, **colors)) as writer:
            size = look.width, look.height, look.fps
            drawn = draw_scene(self.scene, self.options, writer, *size, renderer=self.renderer, on_play=on_play)
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

    def _vector(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene as it ends into an SVG file."""
        from cnnviz.render.vector import write_svg

        ended: list[Any] = []
        draw_scene(self.scene, self.options, _Nowhere(), look.width, look.height, look.fps, ended=ended)
        write_svg(ended[0], path, look.width, look.height)
        size = path.stat().st_size
        about = {"frames": 1, "seconds": 1 / look.fps, "width": look.width, "height": look.height}
        return {**about, "bytes": size, "note": "", "said": []}

    def within(self, look: Look, limit: int, path: Path) -> dict[str, Any]:
        """Draw the scene until it fits into so many bytes."""
        about: dict[str, Any] = {}

        def make(look: Look) -> int:
            about.update(self.into(path, look))
            return path.stat().st_size

        _, note = fit(look, limit, make, palette=self.format == "gif")
        return {**about, "note": note}


class _Nowhere:
    """A sink for pictures that nobody wants."""

    def write(self, frame: Any, frames: int, box: Any) -> None:
        """Drop a picture."""


def draw_scene(
    scene: type[Any],
    options: dict[str, Any],
    sink: Any,
    width: int,
    height: int,
    fps: float,
    *,
    renderer: str = "fast",
    on_play: Callable[[int, int], None] | None = None,
    ended: list[Any] | None = None,
) -> Any:
    """Draw a scene into a sink and return what there is to know of it.

    With ``ended`` all animations are skipped, and the scene as it ends is put there.

    Raises
    ------
    RenderError
        If the scene fails; it says where in the scene's own file.
    """
    from cnnviz.render.fast import render_scene, stock_render_scene

    draw = render_scene if renderer == "fast" else stock_render_scene

    def make(renderer: Any) -> Any:
        made = scene(renderer=renderer, **options)
        if ended is not None:
            ended.append(made)
        return made

    try:
        return draw(
            make,
            width=width,
            height=height,
            fps=fps,
            sink=sink,
            on_play=on_play,
            still=ended is not None,
        )
    except (CnnvizError, OSError, MemoryError):
        raise
    except Exception as error:
        raise RenderError(_failure(scene, error)) from error


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
