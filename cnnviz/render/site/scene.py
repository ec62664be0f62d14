"""The page of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.header import SceneEntry
from cnnviz.render.site.frame import page
from cnnviz.render.site.player import player
from cnnviz.render.site.talk import CAPTIONS, MOVIE, SUBTITLES, TRANSCRIPT, Talk

__all__ = ["PLAYER", "Told", "scene_page"]

PLAYER = "player.js"


@dataclass(frozen=True)
class Told:
    """A scene of a site: what to call it in addresses and in commands, what it tells, and its row of the catalogue."""

    name: str
    target: str
    talk: Talk
    entry: SceneEntry | None

    @property
    def takeaway(self) -> str:
        """The sentence to remember."""
        return self.entry.takeaway if self.entry else ""


def scene_page(told: Told, site: str) -> str:
    """Write the page of a scene; its files are in the folder of its name."""
    entry, talk = told.entry, told.talk

    def address(file: str) -> str:
        return f"{told.name}/{file}"

    return page(
        talk.title,
        tag("p", told.takeaway, class_="takeaway") if entry else None,
        player(talk, address),
        _commands(told),
        _downloads(told.name),
        site=site,
        about=told.takeaway or f"{talk.title}: a movie with its transcript.",
        scripts=[PLAYER],
    )


def _commands(told: Told) -> Element:
    lines = [f"cnnviz render {told.target} --format mp4"]
    if told.entry and told.entry.gif:
        lines.append(f"cnnviz gif {told.entry.gif}")
    return tag(
        "section",
        tag("h2", "Make it yourself"),
        tag("pre", tag("code", "\n".join(lines)), tabindex="0"),
        class_="commands",
    )


def _downloads(name: str) -> Element:
    kinds = {"Movie (MP4)": MOVIE, "Captions (VTT)": CAPTIONS, "Captions (SRT)": SUBTITLES, "Transcript": TRANSCRIPT}
    return tag(
        "section",
        tag("h2", "Take it along"),
        tag(
            "ul",
            *(
                tag("li", tag("a", text, href=f"{name}/{file}", download=f"{name}-{file}"))
                for text, file in kinds.items()
            ),
            class_="downloads",
        ),
    )
