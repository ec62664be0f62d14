"""The page of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.catalog import subject_of
from cnnviz.render.header import SceneEntry
from cnnviz.render.site.asked import asked
from cnnviz.render.site.edition import Edition
from cnnviz.render.site.frame import INDEX, page
from cnnviz.render.site.player import player
from cnnviz.render.site.talk import CAPTIONS, MOVIE, SUBTITLES, TRANSCRIPT, Talk
from cnnviz.stage.language import Template, say_in, translated

__all__ = ["PLAYER", "QUESTIONS", "Told", "scene_page"]

PLAYER, QUESTIONS = "player.js", "questions.js"
FILES: dict[str, Template] = {
    MOVIE: "Movie (MP4)",
    CAPTIONS: "Captions (VTT)",
    SUBTITLES: "Captions (SRT)",
    TRANSCRIPT: "Transcript",
}
HEADS: tuple[Template, ...] = ("Option", "Takes", "Default", "What it is")


@dataclass(frozen=True)
class Told:
    """A scene in an edition of a site.

    ``name`` is what addresses call it, ``target`` what commands do, ``talk`` what it tells, ``entry`` its row of the
    catalogue; ``others`` is what it tells in other languages.
    """

    name: str
    target: str
    talk: Talk
    entry: SceneEntry | None
    edition: Edition
    others: tuple[Talk, ...] = ()

    @property
    def page(self) -> str:
        """The name of its page, whose editions have an address each."""
        return f"{self.name}.html"

    @property
    def address(self) -> str:
        """Where its page is."""
        return self.edition.file(self.page)

    @property
    def spoken(self) -> SceneEntry | None:
        """Its row of the catalogue in the language that it speaks."""
        return self.entry.spoken(self.talk.language) if self.entry else None

    @property
    def chapter(self) -> str:
        """The chapter with its number, empty where it is not of the lecture."""
        return self.spoken.chapter if self.spoken else ""

    @property
    def takeaway(self) -> str:
        """The sentence to remember."""
        return self.spoken.takeaway if self.spoken else ""

    @property
    def concepts(self) -> tuple[str, ...]:
        """What it teaches."""
        return self.spoken.concepts if self.spoken else ()


def scene_page(told: Told, before: Told | None, after: Told | None) -> str:
    """Write the page of a scene, between two others; its files are in the folder of its name."""
    entry, talk = told.entry, told.talk
    questions = asked(entry, talk.language) if entry else []
    return page(
        talk.title,
        tag("p", told.takeaway, class_="takeaway") if told.takeaway else None,
        player(talk, lambda file: f"{told.name}/{file}", others=told.others),
        _concepts(told) if told.concepts else None,
        tag("div", *questions, tag("div", _making(told), _files(told)), class_="below"),
        _way(before, after, talk.language),
        name=told.page,
        edition=told.edition,
        about=told.takeaway or say_in(talk.language, "{title}: a movie with its transcript.", title=talk.title),
        scripts=[PLAYER, QUESTIONS] if questions else [PLAYER],
        above=told.chapter,
    )


def _concepts(told: Told) -> Element:
    # The site's first page finds what stands behind the question mark.
    links = (
        tag("li", tag("a", each, href=f"{told.edition.file(INDEX)}?{each.replace(' ', '+')}")) for each in told.concepts
    )
    return tag("ul", *links, class_="tags", aria_label=say_in(told.talk.language, "Concepts"))


def _making(told: Told) -> Element:
    language = told.talk.language
    speaks = f" --lang {language}" if told.entry and language != "en" else ""
    lines = [f"cnnviz gif {told.entry.gif}{speaks}"] if told.entry and told.entry.gif else []
    lines.append(f"cnnviz render {told.target} --format mp4{speaks}")
    options = subject_of(told.entry).options.values() if told.entry else ()
    if options:
        first = next(iter(options))
        lines.append(f"cnnviz render {told.target} --set {first.name}={first.usual or first.kind.metavar}{speaks}")
    rows = (
        tag(
            "tr",
            tag("th", tag("code", option.name), scope="row"),
            tag("td", option.kind.metavar),
            tag("td", option.usual),
            tag("td", translated(option.help, language)),
        )
        for option in options
    )
    heads = (tag("th", translated(head, language), scope="col") for head in HEADS)
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag(
        "section",
        tag("h2", say_in(language, "Make it yourself")),
        tag("pre", tag("code", "\n".join(lines)), tabindex="0", aria_label=say_in(language, "Commands"), role="region"),
        tag(
            "div",
            table,
            class_="options",
            tabindex="0",
            aria_label=say_in(language, "Options"),
            role="region",
        )
        if options
        else None,
    )


def _files(told: Told) -> Element:
    language = told.talk.language

    def link(file: str, text: Template) -> Element:
        own = file if file == MOVIE else told.edition.file(file)
        return tag("a", translated(text, language), href=f"{told.name}/{own}", download=f"{told.name}-{own}")

    return tag(
        "section",
        tag("h2", say_in(language, "Take it along")),
        tag("ul", *(tag("li", link(*each)) for each in FILES.items()), class_="tags"),
    )


def _way(before: Told | None, after: Told | None, language: str) -> Element | None:
    links = [
        tag("a", tag("span", word), " ", told.talk.title, href=told.address, rel=rel, class_=rel)
        for told, word, rel in (
            (before, say_in(language, "Before"), "prev"),
            (after, say_in(language, "Next"), "next"),
        )
        if told
    ]
    return tag("nav", *links, class_="way", aria_label=say_in(language, "Scenes")) if links else None
