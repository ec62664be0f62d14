"""Drawing a scene into a file, or into whatever takes its frames."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, RenderError
from cnnviz.render.fast import Beat
from cnnviz.render.limit import TimeUpError
from cnnviz.render.look import Look, fit
from cnnviz.render.remedy import remedy
from cnnviz.render.writers import FORMATS, Chapter, Clip, Writer
from cnnviz.render.writers.slides import SlidesWriter
from cnnviz.render.writers.sound import RATE, mixed, sounded
from cnnviz.render.writers.voice import MOVIES
from cnnviz.stage import fallback
from cnnviz.stage.beat import Beat as Told

__all__ = ["Drawing", "beats_of", "concluded", "draw_scene", "opened", "said", "where"]

SLIDES = ("slides", "animations")
"""Scenes in pieces, for decks: a piece for each beat or section, or for each animation."""


@dataclass(frozen=True)
class Drawing:
    """A scene that can be drawn with one look after the other."""

    scene: type[Any]
    options: dict[str, Any]
    format: str
    title: str
    renderer: str
    progress: Callable[[int, float], None] | None = None
    variable_rate: bool = False

    def into(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene into a file and return what there is to know of it, as JSON can hold it."""
        if self.format == "svg":
            return self._vector(path, look)
        if self.format in SLIDES:
            return self._slides(path, look)
        with opened(self.format, path, look, self.title, variable_rate=self.variable_rate) as writer:
            return concluded(writer, self._draw(writer, look), path, look)

    def _draw(self, sink: Any, look: Look, seen: Callable[[Any], None] | None = None) -> Any:
        """Draw the scene into a sink, and tell how far it is."""
        progress = self.progress
        on_play = None if progress is None else lambda _, done: progress(done, look.fps)
        return draw_scene(self.scene, self.options, sink, look, renderer=self.renderer, on_play=on_play, seen=seen)

    def _vector(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene as it ends into an SVG file."""
        from cnnviz.render.writers.vector import write_svg

        ended: list[Any] = []
        drawn = draw_scene(self.scene, self.options, _Nowhere(), look, ended=ended)
        write_svg(ended[0], path, look.width, look.height)
        size = path.stat().st_size
        about = {"frames": 1, "seconds": 1 / look.fps, "width": look.width, "height": look.height}
        return {**about, "bytes": size, "note": drawn.lost, "said": []}

    def _slides(self, path: Path, look: Look) -> dict[str, Any]:
        """Draw the scene into movies, one for each beat or section, or for each animation."""
        every, seen = self.format == "animations", list[Any]()
        clip = Clip.of(width=look.width, height=look.height, fps=look.fps, title=self.title)
        writer = SlidesWriter(path, clip, lambda: starts_of(seen[0], look.pace, every=every), joined=every)
        with closing(writer):
            drawn = self._draw(writer, look, seen.append)
            others = {name for beat in drawn.beats for name in beat.others}
            lines, foreign = said(drawn), {name: said(drawn, name) for name in sorted(others)}
            names = {section.start / drawn.fps: section.name for section in drawn.sections if _named(section)}

            def told(start: float, end: float) -> dict[str, Any]:
                def text(lines: list[list[Any]]) -> str:
                    return "\n".join(dict.fromkeys(text for at, _, text in lines if start - 1e-3 <= at < end - 1e-3))

                texts = {name: text(lines) for name, lines in foreign.items()}
                return {"title": names.get(start, ""), "text": text(lines), "others": texts}

            writer.finish(told)
        size = path.stat().st_size
        about = {"frames": drawn.frames, "seconds": drawn.seconds, "width": look.width, "height": look.height}
        return {**about, "bytes": size, "note": drawn.lost, "said": lines}

    def within(self, look: Look, limit: int, path: Path) -> dict[str, Any]:
        """Draw the scene until it fits into so many bytes."""
        about: dict[str, Any] = {}

        def make(look: Look) -> int:
            about.update(self.into(path, look))
            return path.stat().st_size

        _, note = fit(look, limit, make, palette=self.format == "gif")
        return {**about, "note": "; ".join(filter(None, [note, about["note"]]))}


@contextmanager
def opened(
    format: str,  # noqa: A002
    path: Path,
    look: Look,
    title: str,
    *,
    variable_rate: bool = False,
) -> Iterator[Writer]:
    """Give a writer for a clip; `concluded` ends it."""
    clip = Clip.of(
        width=look.width,
        height=look.height,
        fps=look.fps,
        title=title,
        transparent=look.transparent,
        variable_rate=variable_rate,
    )
    colors = {"colors": look.colors} if look.colors else {}
    with closing(FORMATS[format](path, clip, **colors)) as writer:
        yield writer


def concluded(writer: Writer, drawn: Any, path: Path, look: Look) -> dict[str, Any]:
    """Complete and check a file, and return what there is to know of it, as JSON can hold it."""
    writer.chapters += _chapters(drawn)
    writer.finish()
    writer.check()
    note = drawn.lost
    if drawn.sounds and writer.name in MOVIES:
        sounds = [(sound.path, sound.start, sound.gain) for sound in drawn.sounds]
        sounded(path, mixed(sounds, drawn.seconds, RATE))
    elif drawn.sounds:
        held = f"which a {writer.name} cannot hold; choose {' or '.join(MOVIES)} to hear them"
        note = "; ".join(filter(None, [note, f"{len(drawn.sounds)} sounds left out, {held}"]))
    return {
        "frames": drawn.frames,
        "seconds": drawn.seconds,
        "width": look.width,
        "height": look.height,
        "bytes": sum(file.stat().st_size for file in ([path] if path.is_file() else path.iterdir())),
        "note": note,
        "said": said(drawn),
    }


class _Nowhere:
    """A sink for pictures that nobody wants."""

    def write(self, frame: Any, frames: int, box: Any) -> None:
        """Drop a picture."""


def draw_scene(
    scene: type[Any],
    options: dict[str, Any],
    sink: Any,
    look: Look,
    *,
    renderer: str = "fast",
    on_play: Callable[[int, int], None] | None = None,
    ended: list[Any] | None = None,
    share: Any = None,
    seen: Callable[[Any], None] | None = None,
) -> Any:
    """Draw a scene into a sink and return what there is to know of it, in the clip's time.

    With ``ended`` all animations are skipped, and the scene as it ends is put there. Of a ``share`` only that is drawn.
    ``seen`` is given the scene before it plays.

    Raises
    ------
    RenderError
        If the scene fails; it says where in the scene's own file, and how far the scene had come.
    """
    from cnnviz.render.fast import render_scene, render_share, scenes_use, stock_render_scene

    stage: dict[str, Any] = {"share": share} if share is not None else {"still": ended is not None}
    if look.transparent:
        stage["transparent"] = True
    draw: Any = render_share if share is not None else render_scene if renderer == "fast" else stock_render_scene
    fallback.forget()
    came: list[Any] = [0, 0.0]  # animations, seconds
    played: list[Any] = []

    def count(index: int, done: int) -> None:
        came[:] = index + 1, done / look.pace
        if on_play is not None:
            on_play(index, done)

    def make(renderer: Any) -> Any:
        with scenes_use(renderer):
            played[:] = [scene(**options)]
        if seen is not None:
            seen(played[0])
        return played[0]

    with told_where(scene, came):
        drawn = draw(make, width=look.width, height=look.height, fps=look.pace, sink=sink, on_play=count, **stage)
    if ended is not None:
        ended += played
    return in_time_of_clip(replace(drawn, beats=beats_of(played[0]), lost=fallback.lost()), look)


def make_scene(scene: type[Any], options: dict[str, Any], look: Look) -> None:
    """Make a scene with its options, without playing it.

    Raises
    ------
    RenderError
        If that fails.
    """
    from cnnviz.render.fast import prepare_scene

    with told_where(scene, []):
        prepare_scene(lambda: scene(**options), width=look.width, height=look.height, fps=look.pace)


@contextmanager
def told_where(scene: type[Any], came: Sequence[Any]) -> Iterator[None]:
    """Turn what a scene raises into an error that says where that was, and how far the scene had come."""
    try:
        yield
    except (CnnvizError, MemoryError):
        raise
    except (Exception, TimeUpError) as error:
        what = remedy(error)
        if isinstance(error, OSError) and not what:
            raise
        place = where(error, inspect.getsourcefile(scene) or scene.__module__, *came)
        if isinstance(error, TimeUpError):
            error.place = place
            raise
        what = what or f"{type(error).__name__}: {error}"
        raise RenderError(f"render: scene {scene.__name__} failed ({place}): {what}") from error


def beats_of(scene: Any) -> tuple[Beat, ...]:
    """Return the beats that a scene came to; a scene of somebody else may call anything so."""
    told = getattr(scene, "beats", ())
    beats = [beat for beat in told if isinstance(beat, Told)] if isinstance(told, list) else []
    ends = [beat.start if beat.end is None else beat.end for beat in beats]
    return tuple(Beat(it.name, it.text, it.start, end, it.others) for it, end in zip(beats, ends, strict=True))


def starts_of(scene: Any, rate: float, *, every: bool) -> list[int]:
    """Return the frames at which the slides of a scene begin, so far: its beats, its sections, or its animations.

    What goes before the next sentence goes after the slide: a slide stops with the picture of its sentence.
    """
    if every:
        return list(scene.renderer.file_writer.plays)
    if beats_of(scene):
        ends = [beat.end for beat in scene.beats if isinstance(beat, Told) and beat.end is not None]
        return [round(end * rate) for end in ends]
    return [section.start for section in scene.renderer.file_writer.noted_sections()]


def said(drawn: Any, other: str = "") -> list[list[Any]]:
    """Return the captions of a scene: its beats, and what it said besides, as JSON can hold them.

    ``other`` is one of the languages that its beats were said in, too.
    """
    told = [[beat.start, beat.end, beat.others.get(other, beat.text)] for beat in drawn.beats]
    known = {(round(beat.start, 3), beat.text) for beat in drawn.beats}
    besides = [line for line in drawn.subcaptions if (round(line.start, 3), line.text) not in known]
    return sorted([*told, *([line.start, line.end, line.text] for line in besides)], key=lambda line: line[0])


def in_time_of_clip(drawn: Any, look: Look) -> Any:
    """Return what is known of a scene as it plays in a clip, at another speed perhaps than its own."""
    heard = [replace(sound, start=sound.start / look.speed) for sound in drawn.sounds]
    lines, beats = (
        [replace(line, start=line.start / look.speed, end=line.end / look.speed) for line in lines]
        for lines in (drawn.subcaptions, drawn.beats)
    )
    return replace(drawn, fps=look.fps, subcaptions=tuple(lines), sounds=tuple(heard), beats=tuple(beats))


def _chapters(drawn: Any) -> list[Chapter]:
    """Return the sections that the scene itself began, or its beats; Manim begins one section without a name."""
    sections = [
        Chapter(section.start / drawn.fps, (section.start + section.frames) / drawn.fps, section.name)
        for section in drawn.sections
        if _named(section) and section.frames
    ]
    return sections or [Chapter(beat.start, beat.end, beat.name) for beat in drawn.beats if beat.end > beat.start]


def _named(section: Any) -> bool:
    return bool(section.name != "autocreated")


def where(error: BaseException, file: str, plays: int = 0, seconds: float = 0.0) -> str:
    """Say at which line of a scene's own file an error came, and how far the scene had come by then."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    place = Path(file).name + (f", line {lines[-1]}" if lines else "")
    return f"{place}, after {plays} animation{'s' * (plays > 1)}, at {seconds:.4g} s" if plays else place
