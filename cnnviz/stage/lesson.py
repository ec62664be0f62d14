"""The base of every scene: header, caption band, step counter, progress line, and what is spoken."""

from __future__ import annotations

from typing import Any

from manim import LEFT, FadeIn, Scene, VGroup

from cnnviz.errors import OptionError
from cnnviz.stage import layout
from cnnviz.stage.beat import Beat
from cnnviz.stage.header import About
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.text import Label, wrap
from cnnviz.stage.theme import Theme, theme

SECONDS_PER_CHARACTER = 0.06
_CAPTIONS = ("burned", "sidecar", "both", "none")
_LINE_SPACING = 0.42
_CAPTION_WIDTH = 12.2


class Lesson(About, Scene):
    """A scene that explains one idea.

    A subclass has a header (see `About`), states ``title`` and ``subtitle``, and writes ``construct``. Keyword
    arguments beside Manim's own are the options of its subject; all have defaults, so that plain ``manim`` renders it.

    Parameters
    ----------
    theme : {"dark", "light"}
        The look.
    captions : {"both", "burned", "sidecar", "none"}
        ``both`` and ``burned`` draw them into the picture. They are always kept as Manim's subcaptions; whether files
        are made of these is up to who renders.
    """

    def __init__(self, *args: Any, theme: str = "dark", captions: str = "both", **options: Any) -> None:
        if captions not in _CAPTIONS:
            raise OptionError(f"captions: expected one of {', '.join(_CAPTIONS)}, got {captions!r}")
        self.theme: Theme = _theme(theme)
        self._burned = captions in ("burned", "both")
        self._caption = VGroup()
        self.beats: list[Beat] = []
        self._beat: Beat | None = None
        self._counter = Label("", layout.CRUMB, self.theme.muted)
        self._stepped = False
        manims, own = self.divide(options, Scene)
        if own or self.subject_class.options:
            self.subject: Any = self.subject_class(**own)
        super().__init__(*args, **manims)

    def setup(self) -> None:
        """Draw what every lesson has before its own construct begins."""
        super().setup()
        self.camera.background_color = self.theme.ground
        self.camera.init_background()
        title = Label(
            self.title, layout.TITLE, self.theme.text, at=(layout.LEFT, layout.TITLE_Y), align="left", bold=True
        )
        x = layout.LEFT + title.line_width + 0.32
        at = (x, layout.on_title_baseline(layout.SUBTITLE))
        self.add(title, Label(self.subtitle, layout.SUBTITLE, self.theme.muted, at=at, align="left"))
        self._crumb = self._right_label(self.chapter)
        self._track = Rectangle(self._progress_box(1.0), fill=self.theme.line)
        self._progress = Rectangle(self._progress_box(0.0), fill=self.theme.kernel)
        self.add(self._crumb, self._counter, self._track, self._progress)

    def tear_down(self) -> None:
        """Close the last caption."""
        self._close_caption()
        super().tear_down()

    def say(self, text: str, *, fade: float = 0.25) -> None:
        """Put a sentence into the caption band, after the one before could be read."""
        self._close_caption()
        self.remove(self._caption)
        self._beat = Beat(text, text, {}, self.renderer.time)
        self.beats.append(self._beat)
        if not self._burned:
            return
        lines = wrap(text, layout.CAPTION, _CAPTION_WIDTH)
        top = layout.CAPTION_Y + (len(lines) - 1) * _LINE_SPACING / 2
        self._caption = VGroup(
            *(
                Label(line, layout.CAPTION, self.theme.text, at=(0.0, top - i * _LINE_SPACING))
                for i, line in enumerate(lines)
            )
        )
        if fade:
            self.play(FadeIn(self._caption), run_time=fade)
        else:
            self.add(self._caption)

    def step(self, number: int, total: int, *, noun: str = "step") -> None:
        """Set the step counter and the progress line; both change at once, without motion of their own."""
        self.remove(self._counter)
        text = f"{noun} {number} / {total}"
        self._counter = self._right_label(text)
        if not self._stepped:
            self._crumb.shift((self._right_label(f"{noun} {total} / {total}").line_width + 0.35) * LEFT)
            self._stepped = True
        self.add(self._counter)
        self._progress.reshape(self._progress_box(number / total))

    def hold(self, seconds: float) -> None:
        """Keep the picture as it is."""
        if seconds > 0:
            self.wait(seconds, frozen_frame=True)

    def close(self, text: str) -> None:
        """Say the last sentence, the answer, and keep the picture for 2.5 s at least, until it could be read."""
        self.say(text)
        self.hold(max(2.5, SECONDS_PER_CHARACTER * len(text)))

    def _close_caption(self) -> None:
        beat = self._beat
        if beat is None:
            return
        self.hold(SECONDS_PER_CHARACTER * len(beat.text) - (self.renderer.time - beat.start))
        beat.end = self.renderer.time
        self.add_subcaption(beat.text, duration=beat.end - beat.start, offset=beat.start - beat.end)
        self._beat = None

    def _right_label(self, text: str) -> Label:
        at = (layout.RIGHT, layout.on_title_baseline(layout.CRUMB))
        return Label(text, layout.CRUMB, self.theme.muted, at=at, align="right", tabular=True)

    @staticmethod
    def _progress_box(share: float) -> Box:
        right = layout.LEFT + share * (layout.RIGHT - layout.LEFT)
        return Box(layout.LEFT, layout.PROGRESS_Y - 0.014, right, layout.PROGRESS_Y + 0.014)


def _theme(name: str) -> Theme:
    return theme(name)
