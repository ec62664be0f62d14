"""Manim's Cairo renderer with its frames given to a sink: drawn as Manim draws, or drawn only where they change."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from manim import CairoRenderer, Camera, Mobject
from manim.utils.iterables import list_update

from cnnviz.render.fast.camera import pixels_of, watched
from cnnviz.render.fast.pace import hasten
from cnnviz.render.fast.sink import Frame
from cnnviz.render.fast.studio import Studio
from cnnviz.render.fast.texts import forget_many_texts
from cnnviz.render.fast.view import understood
from cnnviz.render.fast.writer import SinkWriter

_HELD: Frame = np.zeros((0, 0, 4), np.uint8)
"""Stands for the picture of what holds still while the studio has it."""


def _none_yet() -> None:
    """Stand for a camera until the scene says which kind it needs."""


class StockRenderer(CairoRenderer):
    """Manim's own drawing, its frames given to a sink.

    Parameters
    ----------
    sink
        Takes the frames, see `FrameSink`.
    on_play
        Called after every animation with its index and the number of frames done so far.
    still
        Skip every animation and give the sink one frame: the scene as it ends.
    writer
        Makes what stands between Manim and the sink.
    """

    static_image: Frame | None

    def __init__(
        self,
        sink: Any,
        *,
        on_play: Callable[[int, int], None] | None = None,
        still: bool = False,
        writer: Callable[..., SinkWriter] = SinkWriter,
    ) -> None:
        super().__init__(
            file_writer_class=partial(writer, sink=sink, on_play=on_play),
            camera_class=_none_yet,
            skip_animations=still,
        )

    def init_scene(self, scene: Any, *args: Any) -> None:
        """Take the scene's kind of camera, which is not known before."""
        self.camera = self.make_camera(scene.camera_class)
        super().init_scene(scene, *args)

    def make_camera(self, camera_class: type[Camera]) -> Camera:
        """Return the camera to draw with."""
        return camera_class()

    def scene_finished(self, scene: Any) -> None:
        """Show the scene as it stands if it gave no frame."""
        if self.file_writer.frames == 0:
            self.skip_animations = False
            self.static_image = None
            self.update_frame(scene)
            self.add_frame(pixels_of(self.camera))
        self.file_writer.flush()


class FastRenderer(StockRenderer):
    """The same frames in a fraction of the time; cameras that change how Manim draws get Manim's own drawing."""

    _studio: Studio | None = None
    _touched = False
    """Whether somebody has the camera's pixels and may change them at any time."""

    _by_manim = False

    def init_scene(self, scene: Any, *args: Any) -> None:
        """Take the scene's kind of camera, and let the scene do less."""
        super().init_scene(scene, *args)
        hasten(scene)

    def make_camera(self, camera_class: type[Camera]) -> Camera:
        """Return a camera that tells when others paint on it."""
        camera = watched(camera_class)()
        camera.before_disturbance = self._disturbed
        camera.before_touch = self._touch
        return camera

    def save_static_frame_data(self, scene: Any, static_mobjects: Iterable[Mobject]) -> Frame | None:
        """Keep the pictures of what does not move during an animation, as it looks now."""
        if understood(self.camera):
            mobjects = list(static_mobjects)
            self._at_work().hold(mobjects)
            self.static_image = _HELD if mobjects else None
        else:
            super().save_static_frame_data(scene, static_mobjects)
        return self.static_image

    def update_frame(
        self,
        scene: Any,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Bring the camera's pixels up to date."""
        if self.skip_animations and not ignore_skipping:
            return
        if kwargs or not include_submobjects or not understood(self.camera):
            if self.static_image is _HELD and self._studio is not None:
                self.static_image = self._studio.held()
            self._by_manim = True
            try:
                super().update_frame(scene, mobjects, include_submobjects, ignore_skipping, **kwargs)
            finally:
                self._by_manim = False
            return
        if self._touched:
            self._disturbed()
        shown = list(mobjects or ()) or list_update(scene.mobjects, scene.foreground_mobjects)
        self._at_work().show(shown, alone=self.static_image is None)

    def render(self, scene: Any, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:  # noqa: ARG002
        """Draw and hand over one frame."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(pixels_of(self.camera))
        forget_many_texts()

    def freeze_current_frame(self, duration: float) -> None:
        """Let the current frame stay."""
        self.add_frame(pixels_of(self.camera), num_frames=int(duration / (1 / self.camera.frame_rate)))

    def add_frame(self, frame: Frame, num_frames: int = 1) -> None:
        """Hand over a frame, which is not copied."""
        if frame is not pixels_of(self.camera):
            self._disturbed()
        super().add_frame(frame, num_frames)
        if self._touched:
            self.file_writer.flush()

    def _at_work(self) -> Studio:
        if self._studio is None or not self._studio.fits(self.camera):
            self.file_writer.will_change(None)
            self._studio = Studio(self.camera, self.file_writer.will_change)
        return self._studio

    def _touch(self) -> None:
        if not self._by_manim:
            self._disturbed()
            self._touched = True

    def _disturbed(self) -> None:
        if self._studio is None:
            self.file_writer.will_change(None)
        else:
            self._studio.disturb()
