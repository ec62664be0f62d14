"""The last word on a mistake: two pictures with their answers, and the training digits that look like the second."""

from __future__ import annotations

from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.layout import Box, pixel
from cnnviz.stage.mobjects.pixel_image import PixelImage, value_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.number import share_text
from cnnviz.subjects.reading import Floats, Reading

_TOP, _SIDE, _SMALL = 440, 128, 96  # pixels


class Comparison:
    """Both answers and the look-alikes, below the network.

    Attributes
    ----------
    first, second : Group
        The picture that was followed and the misread one, each with its answer.
    alike : Group
        The training digits most like the misread one.
    """

    def __init__(self, subject: Forward, theme: Theme) -> None:
        assert subject.mistake is not None
        self.theme = theme
        self.first = self._answered(subject.reading, 40)
        self.second = self._answered(subject.mistake, 330)
        self.alike = Group()
        left = 640
        pitch = (1240 - left - _SMALL) / (len(subject.alike) - 1)
        self.alike.add(
            Label("training digits most like it", layout.NOTE, theme.text, at=pixel(left, _TOP - 14), align="left")
        )
        for place, (ink, label) in enumerate(zip(subject.alike.images, subject.alike.labels.tolist(), strict=True)):
            x = left + place * pitch
            self.alike.add(*self._picture(ink, x, _TOP + 8, _SMALL))
            color = theme.highlight if label == subject.mistake.answer else theme.muted
            self.alike.add(
                Label(str(label), layout.TERM, color, at=pixel(x + _SMALL / 2, _TOP + _SMALL + 28), bold=True)
            )

    def _answered(self, reading: Reading, x: float) -> Group:
        theme, group = self.theme, Group(*self._picture(reading.ink, x, _TOP, _SIDE))
        written = "a picture" if reading.label is None else f"written as {reading.label}"
        color = theme.output if reading.right or reading.label is None else theme.negative
        lines = (
            (written, layout.NOTE, theme.text, False),
            (f"read as {reading.answer}", layout.TERM, color, True),
            (share_text(reading.shares.max().item()), layout.NOTE, theme.muted, False),
        )
        for number, (text, size, ink, bold) in enumerate(lines):
            y = _TOP + _SIDE / 2 + (number - 1) * 34
            group.add(Label(text, size, ink, at=pixel(x + _SIDE + 16, y), align="left", bold=bold))
        return group

    def _picture(self, ink: Floats, x: float, y: float, side: float) -> list[PixelImage | Rectangle]:
        box = Box.of_pixels(x, y, x + side, y + side)
        return [
            PixelImage(value_pixels(ink, "input", 16.0, self.theme), box),
            Rectangle(box, outline=self.theme.line, width=1.2),
        ]
