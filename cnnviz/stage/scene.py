"""The base of every scene: header, captions, beats, and the words of the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from typing import Any

from manim import LEFT, FadeIn, FadeOut, Group, Mobject, VGroup, Wait
from manim import Scene as ManimScene

from cnnviz.errors import OptionError
from cnnviz.stage import layout
from cnnviz.stage.arranging import Arranging, content_of
from cnnviz.stage.attention import attention
from cnnviz.stage.beat import Beat
from cnnviz.stage.frame import Frame
from cnnviz.stage.glide import Glide
from cnnviz.stage.header import About
from cnnviz.stage.landings import TICK, Landings
from cnnviz.stage.language import Template, marked, say, say_in, speak
from cnnviz.stage.layout import Box
from cnnviz.stage.logo import Logo
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stack import Tunnel
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.text import Label, size_within, text_width, wrap
from cnnviz.stage.theme import Theme, theme, use
from cnnviz.stage.walk import Pace, pace

_CAPTIONS = ("burned", "sidecar", "both", "none")
STILL = 2.6  # seconds that a picture stands still at most, before something lights up again
_BREATH, _ROUND = 1.1, 1.3  # seconds before something lights up, and of that
_COUNTED = "88 / 88"  # has room beside a long title
_LAST = 2.75  # seconds of the last hold
_MOST = 4.75  # seconds that the last picture stands still at most


class Scene(About, Arranging):
    """A scene that explains one idea: a subclass names its subject and tells its story in ``tell``.

    Parameters
    ----------
    theme : str
        The look: ``dark``, ``light``, or the path of a ``.toml`` file.
    captions : {"both", "burned", "sidecar", "none"}
        ``both`` and ``burned`` draw them into the picture. They are always kept as Manim's subcaptions; whether files
        are made of these is up to who renders.
    lang : str
        Language of what is said and written.
    also : sequence of str
        Other languages that sentences are said in, too, for players that offer several: each beat keeps them all, and
        lasts until it could be read in any. What is drawn stays in ``lang``.
    header : bool
        Whether title, subtitle and chapter stand above the picture.
    sounds : bool
        Whether a soft tick is heard where a number lands, in formats that have sound.
    **options
        Those of the subject.
    """

    def __init__(
        self,
        *args: Any,
        theme: str = "dark",
        captions: str = "both",
        lang: str = "en",
        also: Sequence[str] = (),
        header: bool = True,
        sounds: bool = False,
        **options: Any,
    ) -> None:
        if captions not in _CAPTIONS:
            raise OptionError(f"captions: expected one of {', '.join(_CAPTIONS)}, got {captions!r}")
        self.theme: Theme = _named(theme)
        self._burned, self._headed = captions in ("burned", "both"), header and self.theme.header
        speak(lang)
        self._also = (also,) if isinstance(also, str) else tuple(also)
        use(self.theme)
        self.beats: list[Beat] = []
        self._beat: Beat | None = None
        self._moved = 0.0
        self._landings = Landings() if sounds else None
        self._caption = VGroup()
        manims, own = self.divide(options, ManimScene)
        if own or self.subject_class.options:
            self.subject: Any = self.subject_class(**own)
        super().__init__(*args, **manims)

    # The frame around the story

    def setup(self) -> None:
        """Draw what every scene has before its story begins."""
        super().setup()
        use(self.theme)
        self.frame = frame = Frame.at_hand()
        self._logo = Logo.of(self.theme, frame)
        self.camera.background_color = self.theme.ground
        self.camera.init_background()
        said = say(self.title)
        room = self._logo.left - frame.left - text_width(_COUNTED, layout.CRUMB, tabular=True) - 0.3
        size = size_within(room, layout.TITLE, said, bold=True)
        title = Label(said, size, self.theme.text, at=(frame.left, frame.title_y), align="left", bold=True)
        x = frame.left + (title.line_width + 0.32 if frame.is_wide else 0.0)
        self._beside_title = self._logo.left - frame.left - title.line_width - 0.2
        subtitle = Label(say(self.subtitle), layout.SUBTITLE, self.theme.muted, at=(x, frame.subtitle_y), align="left")
        number, dot, name = self.chapter.partition(" · ")
        self._crumb = self._at_right(number + dot + say(name), frame.subtitle_y if not frame.is_wide else None)
        taken = subtitle.line_width + (x - frame.left) + self._crumb.line_width
        if taken > (self._logo.left if frame.is_wide else frame.right) - frame.left - (2.2 if frame.is_wide else 0.4):
            self._crumb = Label("", layout.CRUMB, self.theme.muted)
        self._counter = Label("", layout.CRUMB, self.theme.muted)
        self._stepped, self._is_counted, self._is_ahead = not frame.is_wide, False, False
        self._track = Rectangle(self._progress_box(1.0), fill=self.theme.line)
        self._progress = Rectangle(self._progress_box(0.0), fill=self.theme.kernel)
        heading = [title, subtitle, self._crumb] if self._headed else []
        self.add(*heading, self._counter, self._track, self._progress)
        if self._beside_title > 0.2:
            self.add(*self._logo.pictures)

    def construct(self) -> None:
        """Tell the story."""
        self.tell(getattr(self, "subject", None))

    def tell(self, subject: Any) -> None:
        """Tell the story of the subject."""
        raise NotImplementedError

    def tear_down(self) -> None:
        """Close the last beat."""
        self._end_beat()
        super().tear_down()

    # Beats

    @contextmanager
    def beat(self, sentence: Template, *, name: str = "", focus: Any = (), **fields: Any) -> Iterator[Beat]:
        """Say a sentence for as long as the state lasts that the block makes, and until it could be read.

        Parameters
        ----------
        sentence : str or Counted
            A template with named fields.
        name : str
            Of the beat, where it is to be found again.
        focus : Mobject or sequence of Mobject
            What the sentence speaks of; it lights up while there is nothing else to look at.
        """
        yield self.say(sentence, name=name, focus=focus, **fields)
        self._end_beat()

    def say(self, sentence: Template, *, name: str = "", focus: Any = (), **fields: Any) -> Beat:
        """Begin a beat that lasts until the next one begins.

        What has been counted to the end is not counted on, unless it was counted ahead of this beat: then the counter
        belongs to it.
        """
        self._end_beat()
        if self._is_counted and not self._is_ahead:
            self.uncount()
        self._is_ahead = False
        self.remove(self._caption)
        text = say(sentence, **fields)
        things = list(focus) if isinstance(focus, list | tuple) else [focus]
        beat = self._beat = Beat(marked(name or text), marked(text), fields, self.renderer.time, focus=things)
        beat.others = {other: marked(say_in(other, sentence, **fields), other) for other in self._also}
        self.beats.append(beat)
        if self._burned:
            self._caption = self._set_caption(text)
            if len(self.beats) > 1:
                moved = self._moved
                self.play(FadeIn(self._caption), run_time=0.25)
                self._moved = moved
            else:
                self.add(self._caption)
        return beat

    def close(
        self,
        sentence: Template,
        *,
        name: str = "",
        focus: Any = (),
        motion: Callable[[], None] = lambda: None,
        **fields: Any,
    ) -> None:
        """Say the last sentence, the answer, with a motion of its own, and keep the picture until it could be read."""
        beat = self.say(sentence, name=name, focus=focus, **fields)
        motion()
        self.rest(max(0.0, beat.least - _LAST - (self.renderer.time - beat.start)))
        if beat.focus and self.renderer.time - self._moved > _MOST - _LAST:
            self.point(beat.focus[0])
        left, rate = max(_LAST, beat.least - (self.renderer.time - beat.start)), self.camera.frame_rate
        self.hold(ceil(left * rate - 1e-6) / rate)

    def _end_beat(self) -> None:
        beat = self._beat
        if beat is None:
            return
        self.rest(beat.least - (self.renderer.time - beat.start))
        beat.end = self.renderer.time
        self.add_subcaption(beat.text, duration=beat.end - beat.start, offset=beat.start - beat.end)
        self._beat = None

    def _set_caption(self, text: str) -> VGroup:
        frame = self.frame
        lines = wrap(text, layout.CAPTION, frame.right - frame.left - 0.3, frame.caption_lines)
        top = frame.caption_y + (len(lines) - 1) * frame.caption_leading / 2
        return VGroup(
            *(
                Label(line, layout.CAPTION, self.theme.text, at=(0.0, top - i * frame.caption_leading))
                for i, line in enumerate(lines)
            )
        )

    # Time

    def hold(self, seconds: float) -> None:
        """Keep the picture as it is."""
        self._listen()
        if seconds > 1e-6:
            self.wait(seconds, frozen_frame=True)

    def play(self, *animations: Any, **options: Any) -> None:
        """Play animations, and note that something moved."""
        self._listen()
        super().play(*animations, **options)
        if not isinstance(animations[0], Wait):
            self._moved = self.renderer.time

    def _listen(self) -> None:
        """Let a soft sound be heard where a number has landed, if sounds are asked for."""
        if self._landings and self._landings.heard(self.mobjects, self.renderer.time):
            self.add_sound(str(TICK))

    def rest(self, seconds: float, focus: Any = None) -> None:
        """Give time to look; what the sentence speaks of lights up now and then, so that nothing stands still."""
        things = self._beat.focus if focus is None and self._beat else focus
        things = list(things) if isinstance(things, list | tuple) else [things] if things is not None else []
        end, turn = self.renderer.time + seconds, 0
        while things and end - self._moved > STILL:
            left = end - self.renderer.time
            self.hold(min(max(0.0, _BREATH - (self.renderer.time - self._moved)), left))
            # One picture is left without the light: a slide or a still may end here.
            left = end - self.renderer.time - 1 / self.camera.frame_rate
            if left < 0.3:
                break
            self.play(attention(things[turn % len(things)]), run_time=min(_ROUND, left))
            turn += 1
        if (left := end - self.renderer.time) > 1e-6:
            self.hold(left)

    def point(self, *things: Any, seconds: float = 1.0) -> None:
        """Trace things, all at once: look here."""
        self.play(*(attention(thing) for thing in things), run_time=seconds)

    def appear(self, *mobjects: Any, into: Slot | None = None, seconds: float = 0.4, **fade: Any) -> None:
        """Fade things in; ``into`` a slot they belong to it afterwards, and go when its content is replaced."""
        self.play(FadeIn(*mobjects, **fade), run_time=seconds)
        if into is not None:
            self.remove(*mobjects)
            into.append(*mobjects)

    def fly(self, *flights: tuple[Iterable[Mobject], Box], scale: float = 1.0, seconds: float = 0.8) -> None:
        """Let copies travel to the middles of their boxes, all at once, and take them away there."""
        flying = [(Group(*parts), box) for parts, box in flights]
        self.play(*(copy.animate.scale(scale).move_to((*box.center, 0)) for copy, box in flying), run_time=seconds)
        self.remove(*(copy for copy, _ in flying))

    def vanish(self, *mobjects: Any, seconds: float = 0.3) -> None:
        """Fade things out; of a slot, its content."""
        if gone := content_of(mobjects):
            self.play(FadeOut(*gone), run_time=seconds)

    def move(self, window: Window | Tunnel, cell: tuple[int, int], seconds: float) -> None:
        """Slide a window to a cell."""
        shift = window.shift_to(cell)
        if seconds > 0:
            self.play(Glide(window, shift), run_time=seconds)
        else:
            window.shift((*shift, 0))

    def walk(
        self,
        steps: Sequence[Any],
        window: Window | Tunnel | None,
        *listeners: Callable[[Any], Any],
        seconds: float = 6.0,
        at: Callable[[Any], Sequence[int]] = lambda step: step.padded_origin,
        noun: Template = "",
        tempo: Pace | None = None,
    ) -> None:
        """Walk over the steps of a trace: the window slides to each, and every listener is told of it.

        The first and the last step take longer than those between; where there are too many to be seen one by one,
        whole rows are swept.

        Parameters
        ----------
        steps : sequence of steps
            A trace, or a part of it.
        window : Window, optional
            What slides.
        *listeners : callable
            Called with each step: pictures that show it.
        seconds : float
            For all of them.
        at : callable
            Returns the cell of the window's first cell, of a step; the origin in the padded input.
        noun : str or Counted
            What the step counter counts; nothing is counted without one.
        """
        total = len(steps)
        for group, slide, pause in (tempo or pace)(steps, seconds):
            if window is not None:
                if len(group) > 1:
                    self.move(window, _two(at(group[0])), 0.0)
                self.move(window, _two(at(group[-1])), slide)
            if noun:
                last = group[-1]
                self.step(steps.index(last) + 1 if not hasattr(last, "index") else last.index + 1, total, noun=noun)
            for step in group:
                for listener in listeners:
                    listener(step)
            self._moved = self.renderer.time
            self.hold(pause if window is not None else pause + slide)

    def step(self, number: int, total: int, *, noun: Template = "step", stays: bool = False) -> None:
        """Set the step counter and the progress line; both change at once, without motion of their own.

        The last of all goes with its beat; where it takes several beats, it ``stays`` until it is uncounted.
        """
        self.remove(self._counter)
        texts = [f"{say(noun)} {{}} / {total}", f"{{}} / {total}"]
        fitting = (text for text in texts if text_width(text.format(total), layout.CRUMB) < self._beside_title)
        text = texts[0] if self.frame.is_wide else next(fitting, "")
        self._counter = self._at_right(text.format(number))
        if not self._stepped:
            self._aside = text_width(f"{say(noun)} {total} / {total}", layout.CRUMB, tabular=True) + 0.35
            self._crumb.shift(self._aside * LEFT)
            self._stepped = True
        self.add(self._counter)
        self._progress.reshape(self._progress_box(number / total))
        self._is_counted, self._is_ahead = number == total and not stays, self._beat is None

    def uncount(self) -> None:
        """Take the step counter away and empty the progress line: what they counted is over."""
        self.remove(self._counter)
        self._progress.reshape(self._progress_box(0.0))
        self._is_counted = False
        if self.frame.is_wide and self._stepped:
            self._crumb.shift(-self._aside * LEFT)
            self._stepped = False

    def _at_right(self, text: str, y: float | None = None) -> Label:
        at = (self._logo.left, self.frame.baseline(layout.CRUMB)) if y is None else (self.frame.right, y)
        return Label(text, layout.CRUMB, self.theme.muted, at=at, align="right", tabular=True)

    def _progress_box(self, share: float) -> Box:
        frame = self.frame
        right = frame.left + share * (frame.right - frame.left)
        return Box(frame.left, frame.progress_y - 0.014, right, frame.progress_y + 0.014)


def _two(cell: Sequence[int]) -> tuple[int, int]:
    row, column = cell[-2:]
    return int(row), int(column)


_named = theme
