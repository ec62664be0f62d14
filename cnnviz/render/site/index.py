"""The page to begin with: all scenes, by chapter, by word and by concept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.site.frame import page
from cnnviz.render.site.hand import EXPLORE
from cnnviz.render.site.player import clock
from cnnviz.render.site.scene import Told
from cnnviz.render.site.talk import still

__all__ = ["SEARCH", "index_page"]

SEARCH = "search.js"


def index_page(scenes: Sequence[Told], title: str) -> str:
    """Write the list of scenes."""
    count = f"{len(scenes)} scene{'s' * (len(scenes) > 1)}"
    return page(
        title,
        tag("p", f"{count}, {clock(sum(told.talk.starts[-1] for told in scenes))} minutes.", class_="takeaway"),
        tag("p", tag("a", "Explore a layer with your own numbers", href=EXPLORE)),
        _search(),
        *(_chapter(name, list(group)) for name, group in groupby(scenes, key=lambda told: told.chapter)),
        _concepts(scenes),
        site=title,
        about=f"{title}: {count} that stop at beats, with transcripts and stills.",
        scripts=[SEARCH],
        home=True,
    )


def _search() -> Element:
    return tag(
        "form",
        tag("label", "Find a concept or a word", for_="word"),
        tag("input", id="word", type="search", autocomplete="off", placeholder="stride, blur, ties…"),
        tag("p", id="found", role="status", aria_live="polite"),
        role="search",
        class_="search",
        hidden="hidden",
    )


def _chapter(name: str, scenes: Sequence[Told]) -> Element:
    return tag("section", tag("h2", name or "Scenes"), tag("ul", *map(_card, scenes), class_="cards"), class_="chapter")


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
        data_words=" ".join(said.split()).casefold(),
        **({"class_": "banded"} if talk.banded else {}),
    )


def _concepts(scenes: Sequence[Told]) -> Element | None:
    places: defaultdict[str, list[Told]] = defaultdict(list)
    for told in scenes:
        for concept in told.concepts:
            places[concept].append(told)
    if not places:
        return None
    return tag(
        "section",
        tag("h2", "Concepts"),
        tag(
            "dl",
            *(
                tag("div", tag("dt", concept), *(tag("dd", tag("a", it.talk.title, href=it.address)) for it in found))
                for concept, found in sorted(places.items(), key=lambda place: place[0].casefold())
            ),
            class_="terms",
        ),
    )
