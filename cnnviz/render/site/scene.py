"""The page of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.catalog import subject_of
from cnnviz.render.header import SceneEntry
from cnnviz.render.site.asked import asked
from cnnviz.render.site.frame import INDEX, page
from cnnviz.render.site.player import player
from cnnviz.render.site.talk import CAPTIONS, MOVIE, SUBTITLES, TRANSCRIPT, Talk

__all__ = ["PLAYER", "QUESTIONS", "Told", "scene_page"]

PLAYER, QUESTIONS = "player.js", "questions.js"


@dataclass(frozen=True)
class Told:
    """A scene of a site: what to call it in addresses and in commands, what it tells, and its row of the catalogue."""

    name: str
    target: str
    talk: Talk
    entry: SceneEntry | None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"{self.name}.html"

    @property
    def chapter(self) -> str:
        """The chapter with its number, empty where it is not of the lecture."""
        return self.entry.chapter if self.entry else ""

    @property
    def takeaway(self) -> str:
        """The sentence to remember."""
        return self.entry.takeaway if self.entry else ""

    @property
    def concepts(self) -> tuple[str, ...]:
        """What it teaches."""
        return self.entry.concepts if self.entry else ()


def scene_page(told: Told, site: str, before: Told | None, after: Told | None) -> str:
    """Write the page of a scene, between two others; its files are in the folder of its name."""
    entry, talk = told.entry, told.talk
    questions = asked(entry) if entry else []
    return page(
        talk.title,
        tag("p", told.takeaway, class_="takeaway") if told.takeaway else None,
        player(talk, lambda file: f"{told.name}/{file}"),
        _concepts(told.concepts) if told.concepts else None,
        tag("div", *questions, tag("div", _making(told), _files(told.name)), class_="below"),
        _way(before, after),
        site=site,
        about=told.takeaway or f"{talk.title}: a movie with its transcript.",
        scripts=[PLAYER, QUESTIONS] if questions else [PLAYER],
        above=told.chapter,
    )


def _concepts(concepts: tuple[str, ...]) -> Element:
    # The site's first page finds what stands behind the question mark.
    links = (tag("li", tag("a", each, href=f"{INDEX}?{each.replace(' ', '+')}")) for each in concepts)
    return tag("ul", *links, class_="tags", aria_label="Concepts")


def _making(told: Told) -> Element:
    lines = [f"cnnviz gif {told.entry.gif}"] if told.entry and told.entry.gif else []
    lines.append(f"cnnviz render {told.target} --format mp4")
    options = subject_of(told.entry).options.values() if told.entry else ()
    if options:
        first = next(iter(options))
        lines.append(f"cnnviz render {told.target} --set {first.name}={first.usual or first.kind.metavar}")
    rows = (
        tag(
            "tr",
            tag("th", tag("code", option.name), scope="row"),
            tag("td", option.kind.metavar),
            tag("td", option.usual),
            tag("td", option.help),
        )
        for option in options
    )
    heads = (tag("th", head, scope="col") for head in ("Option", "Takes", "Default", "What it is"))
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag(
        "section",
        tag("h2", "Make it yourself"),
        tag("pre", tag("code", "\n".join(lines)), tabindex="0", aria_label="Commands", role="region"),
        tag("div", table, class_="options", tabindex="0", aria_label="Options", role="region") if options else None,
    )


def _files(name: str) -> Element:
    kinds = {"Movie (MP4)": MOVIE, "Captions (VTT)": CAPTIONS, "Captions (SRT)": SUBTITLES, "Transcript": TRANSCRIPT}
    links = (tag("a", text, href=f"{name}/{file}", download=f"{name}-{file}") for text, file in kinds.items())
    return tag(
        "section",
        tag("h2", "Take it along"),
        tag("ul", *(tag("li", link) for link in links), class_="tags"),
    )


def _way(before: Told | None, after: Told | None) -> Element | None:
    links = [
        tag("a", tag("span", word), " ", told.talk.title, href=told.address, rel=rel, class_=rel)
        for told, word, rel in ((before, "Before", "prev"), (after, "Next", "next"))
        if told
    ]
    return tag("nav", *links, class_="way", aria_label="Scenes") if links else None
