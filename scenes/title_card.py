"""The card before a chapter of the lecture: its name, and what is in it."""

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, Scene

from cnnviz.stage import Label, layout
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import theme as named

LINE = 0.55


class TitleCard(Scene):
    """A heading and a few lines below it, on the same ground as the lessons."""

    def __init__(
        self,
        *args: Any,
        heading: str = "cnnviz",
        lines: Sequence[str] = (),
        theme: str = "dark",
        captions: str = "none",  # noqa: ARG002  # a card says nothing, but is rendered like the lessons around it
        **kwargs: Any,
    ) -> None:
        self.heading, self.lines, self.look = heading, tuple(lines), theme
        super().__init__(*args, **kwargs)

    def construct(self) -> None:
        """Show the heading, then the lines."""
        look = named(self.look)
        self.camera.background_color = look.ground
        self.camera.init_background()
        top = LINE * len(self.lines) / 2 + 0.35
        heading = Label(self.heading, 60, look.text, at=(layout.LEFT + 1.2, top), align="left", bold=True)
        rule = Rectangle(layout.Box(layout.LEFT + 1.2, top - 0.66, layout.LEFT + 2.4, top - 0.6), fill=look.kernel)
        lines = [
            Label(line, layout.CAPTION, look.muted, at=(layout.LEFT + 1.2, top - 1.15 - i * LINE), align="left")
            for i, line in enumerate(self.lines)
        ]
        self.play(FadeIn(heading, rule), run_time=0.5)
        if lines:
            self.play(FadeIn(*lines), run_time=0.5)
        self.wait(2.5, frozen_frame=True)
