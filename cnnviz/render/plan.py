"""How a clip is to be made, and the making of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.catalog import check_options, find, scene_options
from cnnviz.render.drawing import SLIDES, Drawing, make_scene, where
from cnnviz.render.files.output import staged, staged_folder
from cnnviz.render.header import SceneEntry
from cnnviz.render.kept.cache import default_cache
from cnnviz.render.kept.fingerprint import fingerprint
from cnnviz.render.kept.inputs import FONTS, Inputs, noticed
from cnnviz.render.limit import TimeUpError, checked, limited
from cnnviz.render.look import Look, byte_count
from cnnviz.render.quality import ASPECTS, USUAL, frame_size
from cnnviz.render.request import Request
from cnnviz.render.result import Render
from cnnviz.render.setting import config_files, settled
from cnnviz.render.source import beside, has_neighbors, load_manim_for, load_scene, maybe_several
from cnnviz.render.writers import FORMATS
from cnnviz.render.writers.captions import Caption, alt_text
from cnnviz.render.writers.sidecar import write_sidecars
from cnnviz.render.writers.voice import MOVIES, check_voice, narrate
from cnnviz.stage.fallback import installed

RENDERERS = ("fast", "stock")
CAPTIONS = ("burned", "sidecar", "both", "none")
CLEAR = ("gif", "webm", "webp", "apng", "png", "frames")
"""Formats that can leave the background out."""

SPEEDS = (0.5, 2.0)

_NOTHING = (None, False, 0, 1, (0, 0), (1, 1), "zeros", "gray", "dark")  # options that leave a scene as it is
_LONGEST = 120  # letters of a file's name
FOLDER = Path("renders")
KINDS = (*FORMATS, "svg", *SLIDES)
"""What a scene can be rendered to: clips, the last picture (png), all of them (frames), a drawing of the last, or the
pieces of a deck."""

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
    if limit and kind in ("frames", "svg", *SLIDES):
        raise OptionError(f"max-size: expected a format that can be made smaller, got {kind!r}; leave it out")
    if request.voice is not None:
        check_voice(request.voice, kind)
    if request.options.get("sounds") is True and kind not in MOVIES:
        raise OptionError(f"sounds: expected a format with sound ({', '.join(MOVIES)}), got {kind!r}; leave them out")
    checked(request.timeout)
    if not SPEEDS[0] <= request.speed <= SPEEDS[1]:
        raise OptionError(f"speed: expected {SPEEDS[0]:g} to {SPEEDS[1]:g}, got {request.speed:g}")
    if request.captions not in (None, *CAPTIONS):
        raise OptionError(f"captions: expected one of {', '.join(CAPTIONS)}, got {request.captions!r}")
    if request.transparent and kind not in CLEAR:
        raise OptionError(f"transparent: expected a format that can be ({', '.join(CLEAR)}), got {kind!r}")
    if request.variable_rate and kind not in MOVIES:
        raise OptionError(f"variable-rate: expected a movie ({', '.join(MOVIES)}), got {kind!r}; leave it out")
    file, class_name, entry = locate(request.target)
    title = entry.spoken(request.options.get("lang", "en")).title if entry else file.stem
    width, fps, aspect = request.width, request.fps, request.aspect
    size = frame_size(request.quality, gif=kind == "gif", width=width, fps=fps, aspect=aspect)
    frame = ASPECTS[aspect or USUAL] if entry or aspect else None
    look = Look(*size, frame=frame, speed=request.speed, transparent=request.transparent)
    out = FOLDER / f"{name_of(request.target, request.options)}.{kind}" if request.path is None else Path(request.path)
    keep = request.cache and renderer == "fast" and kind != "frames"
    key = _key(request, file, class_name, entry, look, limit) if keep else None
    return Plan(request, file, class_name, entry, title, out, look, limit, key)


def name_of(target: str | Path, options: Mapping[str, Any] | None = None) -> str:
    """Return what a clip is called, without an ending: its scene, and what in particular is shown of it.

    Examples
    --------
    >>> name_of("ch02-s01-slide", {"image": "digit:3", "kernel": "sobel-x", "stride": (2, 2), "dilation": 1})
    'ch02-s01-slide-digit-3-sobel-x-stride-2-2'
    """
    file, class_name, entry = locate(target)
    name = entry.slug if entry else f"{file.stem}-{class_name}" if class_name and maybe_several(file) else file.stem
    words = [_word(option, value) for option, value in (options or {}).items()]
    return "-".join([name, *filter(None, words)])[:_LONGEST]


def _word(option: str, value: Any) -> str:
    """Return an option as a part of a file's name, nothing where it says nothing in particular."""
    if value in _NOTHING:
        return ""
    text = Path(value).stem if "/" in str(value) or isinstance(value, Path) else str(value)
    words = [option] if not isinstance(value, (str, Path)) else []
    return "-".join([*words, *re.findall(r"[A-Za-z0-9.]+", text)])


def _key(request: Request, *known: Any) -> str | None:
    """Return the fingerprint of a clip: of all that its pixels and its sound depend on."""
    file, class_name, entry, look, limit = known
    own: list[tuple[str, str]] = []
    if entry is None:
        own += [(str(path), path.read_bytes().hex()) for path in config_files()]
        own.append((FONTS, installed()))  # Manim's texts are drawn with them
        own += [(str(file.resolve().parent), "")] * has_neighbors(file)  # the same words import others elsewhere
    asked = request.format, request.captions, request.variable_rate, request.quality, request.fps, request.width
    title = entry.title if entry else file.stem
    return fingerprint(file, request.options, class_name, title, *asked, asdict(look), limit, tuple(own))


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

    @property
    def language(self) -> str:
        """What the scene speaks."""
        return str(self.request.options.get("lang", "en")) if self.entry else "en"

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
        with self.loaded() as (scene, options, look, inputs):
            asked, counter = self.request, self.counter(progress)
            kind, drawer = asked.format, asked.renderer
            drawing = Drawing(scene, options, kind, self.title, drawer, counter, asked.variable_rate)
            about = drawing.within(look, self.limit, path) if self.limit else drawing.into(path, look)
        return about, self.digests(inputs)

    def rehearse(self) -> None:
        """Load the scene and make it with its options, but do not play it."""
        with self.loaded() as (scene, options, look, _):
            make_scene(scene, options, look)

    def keep(self, clip: Path, about: dict[str, Any], inputs: Digests) -> None:
        """Keep the clip for the next time, if all is known that it depends on."""
        if self.key and inputs is not None:
            default_cache().keep(self.key, clip, about, inputs=inputs)

    @property
    def divisible(self) -> bool:
        """Whether several may draw it together; where sizes are tried one after the other, that is not worth it."""
        asked = self.request
        return (
            asked.renderer == "fast" and not self.limit and asked.format not in ("png", "svg", *SLIDES) and self._known
        )

    @property
    def _known(self) -> bool:
        """Whether the look is known before the scene is loaded: nothing of its own says how large it is."""
        if self.entry is not None:
            return True
        return not config_files() and self.file.is_file() and b"config" not in self.file.read_bytes()

    @contextmanager
    def loaded(self) -> Iterator[tuple[type[Any], dict[str, Any], Look, Inputs]]:
        """Load the scene, and let it be drawn in the time it may take; gives its options and its look too."""
        foreign = self.entry is None
        try:
            with beside(self.file), noticed(self.file) as inputs:
                load_manim_for(self.file)  # whose seconds are not the scene's
                with limited(self.request.timeout), settled(self.look, self.request, foreign=foreign) as decided:
                    scene = load_scene(self.file, self.class_name)
                    yield scene, self._options(scene), decided(), inputs
        except TimeUpError as error:
            name, place = self.class_name or self.file.stem, error.place or where(error, str(self.file))
            late = f"render: scene {name} did not end within {self.request.timeout:g} s ({place})"
            raise RenderError(f"{late}; let it end, or give it more time") from error

    def _options(self, scene: type[Any]) -> dict[str, Any]:
        """Return what to make the scene with; what it says of captions goes to lessons, which have some."""
        options, captions = self.request.options, self.request.captions
        check_options(scene, options)
        if captions is None:
            return options
        if "captions" in scene_options(scene):
            return {**options, "captions": captions}
        if captions == "burned":
            raise OptionError(
                f"captions: scene {scene.__name__} has none to burn in; take sidecar, and a player shows them"
            )
        return options

    def digests(self, inputs: Inputs) -> Digests:
        """Return what is known of the files that the scene read, if that is wanted."""
        return inputs.digests() if self.key else None

    def counter(self, progress: Progress | None) -> Callable[[int, float], None] | None:
        """Return what takes the frames that are done, and tells them beside those that are expected."""
        if progress is None:
            return None
        seconds = self.entry.seconds if self.entry else 0
        return lambda done, fps: progress(done, max(done, round(seconds * fps / self.look.speed)))

    def finished(self, about: dict[str, Any]) -> Render:
        """Add the voice, and write what belongs beside the clip."""
        title, seconds = self.title, about["seconds"]
        said = tuple(Caption(*line) for line in about["said"])
        if self.request.voice:
            narrate(self.out, said, seconds, language=self.language)
            about = {**about, "bytes": self.out.stat().st_size}
        beside = write_sidecars(self.out, title, said, seconds, self.request.captions or "both", language=self.language)
        alt = alt_text(title, said, seconds=seconds, language=self.language)
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
