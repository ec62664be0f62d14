"""From the name of a scene to a file."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.cache import default_cache
from cnnviz.render.catalog import SceneEntry, check_options, find, load_manim_for, load_scene
from cnnviz.render.drawing import Drawing, draw_scene, where
from cnnviz.render.fingerprint import fingerprint
from cnnviz.render.inputs import Inputs, noticed
from cnnviz.render.limit import TimeUpError, checked, limited
from cnnviz.render.look import Look, byte_count
from cnnviz.render.output import staged, staged_folder
from cnnviz.render.quality import frame_size
from cnnviz.render.reel import Recorder
from cnnviz.render.sidecar import image_tag, write_sidecars
from cnnviz.render.voice import check_voice, narrate
from cnnviz.render.writers import FORMATS
from cnnviz.render.writers.captions import Caption, alt_text

RENDERERS = ("fast", "stock")
FOLDER = Path("renders")
KINDS = (*FORMATS, "svg")
"""What a scene can be rendered to: clips, the last picture (png), all of them (frames), or a drawing of the last."""


BLOCK = 4.0
"""Seconds of animations that one process draws in a row, where several draw a scene."""

Progress = Callable[[int, int], None]
Digests = dict[str, str | None] | None


@dataclass(frozen=True)
class Played:
    """What a process that drew its share of a scene knows of all of it.

    ``drawn`` is a `cnnviz.render.fast.RenderedScene`, ``marks`` say what the scene was like at each block.
    """

    drawn: Any
    marks: tuple[str, ...]
    inputs: Digests


@dataclass(frozen=True)
class Render:
    """A rendered scene: where the file is and how large it came out.

    ``beside`` are the caption and alt text files that were written with it, ``alt`` says in words what it shows,
    ``said`` are its captions, ``note`` what was given up for the sake of `max_size`.
    """

    path: Path
    frames: int
    seconds: float
    width: int
    height: int
    bytes: int
    beside: tuple[Path, ...]
    alt: str
    said: tuple[Caption, ...] = ()
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
    voice: str | None = None,
    cache: bool = True,
    timeout: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Render:
    """Render a scene into a file that appears whole or not at all.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, a Python file with a Manim scene, or ``FILE.py:Class``.
    format : str
        One of `KINDS`: gif, mp4, webm, webp, apng, png, frames or svg.
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
    voice : {"espeak"}, optional
        Read the captions aloud, in a movie; needs the program espeak-ng.
    cache : bool
        Take the clip from the cache if it was made before from the same scene, options and files; else keep it there.
        Manim's own drawing is never kept.
    timeout : float, optional
        Seconds that the scene may take; one that never ends then fails.
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
    clip = plan(
        target,
        format=format,
        quality=quality,
        fps=fps,
        width=width,
        path=path,
        renderer=renderer,
        max_size=max_size,
        voice=voice,
        cache=cache,
        timeout=timeout,
        **options,
    )
    return clip.kept() or clip.drawn(progress)


def plan(
    target: str | Path,
    *,
    format: str = "gif",  # noqa: A002
    quality: str = "web",
    fps: float | None = None,
    width: int | None = None,
    path: str | Path | None = None,
    renderer: str = "fast",
    max_size: str | int | None = None,
    voice: str | None = None,
    cache: bool = True,
    timeout: float | None = None,
    **options: Any,
) -> Plan:
    """Take what `render` takes and say what can be known to be wrong with it."""
    if format not in KINDS:
        raise OptionError(f"format: expected one of {', '.join(KINDS)}, got {format!r}")
    if renderer not in RENDERERS:
        raise OptionError(f"renderer: expected one of {', '.join(RENDERERS)}, got {renderer!r}")
    limit = None if max_size is None else byte_count(max_size)
    if limit and format in ("frames", "svg"):
        raise OptionError(f"max-size: expected a format that can be made smaller, got {format!r}; leave it out")
    if voice is not None:
        check_voice(voice, format)
    look = Look(*frame_size(quality, gif=format == "gif", width=width, fps=fps))
    file, class_name, entry = locate(target)
    name, title = (entry.slug, entry.title) if entry else (file.stem, file.stem)
    out = FOLDER / f"{name}.{format}" if path is None else Path(path)
    keep = cache and renderer == "fast" and format != "frames"
    key = fingerprint(file, options, class_name, title, format, asdict(look), limit) if keep else None
    return Plan(
        file, class_name, entry, title, out, format, look, limit, renderer, voice, options, key, checked(timeout)
    )


@dataclass(frozen=True)
class Plan:
    """A clip that is to be made; ``key`` is its fingerprint, None where it is not to be kept."""

    file: Path
    class_name: str | None
    entry: SceneEntry | None
    title: str
    out: Path
    format: str
    look: Look
    limit: int | None
    renderer: str
    voice: str | None
    options: dict[str, Any]
    key: str | None
    timeout: float | None

    def kept(self) -> Render | None:
        """Write the clip from the cache, if it is there."""
        about = default_cache().fetch(self.key, self.out) if self.key else None
        return None if about is None else self.finished(about)

    def drawn(self, progress: Progress | None = None) -> Render:
        """Draw the clip, and keep it."""
        with self.place() as temporary:
            about, inputs = self.draw(temporary, progress)
            self.keep(temporary, about, inputs)
        return self.finished(about)

    def place(self) -> AbstractContextManager[Path]:
        """Give a temporary path for the clip, which then appears whole or not at all."""
        return staged_folder(self.out, pattern="*.png") if self.format == "frames" else staged(self.out)

    def draw(self, path: Path, progress: Progress | None = None) -> tuple[dict[str, Any], Digests]:
        """Draw the clip into a file; return what there is to know of it, and the files that its scene read."""
        with self._scene() as (scene, inputs):
            counter = _counter(progress, self.entry)
            drawing = Drawing(scene, self.options, self.format, self.title, self.renderer, counter)
            about = drawing.within(self.look, self.limit, path) if self.limit else drawing.into(path, self.look)
        return about, self._digests(inputs)

    def draw_share(
        self, part: int, parts: int, emit: Callable[[int, bytes], None], progress: Progress | None = None
    ) -> Played:
        """Play the scene and give away the frames of one share of it, block by block."""
        with self._scene() as (scene, inputs):
            from cnnviz.render.fast.share import Share

            look, counter = self.look, _counter(progress, self.entry)
            on_play = None if counter is None else lambda _, done: counter(done, look.fps)
            share = Share(part, parts, length=round(BLOCK * look.fps))
            sink = Recorder(emit)
            size = look.width, look.height, look.fps
            drawn = draw_scene(scene, self.options, sink, *size, on_play=on_play, share=share)
            sink.end()
        return Played(drawn, tuple(share.marks), self._digests(inputs))

    def keep(self, clip: Path, about: dict[str, Any], inputs: Digests) -> None:
        """Keep the clip for the next time, if all is known that it depends on."""
        if self.key and inputs is not None:
            default_cache().keep(self.key, clip, about, inputs=inputs)

    @property
    def divisible(self) -> bool:
        """Whether several may draw it together; where sizes are tried one after the other, that is not worth it."""
        return self.renderer == "fast" and not self.limit and self.format not in ("png", "svg")

    @contextmanager
    def _scene(self) -> Iterator[tuple[type[Any], Inputs]]:
        """Load the scene, and let it be drawn in the time it may take."""
        try:
            with noticed(self.file) as inputs:
                load_manim_for(self.file)  # whose seconds are not the scene's
                with limited(self.timeout):
                    scene = load_scene(self.file, self.class_name)
                    check_options(scene, self.options)
                    yield scene, inputs
        except TimeUpError as error:
            name, place = self.class_name or self.file.stem, error.place or where(error, str(self.file))
            late = f"render: scene {name} did not end within {self.timeout:g} s ({place})"
            raise RenderError(f"{late}; let it end, or give it more time") from error

    def _digests(self, inputs: Inputs) -> Digests:
        return inputs.digests() if self.key else None

    def finished(self, about: dict[str, Any]) -> Render:
        """Add the voice, and write what belongs beside the clip."""
        title, seconds = self.title, about["seconds"]
        said = tuple(Caption(*line) for line in about["said"])
        if self.voice:
            narrate(self.out, said, seconds)
            about = {**about, "bytes": self.out.stat().st_size}
        beside = write_sidecars(self.out, title, said, seconds, str(self.options.get("captions", "both")))
        alt = alt_text(title, said, seconds=seconds)
        facts = {name: about[name] for name in ("frames", "seconds", "width", "height", "bytes", "note")}
        return Render(path=self.out, beside=beside, alt=alt, said=said, **facts)


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
