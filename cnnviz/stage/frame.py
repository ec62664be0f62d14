"""The frame at hand, 16:9, 4:3, 1:1 or 9:16, and its regions: header, stage, captions, progress line."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.stage.layout import CAPTION, MARGIN, SUBTITLE, TITLE, Box, units

ASPECTS = {"16:9": (128 / 9, 8.0), "4:3": (32 / 3, 8.0), "1:1": (10.0, 10.0), "9:16": (8.0, 128 / 9)}
"""Width and height of a frame in units; a unit is 90 pixels at the size that type is given for, 720p."""

_WIDE = 12.0  # units; a narrower frame has its subtitle below the title
_LEADING = 1.35  # of captions, in type sizes


@dataclass(frozen=True)
class Frame:
    """Where things stand in a frame of some width and height; the origin is in its middle.

    Examples
    --------
    >>> Frame(*ASPECTS["16:9"]).is_wide, Frame(*ASPECTS["9:16"]).is_wide
    (True, False)
    """

    width: float
    height: float

    @classmethod
    def at_hand(cls) -> Frame:
        """Return the frame that Manim is set to draw."""
        from manim import config

        return cls(float(config.frame_width), float(config.frame_height))

    @property
    def is_wide(self) -> bool:
        """Whether title and subtitle stand in one line."""
        return self.width >= _WIDE

    @property
    def left(self) -> float:
        """The left margin."""
        return MARGIN - self.width / 2

    @property
    def right(self) -> float:
        """The right margin."""
        return self.width / 2 - MARGIN

    @property
    def title_y(self) -> float:
        """The middle of the title's capitals."""
        return self.height / 2 - 0.73

    @property
    def subtitle_y(self) -> float:
        """The middle of the subtitle's capitals, which share the title's baseline where there is room."""
        return self.baseline(SUBTITLE) if self.is_wide else self.title_y - 0.62

    @property
    def caption_lines(self) -> int:
        """How many lines a caption may have."""
        return 2 if self.width >= 10.5 else 3

    @property
    def caption_leading(self) -> float:
        """The distance of two lines of a caption."""
        return units(CAPTION) * _LEADING

    @property
    def caption_y(self) -> float:
        """The middle of the caption band."""
        return self.progress_y + 0.2 + self.caption_lines * self.caption_leading / 2

    @property
    def progress_y(self) -> float:
        """The progress line."""
        return 0.26 - self.height / 2

    @property
    def stage(self) -> Box:
        """Where pictures stand, titles and notes included."""
        top = (self.title_y if self.is_wide else self.subtitle_y) - 0.5
        bottom = self.caption_y + self.caption_lines * self.caption_leading / 2 + 0.14
        return Box(self.left, bottom, self.right, top)

    def left_by(self, box: Box, gap: float = 0.3) -> Box:
        """Return the larger of the two rooms that a box leaves of the stage: to the right of it, and below."""
        beside = Box(box.right + gap, self.stage.bottom, self.stage.right, self.stage.top)
        below = Box(self.stage.left, self.stage.bottom, self.stage.right, box.bottom - gap)
        return max(beside, below, key=lambda room: room.width * room.height)

    def baseline(self, pixels: float) -> float:
        """Return the y at which text of a size stands on the title's baseline (capitals are 8/11 em)."""
        return self.title_y - units(TITLE - pixels) * 4 / 11
