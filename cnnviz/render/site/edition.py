"""A site in one of its languages."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import tag
from cnnviz.stage.language import NAMES, say_in

__all__ = ["Edition"]


@dataclass(frozen=True)
class Edition:
    """What a site is called in a language, and in which languages it is there, the one of its pictures first."""

    title: str
    language: str = "en"
    languages: tuple[str, ...] = ("en",)

    def file(self, name: str, language: str = "") -> str:
        """Name a file of which each language has its own; the first language's has the plain name.

        Examples
        --------
        >>> Edition("Pooling", "es", ("en", "es")).file("index.html")
        'index.es.html'
        >>> Edition("Pooling", "es", ("en", "es")).file("index.html", "en")
        'index.html'
        """
        language = language or self.language
        stem, dot, ending = name.rpartition(".")
        return name if language == self.languages[0] else f"{stem}.{language}{dot}{ending}"

    def links(self, name: str) -> list[Element]:
        """Say in the head of a page where it is in the other languages."""
        return [
            tag("link", rel="alternate", hreflang=each, href=self.file(name, each))
            for each in self.languages
            if each != self.language
        ]

    def choice(self, name: str) -> Element | None:
        """Lead from a page to the same one in the other languages, where there are some."""
        if len(self.languages) == 1:
            return None
        here = {"aria_current": "true"}
        links = (
            tag("a", NAMES[each], href=self.file(name, each), lang=each, **(here if each == self.language else {}))
            for each in self.languages
        )
        return tag("nav", *links, class_="tongues", aria_label=say_in(self.language, "Languages"))
