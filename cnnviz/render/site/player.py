"""The player: a movie that stops at beats, and a transcript that follows; the movie alone where scripts are off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.site.talk import MOVIE, Talk, still
from cnnviz.stage.language import NAMES, Template, marked, say_in, translated
from cnnviz.stage.theme import Theme

__all__ = ["player", "script", "style"]

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "2")

DOES: dict[str, Template] = {
    "back": "Back to where a beat begins (left arrow)",
    "play": "Play (space)",
    "next": "On to the next beat (right arrow)",
    "stops": "Stop after each beat (S)",
    "captions": "Captions (C)",
    "full": "Full screen (F)",
}
"""What buttons do."""

SIGNS = {
    "back": "M17 5v14l-9-7zM5 5h2.5v14H5z",
    "play": "M7 4.5v15l12-7.5z",
    "next": "M7 5v14l9-7zM16.5 5H19v14h-2.5z",
    "stops": "M4 11h9v2H4zM16 5h3v14h-3z",
    "captions": "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM6 14.5V16h8v-1.5zm9.5"
    " 0V16H18v-1.5zM6 11.5V13h3v-1.5zm4.5 0V13H18v-1.5z",
    "full": "M4 9V4h5v2H6v3zM15 4h5v5h-2V6h-3zM4 15h2v3h3v2H4zM18 15h2v5h-5v-2h3z",
}
PAUSE = "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z"


def player(talk: Talk, address: Callable[[str], str], *, alone: bool = False, others: Sequence[Talk] = ()) -> Element:
    """Draw the player of a scene; ``address`` says where each of its files is; ``alone`` it leads to none of them.

    ``others`` is the same in other languages, to choose captions and transcript from.
    """
    return tag(
        "div",
        tag(
            "div",
            tag(
                "div",
                tag(
                    "video",
                    src=address(MOVIE),
                    poster=address(still(0)),
                    width=str(talk.width),
                    height=str(talk.height),
                    preload="metadata",
                    controls="controls",
                    playsinline="playsinline",
                    aria_label=say_in(
                        talk.language,
                        "{title}, a movie of {seconds} seconds without sound",
                        title=talk.title,
                        seconds=round(talk.starts[-1]),
                    ),
                ),
                tag("p", class_="caption", role="status", aria_live="polite"),
                class_="screen banded" if talk.banded else "screen",
            ),
            _controls(talk.language, [each.language for each in (talk, *others)]),
            class_="show",
        ),
        tag(
            "ol",
            *_beats(talk, address, alone=alone, others=others),
            class_="beats",
            aria_label=say_in(talk.language, "Transcript"),
        ),
        class_="player",
        data_fps=f"{talk.fps:g}",
        data_place=translated("beat {number} of {count}", talk.language),
    )


def style(talk: Talk, look: Theme) -> str:
    """Return the style sheet of players, for scenes of one shape and theme."""
    known = {"shape": f"{talk.width} / {talk.height}", "ratio": f"{talk.width / talk.height:.5f}"}
    colors = {"stage": look.ground, "ink": look.text}
    root = "; ".join(f"--{name}: {value}" for name, value in (known | colors).items())
    return f":root {{ {root} }}\n{_file('player.css')}"


def script() -> str:
    """Return the script of players."""
    return _file("player.js")


def clock(seconds: float) -> str:
    """Write a time as players do.

    Examples
    --------
    >>> clock(65.4)
    '1:05'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _controls(language: str, spoken: Sequence[str]) -> Element:
    return tag(
        "div",
        tag(
            "input",
            class_="bar",
            type="range",
            min="0",
            max="1",
            step="any",
            value="0",
            aria_label=say_in(language, "Place in the movie"),
        ),
        tag("span", *(_button(each, language) for each in ("back", "play", "next")), class_="group"),
        tag("span", class_="clock"),
        tag(
            "span",
            tag(
                "label",
                tag("span", say_in(language, "Speed"), class_="unseen"),
                tag(
                    "select",
                    *(_speed(each, language) for each in SPEEDS),
                    class_="speed",
                    title=say_in(language, "Speed"),
                ),
            ),
            *(_button(each, language, aria_pressed="true") for each in ("stops", "captions")),
            _tongues(language, spoken) if len(spoken) > 1 else None,
            _button("full", language),
            class_="group",
        ),
        class_="controls",
        role="group",
        aria_label=say_in(language, "Player"),
        hidden="hidden",
    )


def _tongues(language: str, spoken: Sequence[str]) -> Element:
    name = say_in(language, "Language of captions and transcript (L)")
    return tag(
        "label",
        tag("span", name, class_="unseen"),
        tag(
            "select",
            *(tag("option", NAMES[each], value=each, lang=each) for each in spoken),
            class_="tongue",
            title=name,
        ),
    )


def _speed(name: str, language: str) -> Element:
    chosen = {"selected": "selected"} if name == "1" else {}
    return tag("option", f"{marked(name, language)} ×", value=name, **chosen)


def _button(name: str, language: str, **more: str) -> Element:
    text = translated(DOES[name], language)
    if name == "play":
        more = {"data_pause": PAUSE, "data_pauses": say_in(language, "Pause (space)")}
    return tag(
        "button",
        tag("svg", tag("path", d=SIGNS[name]), viewBox="0 0 24 24", aria_hidden="true"),
        type="button",
        class_=name,
        title=text,
        aria_label=text,
        **more,
    )


def _beats(talk: Talk, address: Callable[[str], str], *, alone: bool, others: Sequence[Talk]) -> list[Element]:
    size = {"width": str(talk.width), "height": str(talk.height)}

    def picture(number: int) -> Element:
        file = address(still(number))
        alt = say_in(talk.language, "What beat {number} comes to", number=number + 1)
        image = tag("img", src=file, alt=alt, loading="lazy", **size)
        return tag("span", image, class_="still") if alone else tag("a", image, href=file, class_="still")

    def said(number: int) -> Iterator[Element]:
        for told in (talk, *others):
            beat, spoken = told.beats[number], {"lang": told.language} if others else {}
            hidden = {} if told is talk else {"hidden": "hidden"}
            yield tag("span", beat.notes or beat.name or "…", class_="said", **spoken, **hidden)

    return [
        tag(
            "li",
            picture(number),
            tag(
                "p",
                tag(
                    "a",
                    clock(start),
                    href="#" if alone else f"{address(MOVIE)}#t={start:.3f}",
                    class_="jump",
                    aria_label=say_in(talk.language, "Show from {time}", time=clock(start)),
                ),
                " ",
                *said(number),
            ),
            data_start=f"{start:.4f}",
            data_end=f"{end:.4f}",
        )
        for number, (start, end, _) in enumerate(talk.spans)
    ]


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").strip()
