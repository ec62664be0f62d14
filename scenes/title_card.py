"""The card before a chapter of the lecture: its name, and what is in it."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from manim import FadeIn, Scene, config

from cnnviz.stage import Label, layout
from cnnviz.stage.language import speak
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import theme as named
from cnnviz.stage.theme import use

LINE = 0.55
LETTER = 0.165  # about as wide as one is


class TitleCard(Scene):
    """A heading and a few lines below it, on the same ground as the lessons."""

    def __init__(
        self,
        *args: Any,
        heading: str = "cnnviz",
        lines: Sequence[str] = (),
        theme: str = "dark",
        lang: str = "en",
        captions: str = "none",  # noqa: ARG002  # a card says nothing, but is rendered like the lessons around it
        header: bool = True,  # noqa: ARG002  # it is one
        sounds: bool = False,  # noqa: ARG002  # on it nothing lands
        **kwargs: Any,
    ) -> None:
        self.heading, self.lines, self.look = heading, tuple(lines), theme
        speak(lang)
        super().__init__(*args, **kwargs)

    def construct(self) -> None:
        """Show the heading, then the lines."""
        look = named(self.look)
        use(look)
        self.camera.background_color = look.ground
        self.camera.init_background()
        wide = config.frame_width >= layout.FRAME_HEIGHT * 5 / 4
        left = layout.MARGIN - config.frame_width / 2 + (1.2 if wide else 0.3)
        room = -layout.MARGIN - left + config.frame_width / 2
        texts = [part for line in self.lines for part in wrap(line, int(room / LETTER))]
        top = LINE * len(texts) / 2 + 0.35
        heading = Label(self.heading, 60 if wide else 44, look.text, at=(left, top), align="left", bold=True)
        rule = Rectangle(layout.Box(left, top - 0.66, left + 1.2, top - 0.6), fill=look.kernel)
        lines = [
            Label(line, layout.CAPTION, look.muted, at=(left, top - 1.15 - i * LINE), align="left")
            for i, line in enumerate(texts)
        ]
        self.play(FadeIn(heading, rule), run_time=0.5)
        if lines:
            self.play(FadeIn(*lines), run_time=0.5)
        self.wait(2.5, frozen_frame=True)
