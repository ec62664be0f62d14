"""The page to begin with: all scenes, by chapter, by word and by concept."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.site.frame import INDEX, page
from cnnviz.render.site.hand import EXPLORE
from cnnviz.render.site.player import clock
from cnnviz.render.site.scene import Told
from cnnviz.render.site.talk import still
from cnnviz.stage.language import counted, say_in, translated

__all__ = ["SEARCH", "index_page"]

SEARCH = "search.js"


def index_page(scenes: Sequence[Told]) -> str:
    """Write the list of scenes."""
    edition = scenes[0].edition
    title, language = edition.title, edition.language
    chapters = [(name, list(group)) for name, group in groupby(scenes, key=lambda told: told.chapter)]
    count = counted("{count} scene", "{count} scenes", len(scenes))
    time = clock(sum(told.talk.starts[-1] for told in scenes))
    return page(
        title,
        tag("p", say_in(language, "{scenes}, {time} minutes.", scenes=count, time=time), class_="takeaway"),
        tag("p", tag("a", say_in(language, "Explore a layer with your own numbers"), href=edition.file(EXPLORE))),
        _search(language),
        _chapters(chapters, language) if len(chapters) > 1 else None,
        *(_chapter(number, *chapter, language) for number, chapter in enumerate(chapters)),
        _concepts(scenes, language),
        name=INDEX,
        edition=edition,
        about=say_in(
            language,
            "{title}: {scenes} that stop at beats, with transcripts and stills.",
            title=title,
            scenes=count,
        ),
        scripts=[SEARCH],
    )


def bare(text: str) -> str:
    """Return a text as it is searched: small letters without accents.

    Examples
    --------
    >>> bare("Convolución  y POOLING")
    'convolucion y pooling'
    """
    parts = unicodedata.normalize("NFD", " ".join(text.split()).casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _search(language: str) -> Element:
    return tag(
        "form",
        tag("label", say_in(language, "Find a concept or a word"), for_="word"),
        tag(
            "input",
            id="word",
            type="search",
            autocomplete="off",
            placeholder=say_in(language, "stride, blur, ties…"),
        ),
        tag(
            "p",
            id="found",
            role="status",
            aria_live="polite",
            data_none=say_in(language, "no scenes"),
            data_one=say_in(language, counted("{count} scene", "{count} scenes", 1)),
            data_many=translated(counted("{count} scene", "{count} scenes", 2), language),
        ),
        role="search",
        class_="search",
        hidden="hidden",
    )


def _chapters(chapters: Sequence[tuple[str, Sequence[Told]]], language: str) -> Element:
    links = (
        tag("a", name or say_in(language, "Scenes"), href=f"#c{number}") for number, (name, _) in enumerate(chapters)
    )
    items = tag("ul", *(tag("li", link) for link in links), class_="tags chapters")
    return tag("nav", items, aria_label=say_in(language, "Chapters"))


def _chapter(number: int, name: str, scenes: Sequence[Told], language: str) -> Element:
    head = tag("h2", name or say_in(language, "Scenes"))
    cards = tag("ul", *map(_card, scenes), class_="cards")
    return tag("section", head, cards, class_="chapter", id=f"c{number}")


def _card(told: Told) -> Element:
    talk = told.talk
    picture = f"{told.name}/{still(len(talk.beats) - 1)}"
    said = " ".join([talk.title, told.takeaway, *told.concepts, *(beat.notes for beat in talk.beats)])
    return tag(
        "li",
        tag("img", src=picture, alt="", width=str(talk.width), height=str(talk.height), loading="lazy"),
        tag("h3", tag("a", talk.title, href=told.address)),
        tag("p", told.takeaway) if told.takeaway else None,
        tag("p", " · ".join([clock(talk.starts[-1]), *told.concepts]), class_="concepts"),
        data_words=bare(said),
        **({"class_": "banded"} if talk.banded else {}),
    )


def _concepts(scenes: Sequence[Told], language: str) -> Element | None:
    places: defaultdict[str, list[Told]] = defaultdict(list)
    for told in scenes:
        for concept in told.concepts:
            places[concept].append(told)
    if not places:
        return None
    return tag(
        "section",
        tag("h2", say_in(language, "Concepts")),
        tag(
            "dl",
            *(
                tag("div", tag("dt", concept), *(tag("dd", tag("a", it.talk.title, href=it.address)) for it in found))
                for concept, found in sorted(places.items(), key=lambda place: place[0].casefold())
            ),
            class_="terms",
        ),
    )
