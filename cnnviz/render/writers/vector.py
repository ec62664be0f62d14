"""A scene as it ends, as an SVG drawing: sharp at any size, for slides and print."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import cairo
import numpy as np

from cnnviz.errors import RenderError

__all__ = ["write_svg"]

_BYTES = 4
_FINE = 2  # pixels of an embedded image for one of the drawing
_LARGEST = 4096  # pixels of an embedded image along a side


def write_svg(scene: Any, path: Path, width: int, height: int) -> None:
    """Draw what is on stage. Shapes and text become curves; images stay pixels, embedded, with hard edges.

    Raises
    ------
    RenderError
        If there is something on stage that is neither, such as points or surfaces in space.
    """
    from manim import ManimColor, VMobject
    from manim.mobject.types.image_mobject import AbstractImageMobject

    camera = scene.camera
    with cairo.SVGSurface(str(path), width, height) as surface:
        surface.set_document_unit(cairo.SVGUnit.PX)
        context = cairo.Context(surface)
        red, green, blue = ManimColor(camera.background_color).to_rgb()
        context.set_source_rgba(red, green, blue, camera.background_opacity)
        context.paint()
        x, y = width / camera.frame_width, height / camera.frame_height
        left, middle = camera.frame_center[:2]
        context.set_matrix(cairo.Matrix(x, 0, 0, -y, width / 2 - left * x, height / 2 + middle * y))
        for mobject in camera.get_mobjects_to_display([*scene.mobjects, *scene.foreground_mobjects]):
            if isinstance(mobject, AbstractImageMobject):
                _image(context, mobject)
            elif isinstance(mobject, VMobject):
                _shape(context, camera, mobject)
            else:
                kind = type(mobject).__name__
                raise RenderError(f"{path.name}: expected shapes, text and images on stage, got {kind}; render a PNG")
        surface.finish()


def _shape(context: Any, camera: Any, mobject: Any) -> None:
    """Fill and outline one shape, in Manim's order: a stroke behind, the fill, a stroke in front."""
    from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP

    camera.set_cairo_context_path(context, mobject)
    for background in (True, False):
        if not background:
            _source(context, camera.get_fill_rgbas(mobject), mobject)
            context.fill_preserve()
        stroke = mobject.get_stroke_width(background)
        if stroke:
            _source(context, camera.get_stroke_rgbas(mobject, background=background), mobject)
            context.set_line_width(stroke * camera.cairo_line_width_multiple)
            context.set_line_join(LINE_JOIN_MAP[mobject.joint_type])
            context.set_line_cap(CAP_STYLE_MAP[mobject.cap_style])
            context.stroke_preserve()
    context.new_path()


def _source(context: Any, rgbas: Any, mobject: Any) -> None:
    """Take a color, or a gradient from one end of the shape to the other."""
    if len(rgbas) == 1:
        context.set_source_rgba(*rgbas[0])
        return
    ends = mobject.get_gradient_start_and_end_points()
    pattern = cairo.LinearGradient(*chain(*(point[:2] for point in ends)))
    for rgba, offset in zip(rgbas, np.linspace(0, 1, len(rgbas)), strict=True):
        pattern.add_color_stop_rgba(offset, *rgba)
    context.set_source(pattern)


def _image(context: Any, mobject: Any) -> None:
    """Lay an image into the frame by its corners: upper left, upper right, lower left.

    Viewers smooth what they enlarge, whatever they are asked for; so each pixel becomes many.
    """
    pixels = mobject.get_pixel_array()
    origin, right, down = (mobject.points[i][:2] for i in range(3))
    rows, columns = pixels.shape[:2]
    wide = np.hypot(*context.user_to_device_distance(*(right - origin) / columns))
    times = max(1, round(min(_FINE * wide, _LARGEST / max(rows, columns))))
    alpha = pixels[..., 3:].astype(np.uint16)
    blended = np.concatenate([pixels[..., 2::-1] * alpha // 255, alpha], axis=-1).astype(np.uint8)
    blended = np.ascontiguousarray(blended.repeat(times, axis=0).repeat(times, axis=1))
    rows, columns = blended.shape[:2]
    surface = cairo.ImageSurface.create_for_data(blended.data, cairo.FORMAT_ARGB32, columns, rows, columns * _BYTES)
    context.save()
    context.transform(cairo.Matrix(*(right - origin) / columns, *(down - origin) / rows, *origin))
    context.set_source_surface(surface, 0, 0)
    context.paint()
    context.restore()
