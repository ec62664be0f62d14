"""The pictures of all mobjects in sight, each drawn once and kept until its mobject looks different."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject

from cnnviz.render.fast.outline import draw_outline, look_of
from cnnviz.render.fast.picture import Picture
from cnnviz.render.fast.raster import draw_image, draw_points, draw_textured, look_of_image, look_of_points
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.view import View


class Album:
    """Pictures by mobject.

    A mobject is never trusted to be unchanged: its looks are compared at every frame. Only the drawing is saved.
    """

    def __init__(self, view: View, scratch: Scratch) -> None:
        self._view = view
        self._scratch = scratch
        # The mobject is kept beside its picture, for an id names an object only while it lives.
        self._kept: dict[int, tuple[Any, Picture]] = {}

    def clear(self) -> None:
        """Forget every picture."""
        self._kept.clear()

    def keep_only(self, pictures: Iterable[Picture]) -> None:
        """Forget the pictures that are not among these."""
        wanted = set(map(id, pictures))
        self._kept = {key: entry for key, entry in self._kept.items() if id(entry[1]) in wanted}

    def pictures(self, mobjects: Sequence[Mobject]) -> list[Picture]:
        """Return what to paint for mobjects in drawing order."""
        view, kept = self._view, self._kept
        pictures: list[Picture] = []
        textured: list[VMobject] = []
        for mobject in mobjects:
            if isinstance(mobject, VMobject):
                texture = mobject.get_background_image()
                if texture:
                    if textured and textured[-1].get_background_image() != texture:
                        pictures.append(self._textured(textured))
                        textured = []
                    textured.append(mobject)
                    continue
                look: Hashable = look_of(mobject, view)
            elif isinstance(mobject, PMobject):
                look = look_of_points(mobject, view)
            elif isinstance(mobject, AbstractImageMobject):
                look = look_of_image(mobject, view)
            else:
                continue
            if textured:
                pictures.append(self._textured(textured))
                textured = []
            entry = kept.get(id(mobject))
            if entry is None or entry[1].look != look:
                entry = mobject, self._draw(mobject, look, None if entry is None else entry[1])
                kept[id(mobject)] = entry
            pictures.append(entry[1])
        if textured:
            pictures.append(self._textured(textured))
        return pictures

    def _draw(self, mobject: Mobject, look: Any, last: Picture | None) -> Picture:
        if isinstance(mobject, VMobject):
            return draw_outline(mobject, look, self._view, self._scratch, last)
        if isinstance(mobject, PMobject):
            return draw_points(mobject, look, self._view.camera)
        return draw_image(mobject, look, self._view.camera)

    def _textured(self, mobjects: list[VMobject]) -> Picture:
        """Return one picture of neighbors that share an image, for Manim blends them together."""
        first = mobjects[0]
        texture = first.get_background_image()
        look = (texture, *(look_of(mobject, self._view) for mobject in mobjects))
        entry = self._kept.get(id(first))
        if entry is None or entry[1].look != look:
            entry = first, draw_textured(mobjects, look, self._view.camera)
            self._kept[id(first)] = entry
        return entry[1]
