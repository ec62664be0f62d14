"""From the name of a scene to a file."""

from __future__ import annotations

import mimetypes
from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.render.cache import default_cache
from cnnviz.render.catalog import SceneEntry, check_options, find, load_scene
from cnnviz.render.drawing import Drawing
from cnnviz.render.fingerprint import fingerprint
from cnnviz.render.inputs import noticed
from cnnviz.render.look import Look, byte_count
from cnnviz.render.output import staged, staged_folder
from cnnviz.render.quality import frame_size
from cnnviz.render.sidecar import image_tag, write_sidecars
from cnnviz.render.voice import check_voice, narrate
from cnnviz.render.writers import FORMATS
from cnnviz.render.writers.captions import Caption, alt_text

RENDERERS = ("fast", "stock")
FOLDER = Path("renders")
KINDS = (*FORMATS, "svg")
"""What a scene can be rendered to: clips, the last picture (png), all of them (frames), or a drawing of the last."""


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
    return Plan(file, class_name, entry, title, out, format, look, limit, renderer, voice, options, key)


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

    def kept(self) -> Render | None:
        """Write the clip from the cache, if it is there."""
        about = default_cache().fetch(self.key, self.out) if self.key else None
        return None if about is None else self._finished(about)

    def drawn(self, progress: Callable[[int, int], None] | None = None) -> Render:
        """Draw the clip, and keep it."""
        out = self.out
        with staged_folder(out, pattern="*.png") if self.format == "frames" else staged(out) as temporary:
            with noticed(self.file) as inputs:
                scene = load_scene(self.file, self.class_name)
                check_options(scene, self.options)
                counter = _counter(progress, self.entry)
                draw = Drawing(scene, self.options, self.format, self.title, self.renderer, counter)
                about = draw.within(self.look, self.limit, temporary) if self.limit else draw.into(temporary, self.look)
            digests = inputs.digests() if self.key else None
            if self.key and digests is not None:
                default_cache().keep(self.key, temporary, about, inputs=digests)
        return self._finished(about)

    def _finished(self, about: dict[str, Any]) -> Render:
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
