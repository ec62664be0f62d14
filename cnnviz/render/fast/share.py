"""One of several renderings that make a scene together: each plays all of it and draws its share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

from manim import Mobject
from manim.mobject.types.image_mobject import ImageMobjectFromCamera

from cnnviz.render.fast.camera import pixels_of
from cnnviz.render.fast.family import in_order
from cnnviz.render.fast.renderer import FastRenderer
from cnnviz.render.fast.sink import Box, Frame
from cnnviz.render.fast.writer import SinkWriter

__all__ = ["Share", "ShareRenderer", "ShareSink"]


class ShareSink(Protocol):
    """What takes the frames of a share."""

    def begin(self, block: int) -> None:
        """Take the frames that follow as those of this block."""

    def write(self, frame: Frame, frames: int, box: Box | None) -> None:
        """Take one picture, as a `FrameSink` does; the first one of a block comes without a box."""


class Share:
    """Which blocks of a scene are drawn: every n-th. A block is animations that follow each other.

    Nobody need know beforehand how many there are. All shares see the same blocks begin, for all play the same scene.

    Parameters
    ----------
    part, parts
        This share, from 0 on, and how many there are.
    length
        Frames after which the next animation begins a new block.

    Examples
    --------
    >>> second = Share(1, 2, length=10)
    >>> [(frame, second.at(frame), second.drawing) for frame in (0, 8, 12, 20, 22)]
    [(0, True, False), (8, False, False), (12, True, True), (20, False, True), (22, True, False)]
    """

    def __init__(self, part: int, parts: int, *, length: int) -> None:
        self.part, self.parts, self.length = part, parts, length
        self.block = -1
        self.drawing = False
        self.marks: list[str] = []
        """What the scene was like when each block began; the same for all shares, or they do not fit together."""
        self._start = 0

    def at(self, frame: int) -> bool:
        """Note that an animation begins at a frame, and tell whether a block begins with it."""
        if self.block >= 0 and frame - self._start < self.length:
            return False
        self._start = frame
        self.block += 1
        self.drawing = self.block % self.parts == self.part
        return True


class ShareRenderer(FastRenderer):
    """Plays all of a scene and draws the frames of one share."""

    def __init__(
        self,
        sink: ShareSink,
        *,
        share: Share,
        on_play: Callable[[int, int], None] | None = None,
        still: bool = False,
    ) -> None:
        writer = partial(_ShareWriter, share=share, state=self._state)
        super().__init__(sink, on_play=on_play, still=still, writer=writer)
        self._share = share

    def init_scene(self, scene: Any, *args: Any) -> None:
        """Know the scene, whose state is compared."""
        self._scene = scene
        super().init_scene(scene, *args)

    def save_static_frame_data(self, scene: Any, static_mobjects: Iterable[Mobject]) -> Frame | None:
        """Keep the pictures of what does not move, where it will be drawn."""
        self.static_image = None
        return super().save_static_frame_data(scene, static_mobjects) if self._draws() else None

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Bring the camera's pixels up to date, where they are wanted."""
        if self._draws():
            super().update_frame(*args, **kwargs)

    def scene_finished(self, scene: Any) -> None:
        """Show the scene as it stands if it gave no frame."""
        if self.file_writer.frames == 0:
            self.file_writer.begin_block()
        super().scene_finished(scene)

    def _draws(self) -> bool:
        """Tell whether to draw; the first picture in any case, for some cameras take their measure then."""
        return self._share.drawing or self.file_writer.frames == 0

    def _state(self) -> str:
        """Return a checksum of all mobjects and of the way from them to pixels."""
        state = hashlib.blake2b(digest_size=16)
        camera = self.camera
        context = camera.get_cached_cairo_context(pixels_of(camera)) if self.file_writer.frames else None
        state.update(repr(context and tuple(context.get_matrix())).encode())
        for mobject in in_order(self._scene.mobjects, False):
            state.update(type(mobject).__name__.encode())
            for name in ("points", "fill_rgbas", "stroke_rgbas", "rgbas", "pixel_array"):
                part = vars(mobject).get(name)
                if part is not None and not isinstance(mobject, ImageMobjectFromCamera):  # which shows what is drawn
                    state.update(repr(part.shape).encode() + part.tobytes())
        return state.hexdigest()


class _ShareWriter(SinkWriter):
    """Hands over the frames of one share and counts the others."""

    def __init__(self, settings: Any, *, share: Share, state: Callable[[], str], **options: Any) -> None:
        self._share, self._state = share, state
        super().__init__(settings, **options)

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        super().begin_animation(*args, **kwargs)
        self.begin_block()

    def begin_block(self) -> None:
        """Begin a block if it is time."""
        if not self._share.at(self.frames):
            return
        self._share.marks.append(self._state())
        self.will_change(None)
        if self._share.drawing:
            self._sink.begin(self._share.block)  # type: ignore[attr-defined]

    def write_frame(self, pixels: Frame, *, repeat: int = 1) -> None:
        if self._share.drawing:
            super().write_frame(pixels, repeat=repeat)
        else:
            self.frames += max(repeat, 0)
