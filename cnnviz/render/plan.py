"""How a clip is to be made, and the making of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.catalog import check_options, find, load_manim_for, load_scene
from cnnviz.render.drawing import Drawing, where
from cnnviz.render.files.output import staged, staged_folder
from cnnviz.render.header import SceneEntry
from cnnviz.render.kept.cache import default_cache
from cnnviz.render.kept.fingerprint import fingerprint
from cnnviz.render.kept.inputs import Inputs, noticed
from cnnviz.render.limit import TimeUpError, checked, limited
from cnnviz.render.look import Look, byte_count
from cnnviz.render.quality import frame_size
from cnnviz.render.request import Request
from cnnviz.render.result import Render
from cnnviz.render.writers import FORMATS
from cnnviz.render.writers.captions import Caption, alt_text
from cnnviz.render.writers.sidecar import write_sidecars
from cnnviz.render.writers.voice import check_voice, narrate

RENDERERS = ("fast", "stock")
FOLDER = Path("renders")
KINDS = (*FORMATS, "svg")
"""What a scene can be rendered to: clips, the last picture (png), all of them (frames), or a drawing of the last."""

Progress = Callable[[int, int], None]
Digests = dict[str, str | None] | None


def plan(request: Request) -> Plan:
    """Say what can be known to be wrong with a request, and how it will be met."""
    kind, renderer = request.format, request.renderer
    if kind not in KINDS:
        raise OptionError(f"format: expected one of {', '.join(KINDS)}, got {kind!r}")
    if renderer not in RENDERERS:
        raise OptionError(f"renderer: expected one of {', '.join(RENDERERS)}, got {renderer!r}")
    limit = None if request.max_size is None else byte_count(request.max_size)
    if limit and kind in ("frames", "svg"):
        raise OptionError(f"max-size: expected a format that can be made smaller, got {kind!r}; leave it out")
    if request.voice is not None:
        check_voice(request.voice, kind)
    checked(request.timeout)
    look = Look(*frame_size(request.quality, gif=kind == "gif", width=request.width, fps=request.fps))
    file, class_name, entry = locate(request.target)
    title = entry.title if entry else file.stem
    out = FOLDER / f"{entry.slug if entry else file.stem}.{kind}" if request.path is None else Path(request.path)
    keep = request.cache and renderer == "fast" and kind != "frames"
    key = fingerprint(file, request.options, class_name, title, kind, asdict(look), limit) if keep else None
    return Plan(request, file, class_name, entry, title, out, look, limit, key)


@dataclass(frozen=True)
class Plan:
    """A clip that is to be made; ``key`` is its fingerprint, None where it is not to be kept."""

    request: Request
    file: Path
    class_name: str | None
    entry: SceneEntry | None
    title: str
    out: Path
    look: Look
    limit: int | None
    key: str | None

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
        return staged_folder(self.out, pattern="*.png") if self.request.format == "frames" else staged(self.out)

    def draw(self, path: Path, progress: Progress | None = None) -> tuple[dict[str, Any], Digests]:
        """Draw the clip into a file; return what there is to know of it, and the files that its scene read."""
        with self.loaded() as (scene, inputs):
            asked, counter = self.request, self.counter(progress)
            drawing = Drawing(scene, asked.options, asked.format, self.title, asked.renderer, counter)
            about = drawing.within(self.look, self.limit, path) if self.limit else drawing.into(path, self.look)
        return about, self.digests(inputs)

    def keep(self, clip: Path, about: dict[str, Any], inputs: Digests) -> None:
        """Keep the clip for the next time, if all is known that it depends on."""
        if self.key and inputs is not None:
            default_cache().keep(self.key, clip, about, inputs=inputs)

    @property
    def divisible(self) -> bool:
        """Whether several may draw it together; where sizes are tried one after the other, that is not worth it."""
        asked = self.request
        return asked.renderer == "fast" and not self.limit and asked.format not in ("png", "svg")

    @contextmanager
    def loaded(self) -> Iterator[tuple[type[Any], Inputs]]:
        """Load the scene, and let it be drawn in the time it may take."""
        try:
            with noticed(self.file) as inputs:
                load_manim_for(self.file)  # whose seconds are not the scene's
                with limited(self.request.timeout):
                    scene = load_scene(self.file, self.class_name)
                    check_options(scene, self.request.options)
                    yield scene, inputs
        except TimeUpError as error:
            name, place = self.class_name or self.file.stem, error.place or where(error, str(self.file))
            late = f"render: scene {name} did not end within {self.request.timeout:g} s ({place})"
            raise RenderError(f"{late}; let it end, or give it more time") from error

    def digests(self, inputs: Inputs) -> Digests:
        """Return what is known of the files that the scene read, if that is wanted."""
        return inputs.digests() if self.key else None

    def counter(self, progress: Progress | None) -> Callable[[int, float], None] | None:
        """Return what takes the frames that are done, and tells them beside those that are expected."""
        if progress is None:
            return None
        seconds = self.entry.seconds if self.entry else 0
        return lambda done, fps: progress(done, max(done, round(seconds * fps)))

    def finished(self, about: dict[str, Any]) -> Render:
        """Add the voice, and write what belongs beside the clip."""
        title, seconds = self.title, about["seconds"]
        said = tuple(Caption(*line) for line in about["said"])
        if self.request.voice:
            narrate(self.out, said, seconds)
            about = {**about, "bytes": self.out.stat().st_size}
        beside = write_sidecars(self.out, title, said, seconds, str(self.request.options.get("captions", "both")))
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
