"""How a camera sees: which cameras the fast path knows, and what makes every picture taken by one of them stale."""

from collections.abc import Hashable, Iterable
from typing import Any

import cairo
import numpy as np
from manim import Camera, Mobject, MovingCamera, MultiCamera, ThreeDCamera

from cnnviz.render.fast.camera import pixels_of
from cnnviz.render.fast.family import drawn_in_order

_HARMLESS = {"__init__", "__module__", "__doc__", "__dict__", "__weakref__", "__firstlineno__", "__static_attributes__"}
_OURS = ("before_disturbance", "before_touch")


class View:
    """One camera, as the fast path uses it.

    Parameters
    ----------
    camera
        A camera for which `understood` holds.
    """

    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.deep = isinstance(camera, ThreeDCamera)

    def matrix(self) -> cairo.Matrix:
        """Return the way from Manim's units to pixels for outlines; most cameras fix it when it is first asked for."""
        matrix: cairo.Matrix = self.camera.get_cairo_context(pixels_of(self.camera)).get_matrix()
        return matrix

    def stamp(self) -> Hashable:
        """Return where the camera looks: what every picture depends on besides its mobject."""
        camera = self.camera
        stamp: tuple[Any, ...] = (
            camera.frame_width,
            camera.frame_height,
            np.asarray(camera.frame_center).tobytes(),
            camera.cairo_line_width_multiple,
        )
        if self.deep:
            stamp += (
                *(tracker.get_value() for tracker in camera.get_value_trackers()),
                camera.light_source.points.tobytes(),
                camera.should_apply_shading,
                camera.exponential_projection,
            )
        return stamp

    def stance(self, mobject: Mobject) -> Hashable:
        """Return how the camera treats this mobject in particular."""
        camera = self.camera
        if not self.deep:
            return None
        center = camera.fixed_orientation_mobjects.get(mobject)
        return (
            mobject in camera.fixed_in_frame_mobjects,
            getattr(mobject, "shade_in_3d", False),
            None if center is None else center().tobytes(),
        )

    def order(self, mobjects: Iterable[Mobject]) -> list[Mobject]:
        """List what is drawn, the lowest first."""
        if self.deep:
            self.camera.reset_rotation_matrix()
            return list(self.camera.get_mobjects_to_display(mobjects))
        return drawn_in_order(mobjects, self.camera.use_z_index)


def understood(camera: Camera) -> bool:
    """Tell whether the fast path may draw for a camera.

    It may for Manim's own cameras, and for classes derived from them that change none of their methods, while no second
    camera's picture is shown.
    """
    if isinstance(camera, MultiCamera) and camera.image_mobjects_from_cameras:
        return False
    if any(
        callable(value) and name not in _OURS and hasattr(type(camera), name) for name, value in vars(camera).items()
    ):
        return False  # a method of its own
    classes = type(camera).__mro__
    known = next(cls for cls in classes if cls in (Camera, MovingCamera, MultiCamera, ThreeDCamera))
    derived = [cls for cls in classes[: classes.index(known)] if not getattr(cls, "watches_only", False)]
    return not any(hasattr(known, name) for cls in derived for name in vars(cls) if name not in _HARMLESS)
