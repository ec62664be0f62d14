"""What all pages of a site have in common."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import html, tag
from cnnviz.render.site.edition import Edition
from cnnviz.stage.language import say_in

__all__ = ["ICON", "INDEX", "STYLE", "page"]

INDEX, STYLE, ICON = "index.html", "site.css", "icon.svg"
POLICY = (
    "default-src 'none'; img-src 'self' file:; media-src 'self' file: blob:; style-src 'self' file:; "
    "script-src 'self' file:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page may load: the files beside it, from a disk or a host."""


def page(
    title: str,
    *content: Element | None,
    name: str,
    edition: Edition,
    about: str,
    scripts: Sequence[str] = (),
    above: str = "",
) -> str:
    """Write a page for the file ``name``; ``above`` names the chapter, ``about`` says what lists of pages say."""
    language, home, choice = edition.language, name == INDEX, edition.choice(name)
    way = tag("p", tag("a", edition.title, href=edition.file(INDEX)), tag("span", above) if above else None)
    document = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="dark light"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("meta", name="description", content=about),
            tag("title", title if home else f"{title} · {edition.title}"),
            tag("link", rel="icon", href=ICON),
            tag("link", rel="stylesheet", href=STYLE),
            *edition.links(name),
            *(tag("script", src=each, defer="defer") for each in scripts),
        ),
        tag(
            "body",
            tag("a", say_in(language, "Skip to the content"), href="#content", class_="skip"),
            None if home and choice is None else tag("header", None if home else way, choice, class_="top"),
            tag("main", tag("h1", title), *content, id="content"),
        ),
        lang=language,
    )
    return f"<!DOCTYPE html>\n{html(document)}\n"
