"""Manim's cameras, watched: whoever paints on one past the fast renderer is noticed."""

from collections.abc import Callable
from typing import Any

from manim import Camera


class Watched:
    """What a camera gains: it says so before its pixels change by other hands than the fast renderer's."""

    watches_only = True
    before_disturbance: Callable[[], None] | None = None

    before_touch: Callable[[], None] | None = None

    @property
    def pixel_array(self) -> Any:
        """The pixels, which whoever asks for them may change."""
        if "pixel_array" not in vars(self):
            raise AttributeError("pixel_array")  # not yet, as Manim asks
        if self.before_touch is not None:
            self.before_touch()
        return vars(self)["pixel_array"]

    @pixel_array.setter
    def pixel_array(self, pixels: Any) -> None:
        self.__dict__["pixel_array"] = pixels

    def set_pixel_array(self, *args: Any, **kwargs: Any) -> None:
        """Set all pixels, as every reset of a frame does."""
        if self.before_disturbance is not None:
            self.before_disturbance()
        super().set_pixel_array(*args, **kwargs)  # type: ignore[misc]

    def capture_mobjects(self, *args: Any, **kwargs: Any) -> None:
        """Draw mobjects over the frame."""
        if self.before_disturbance is not None:
            self.before_disturbance()
        super().capture_mobjects(*args, **kwargs)  # type: ignore[misc]


def pixels_of(camera: Any) -> Any:
    """Return a camera's pixels without its noticing."""
    return vars(camera)["pixel_array"]


def watched(camera_class: type[Camera]) -> type[Camera]:
    """Return a camera class that is the given one, watched.

    Examples
    --------
    >>> from manim import MovingCamera
    >>> issubclass(watched(MovingCamera), MovingCamera)
    True
    """
    return type(camera_class.__name__, (Watched, camera_class), {"watches_only": True})
