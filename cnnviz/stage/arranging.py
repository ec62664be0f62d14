"""The places of a scene's pictures: solved for the frame at hand, and solved anew while pictures travel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from manim import FadeIn, FadeOut
from manim import Scene as ManimScene

from cnnviz.stage.frame import Frame
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.layout import LARGEST_CELL, Box
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Item, arrange


class Arranging(ManimScene):
    """A scene whose pictures are given places, and travel to other ones.

    Attributes
    ----------
    frame : Frame
        The frame at hand.
    """

    frame: Frame

    def __init__(self, *args: Any, **options: Any) -> None:
        self._stood: dict[Any, tuple[Box, float]] = {}
        super().__init__(*args, **options)

    def play(self, *animations: Any, **options: Any) -> None:
        """Play animations; from now on, pictures stand where they are drawn."""
        self._stood.clear()
        super().play(*animations, **options)

    def arrange(self, *items: Item, room: Box | None = None, gap: float = 0.6, most: float = LARGEST_CELL) -> float:
        """Set pictures side by side, in lines where the frame is narrow, as large as fits, and show them.

        Returns the side of a cell in units. See `cnnviz.stage.place.arrange`.
        """
        cell = self.fit(*items, room=room, gap=gap, most=most)
        self.add(*pictures(items))
        return cell

    def rearrange(
        self,
        *items: Item,
        gone: Sequence[Any] = (),
        instead: Mapping[Any, Any] = MappingProxyType({}),
        later: Sequence[Any] = (),
        seconds: float = 1.0,
        **room: Any,
    ) -> float:
        """Set pictures as `arrange` does; what stands already travels and grows into its new place.

        Outlines and windows on it go with it. First fades out what is ``gone``, and what is new fades in last, so that
        the two never stand on each other; what comes ``later`` is only given its place. A picture may travel
        ``instead`` of another one, from where that one stands: it is a key, the other one its value.
        """
        there = self.get_mobject_family_members()
        before = {picture: instead.get(picture, picture) for picture in pictures(items) if picture not in later}
        self._remember(there)
        stood = [(picture, *self._stood[old]) for picture, old in before.items() if old in there]
        goes = {old: picture for picture, old in before.items()}
        on = [(one, self._stood[one][0]) for one in there if isinstance(one, Outline) and one.grid in goes]
        new = [FadeIn(picture, rate_func=LATE) for picture, old in before.items() if old not in there]
        leaving, cell = content_of(gone), self.fit(*items, **room)
        self.remove(*instead.values())
        self.add(*instead, *(one for one in self.mobjects if isinstance(one, Outline | Window)))
        moves = [Resettle(*each) for each in stood]
        for one, box in on:
            one.grid = goes[one.grid]
            moves.append(Resettle(one.lay(one.cell), box))
        self.play(*moves, *new, *(FadeOut(each, rate_func=SOON) for each in leaving), run_time=seconds)
        return cell

    def fit(self, *items: Item, room: Box | None = None, gap: float = 0.6, most: float = LARGEST_CELL) -> float:
        """Set pictures as `arrange` does, without showing them: to see what would become of them."""
        self._remember(self.get_mobject_family_members())
        return arrange(items, room or self.frame.stage, gap=gap, most=most)

    def _remember(self, there: Iterable[Any]) -> None:
        """Remember where pictures and what lies on them are seen, whatever place they try until the next animation."""
        for one in there:
            if one not in self._stood and hasattr(one, "box"):
                self._stood[one] = one.box, getattr(one, "top", 0.0)

    def roomiest(self, *orders: Sequence[Item], **room: Any) -> Sequence[Item]:
        """Return that of several orders of pictures in which cells are largest, the first of equals."""
        return max(orders, key=lambda items: self.fit(*items, **room))


def pictures(items: Iterable[Any]) -> list[Any]:
    """Return the pictures in rows and columns of items."""
    return [part for item in items for part in (pictures(item.items) if hasattr(item, "items") else [item])]


def content_of(mobjects: Iterable[Any]) -> list[Any]:
    """Return things that are to go; of a slot, its content, which it loses."""
    gone = []
    for mobject in mobjects:
        if isinstance(mobject, Slot):
            gone += mobject.content
            mobject.clear()
        else:
            gone.append(mobject)
    return gone
