"""A picture made for a box: anything that can be drawn into a rectangle gets a place of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.pictures.picture import Slot


class Made(Slot):
    """What ``make`` draws into the box that it gets; the result is its ``made``.

    Parameters
    ----------
    width, height : float
        Room in units.
    make : callable
        Takes a `Box`, returns a mobject or a list of them.
    """

    def __init__(
        self,
        width: float,
        height: float,
        make: Callable[[Box], Any],
        title: Template = "",
        *,
        role: str = "text",
    ) -> None:
        super().__init__(width, height, title, role=role)
        self.make = make

    def draw(self, cell: float) -> None:
        """Make it."""
        super().draw(cell)
        self.made = self.make(self.box)
        self.put(*(self.made if isinstance(self.made, list | tuple) else [self.made]))
