"""A volume of numbers as an oblique box: its front is a map, its depth the number of maps."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup, VMobject

from cnnviz.stage.color import mix
from cnnviz.stage.layout import NOTE, Box, units
from cnnviz.stage.mobjects.shapes import Point, Strokes, polyline
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme

SLOPE = 0.62  # how far up the depth goes for each unit to the left, as in a stack of feature maps
_TOP, _SIDE = 0.34, 0.55  # how much of the ground is mixed into these faces, so that they read as faces
_SLICES = 12  # lines along the depth, at most


class Volume(VGroup):
    r"""An oblique box of ``width`` x ``height`` units with its depth going back to the upper left.

    ::

        +--------+
        |\        \
        | \        \
        +  +--------+
         \ |        |
          \|        |
           +--------+
           3 × 32 × 32

    Parameters
    ----------
    width, height : float
        Of the front, in units.
    depth : float
        How far the box goes back, in units to the left.
    at : (x, y)
        The middle of what is drawn.
    role : str
        Color role of the faces.
    label : str
        What is written below the box; nothing if empty.
    slices : int
        Lines that divide the depth, one between every two maps; left out where they would lie too close.

    Attributes
    ----------
    front, extent : Box
        The face, and all that is drawn without the label.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> box = Volume(2.0, 1.0, 0.5, theme=theme("dark"))
    >>> box.extent.width, round(box.extent.height, 2), box.front.right == box.extent.right
    (2.5, 1.31, True)
    """

    def __init__(
        self,
        width: float,
        height: float,
        depth: float,
        *,
        theme: Theme,
        at: Point = (0.0, 0.0),
        role: str = "output",
        label: str = "",
        slices: int = 1,
        size: float = NOTE,
    ) -> None:
        super().__init__()
        self.theme = theme
        left, bottom = at[0] - (width + depth) / 2, at[1] - (height + depth * SLOPE) / 2
        self.extent = Box(left, bottom, left + width + depth, bottom + height + depth * SLOPE)
        self.front = Box(left + depth, bottom, left + depth + width, bottom + height)
        self.back = (-depth, depth * SLOPE)
        front = self.front
        lower, upper = (front.left, front.bottom), (front.left, front.top)
        corner, right = (front.right, front.top), (front.right, front.bottom)
        self.faces = VGroup(
            _face([upper, corner, self._behind(corner), self._behind(upper)], theme, role, _TOP),
            _face([lower, upper, self._behind(upper), self._behind(lower)], theme, role, _SIDE),
            _face([lower, upper, corner, right], theme, role, 0.0),
        )
        edges = [[lower, upper, corner, right, lower]]
        if depth:
            edges.append([upper, self._behind(upper)])
            edges.append([lower, self._behind(lower), self._behind(upper), self._behind(corner), corner])
        self.edges = Strokes(edges, theme.text, 1.6, 0.85)
        self.add(self.faces, self._slices(slices), self.edges)
        if label:
            below = (self.extent.center[0], self.extent.bottom - units(size) * 0.9)
            self.add(Label(label, size, theme.text, at=below))

    def sink(self, share: float) -> None:
        """Let the box sink into the ground, or stand out again with 0."""
        for face in self.faces:
            face.set_fill(mix(face.color_of, self.theme.ground, share), opacity=1.0, family=False)
        self.edges.set_stroke(opacity=0.85 * (1 - share), family=False)

    def _behind(self, point: Point, share: float = 1.0) -> Point:
        return point[0] + share * self.back[0], point[1] + share * self.back[1]

    def _slices(self, count: int) -> Strokes:
        front, cuts = self.front, [i / count for i in range(1, count)] if count <= _SLICES else []
        around: Sequence[Point] = ((front.left, front.bottom), (front.left, front.top), (front.right, front.top))
        return Strokes([[self._behind(p, cut) for p in around] for cut in cuts], self.theme.text, 1.0, 0.4)


class _Face(VMobject):
    """A flat polygon that remembers its color."""

    def __init__(self, corners: Sequence[Point], color: str) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.color_of = color
        self.points = polyline([*corners, corners[0]])


def _face(corners: Sequence[Point], theme: Theme, role: str, shade: float) -> _Face:
    return _Face(corners, mix(mix(theme.role(role), theme.ground, 0.25), theme.ground, shade))
