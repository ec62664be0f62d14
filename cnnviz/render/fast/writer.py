"""The file writer that writes no file: it hands frames to a sink and notes what belongs beside them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.section import Section as ManimSection
from manim.utils.sounds import get_full_sound_file_path

from cnnviz.errors import InputError
from cnnviz.render.fast.boxes import hull
from cnnviz.render.fast.rendered import Section, Sound, Subcaption
from cnnviz.render.fast.sink import Box, Frame, FrameSink


class SinkWriter(SceneFileWriter):
    """Manim's file writer on a sink instead of a folder.

    A frame is held back until the next one differs, so that pictures that stay reach the sink once.

    Parameters
    ----------
    settings
        What Manim gives every file writer.
    sink
        Takes the frames.
    on_play
        Called after every animation with its index and the number of frames done so far.
    """

    def __init__(self, settings: Any, *, sink: FrameSink, on_play: Callable[[int, int], None] | None = None) -> None:
        self._sink = sink
        self._on_play = on_play
        self._pixels: Frame | None = None
        self._waiting = 0
        self._box: Box | None = None
        self._known = False
        self._changed = True
        self.frames = 0
        self.plays: list[int] = []
        self.sounds: list[Sound] = []
        self._starts: list[int] = []
        super().__init__(settings)

    # Frames

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        """Take a frame that stays for `repeat` periods; it is read when the next change is announced."""
        if repeat < 1:
            return
        if pixels is not self._pixels or self._changed:
            self.flush()
            self._pixels = pixels
            self._changed = False
        self._waiting += repeat
        self.frames += repeat

    def will_change(self, box: Box | None) -> None:
        """Let the frame go before its pixels change within a box, or anywhere if the box is None."""
        self.flush()
        self._changed = True
        if box is None:
            self._known = False
        elif self._known:
            self._box = box if self._box is None else hull(self._box, box)

    def flush(self) -> None:
        """Give the sink the frame that is held back."""
        if self._waiting and self._pixels is not None:
            frames, self._waiting = self._waiting, 0
            self._sink.write(self._pixels, frames, self._box if self._known else None)
            self._known = True
            self._box = None

    # What belongs beside the frames

    def begin_animation(self, *_: Any, **__: Any) -> None:
        """Note where an animation starts."""
        self.plays.append(self.frames)

    def end_animation(self, *_: Any) -> None:
        """Report progress."""
        if self._on_play is not None:
            self._on_play(len(self.plays) - 1, self.frames)

    def add_partial_movie_file(self, hash_animation: str | None) -> None:
        """Note that the section holds an animation; empty sections are dropped."""
        self.sections[-1].partial_movie_files.append(hash_animation)

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Start a section."""
        self.finish_last_section()
        del self._starts[len(self.sections) :]
        self.sections.append(ManimSection(type_, None, name, skip_animations))
        self._starts.append(self.frames)

    def add_sound(self, sound_file: str | Path, time: float | None = None, gain: float | None = None, **_: Any) -> None:
        """Note a sound; the sink decides what becomes of it."""
        try:
            path = get_full_sound_file_path(sound_file, self.settings.assets_dir)
            path.open("rb").close()  # so that it is noticed as read
        except OSError:
            raise InputError(f"sound: expected a file, but {sound_file} does not exist") from None
        self.sounds.append(Sound(path, float(time or 0), gain))

    def noted_sections(self) -> tuple[Section, ...]:
        """Return the sections that hold an animation."""
        ends = [*self._starts[1:], self.frames]
        return tuple(
            Section(section.name, str(section.type_), start, end - start)
            for section, start, end in zip(self.sections, self._starts, ends, strict=True)
            if not section.is_empty()
        )

    def noted_subcaptions(self) -> tuple[Subcaption, ...]:
        """Return the subcaptions in the order in which they start."""
        lines = [Subcaption(s.start.total_seconds(), s.end.total_seconds(), s.content) for s in self.subcaptions]
        return tuple(sorted(lines, key=lambda line: line.start))
