"""The page to begin with: all scenes, by chapter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.render.site.frame import page
from cnnviz.render.site.player import clock
from cnnviz.render.site.scene import Told
from cnnviz.render.site.talk import still

__all__ = ["index_page"]


def index_page(scenes: Sequence[Told], title: str) -> str:
    """Write the list of scenes."""
    chapters = groupby(scenes, key=lambda told: told.entry.chapter if told.entry else "Scenes")
    return page(
        title,
        *(_chapter(name, list(group)) for name, group in chapters),
        site=title,
        about=f"{title}: movies that stop at beats, with transcripts and stills.",
        home=True,
    )


def _chapter(name: str, scenes: Sequence[Told]) -> Element:
    return tag("section", tag("h2", name), tag("ul", *map(_card, scenes), class_="cards"))


def _card(told: Told) -> Element:
    talk, (_, end, _) = told.talk, told.talk.spans[-1]
    picture = f"{told.name}/{still(len(talk.beats) - 1)}"
    concepts = ", ".join(told.entry.concepts) if told.entry else ""
    return tag(
        "li",
        tag("img", src=picture, alt="", width=str(talk.width), height=str(talk.height), loading="lazy"),
        tag("h3", tag("a", talk.title, href=f"{told.name}.html")),
        tag("p", told.takeaway) if told.takeaway else None,
        tag("p", " · ".join(filter(None, [clock(end), concepts])), class_="concepts"),
    )
