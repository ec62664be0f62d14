"""Numbers as bars from one axis: shares of a whole, values and parameters of layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from manim import Animation, Mobject, VGroup, smooth

from cnnviz.stage.layout import NOTE, Box, units
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.text import Label, Piece, Words, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import share_text

_FULL = 0.68  # thickness of a bar, as a share of its row
_AWAY = 0.5  # distance of a text from axis or bar, in type sizes
_RIM = 2.0  # of the bar that is pointed out, in stroke units


class Bars(VGroup):
    """A bar for each label, all from one axis, with what it stands for written at its end.

    ::

        0 |
        1 |===           12.0 %     (faint rails show how far a bar may grow)
        2 |==========    88.0 %

    Parameters
    ----------
    labels : sequence of str
        What each bar is about, from the top; for ``upward`` bars from the left.
    box : Box
        The room for labels, bars and texts.
    role : str
        Color role of the bars.
    peak : float
        The value of the longest bar there may be; longer ones end there too.
    upward : bool
        Let bars rise from an axis at the bottom instead of growing to the right.
    write : callable or None
        How a value is written at the end of its bar; not at all if None.
    widest : str
        The widest text that `write` returns; room is kept for it.
    size : float
        Type size in pixels at 720p.

    Attributes
    ----------
    values : tuple of float
        What the bars show; all 0 at first.
    best : int or None
        The bar in the color of the highlight.

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> bars = Bars("abc", Box(-3, -1, 3, 1), theme=theme("dark"))
    >>> bars.show([0.1, 0.2, 0.7], best=2)
    >>> bars.values, bars.best
    ((0.1, 0.2, 0.7), 2)
    """

    def __init__(
        self,
        labels: Sequence[str],
        box: Box,
        *,
        theme: Theme,
        role: str = "output",
        peak: float = 1.0,
        upward: bool = False,
        write: Callable[[float], str] | None = share_text,
        widest: str = "100.0 %",
        size: float = NOTE,
    ) -> None:
        super().__init__()
        self.labels, self.box, self.theme, self.role = tuple(labels), box, theme, role
        self.peak, self.upward, self.write, self.size = peak, upward, write, size
        away, em = units(size) * _AWAY, units(size)
        if upward:
            self.axis = box.bottom + 2 * away + em * 0.5
            self.length = box.top - self.axis - (0.0 if write is None else away + em)
        else:
            self.axis = box.left + max(text_width(label, size, bold=True) for label in labels) + away
            self.length = box.right - self.axis - (0.0 if write is None else away + text_width(widest, size))
        self.values: tuple[float, ...] = (0.0,) * len(self.labels)
        self._written: Sequence[int] = ()  # the bars with a text
        self.best: int | Sequence[int] | None = None
        rails = [Rectangle(self.bar_box(i, peak), fill=theme.rail) for i in range(len(self.labels))]
        self.rectangles = [Rectangle(self.bar_box(i), fill=theme.role(role)) for i in range(len(self.labels))]
        self._names, self._texts = VGroup(), VGroup()
        if upward:
            line = [(box.left, self.axis), (box.right, self.axis)]
        else:
            line = [(self.axis, box.bottom), (self.axis, box.top)]
        self.add(*rails, *self.rectangles, Strokes([line], theme.muted, 1.6), self._names, self._texts)
        self._name()

    def bar_box(self, index: int, value: float | None = None) -> Box:
        """Return the rectangle of a bar, as it is or as it would be for another value."""
        value = self.values[index] if value is None else value
        reach = self.axis + self.length * min(max(value / self.peak, 0.0), 1.0)
        across, half = self._place(index), self._pitch * _FULL / 2
        if self.upward:
            return Box(across - half, self.axis, across + half, reach)
        return Box(self.axis, across - half, reach, across + half)

    def stretch(self, values: Sequence[float]) -> None:
        """Give the bars other lengths, and leave the texts as they are."""
        self.values = tuple(map(float, values))
        for index, bar in enumerate(self.rectangles):
            bar.reshape(self.bar_box(index))

    def show(self, values: Sequence[float], best: int | Sequence[int] | None = None, upto: int | None = None) -> None:
        """Show values with their texts, those of the first ``upto``, at once; ``best`` is pointed out, one or more."""
        if len(values) != len(self.labels):
            raise ValueError(f"Bars: expected {len(self.labels)} values, one for each label, got {len(values)}")
        self.stretch(values)
        self._point_out(best)
        self._write(range(len(self.labels))[:upto])

    def clear(self) -> None:
        """Take the texts at the ends of the bars away."""
        self._write(())

    def grow(self, values: Sequence[float], best: int | None = None, **options: Any) -> Animation:
        """Return the animation that brings the bars to other values; ``best``, if any, is pointed out from the start.

        Where a bar stays, its text does, too; the others are for `show` afterwards.
        """
        self._point_out(self.best if best is None else best)
        self._write([i for i in self._written if self.values[i] == values[i]])
        return _Grow(self, values, **options)

    def _point_out(self, best: int | Sequence[int] | None) -> None:
        """Draw bars and their labels in the color of the highlight, and the others in their own."""
        lit = _several(best)
        for index, bar in enumerate(self.rectangles):
            bar.set_fill(self.theme.glow if index in lit else self.theme.role(self.role), opacity=1.0, family=False)
            bar.set_stroke(self.theme.highlight, _RIM if index in lit else 0.0, family=False)
        if best != self.best:
            self.best = best
            self._name()

    def _write(self, indices: Sequence[int]) -> None:
        """Write the values of some bars at their ends, in place of what is there."""
        self._written = indices if self.write is not None else ()
        self._texts.remove(*self._texts.submobjects)
        self._texts.add(*map(self._text, self._written))

    @property
    def _pitch(self) -> float:
        return (self.box.width if self.upward else self.box.height) / len(self.labels)

    def _place(self, index: int) -> float:
        if self.upward:
            return self.box.left + (index + 0.5) * self._pitch
        return self.box.top - (index + 0.5) * self._pitch

    def _name(self) -> None:
        """Write the labels, the best one bold."""
        self._names.remove(*self._names.submobjects)
        lit = _several(self.best)
        rest = [Piece(*self._named(i)) for i in range(len(self.labels)) if i not in lit]
        if rest:
            self._names.add(Words(rest, self.size, self.theme.text))
        for index in lit:
            text, at, align = self._named(index)
            self._names.add(Label(text, self.size, self.theme.highlight, at=at, align=align, bold=True))

    def _named(self, index: int) -> tuple[str, tuple[float, float], Any]:
        away = units(self.size) * _AWAY
        if self.upward:
            return self.labels[index], (self._place(index), self.axis - away - units(self.size) * 0.4), "center"
        return self.labels[index], (self.axis - away, self._place(index)), "right"

    def _text(self, index: int) -> Label:
        away, text = units(self.size) * _AWAY, self.write(self.values[index]) if self.write else ""
        bar, color = self.bar_box(index), self.theme.highlight if index in _several(self.best) else self.theme.muted
        if self.upward:
            return Label(text, self.size, color, at=(self._place(index), bar.top + away + units(self.size) * 0.25))
        return Label(text, self.size, color, at=(bar.right + away, self._place(index)), align="left")


def _several(best: int | Sequence[int] | None) -> Sequence[int]:
    return () if best is None else (best,) if isinstance(best, int) else best


class _Grow(Animation):
    """Bring bars to other values without copying them."""

    def __init__(self, bars: Bars, values: Sequence[float], **options: Any) -> None:
        self.start, self.end = bars.values, tuple(map(float, values))
        super().__init__(bars, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        self.mobject.stretch([a + (b - a) * share for a, b in zip(self.start, self.end, strict=True)])
