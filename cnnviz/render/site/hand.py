"""The page on which a layer can be explored."""

from __future__ import annotations

import json

from cnnviz.quizzes.markup import tag
from cnnviz.render.explore.hand import given
from cnnviz.render.site.edition import Edition
from cnnviz.render.site.frame import page
from cnnviz.stage.language import say_in
from cnnviz.stage.theme import Theme
from cnnviz.subjects import Convolution

__all__ = ["BEGIN", "EXPLORE", "HAND", "explore_page"]

EXPLORE, HAND = "explore.html", "explore.js"
BEGIN = '\ncnnvizExplore(document.getElementById("hand"), JSON.parse(document.getElementById("given").textContent));\n'


def explore_page(edition: Edition, colors: Theme) -> str:
    """Write the page."""
    language = edition.language
    begun = json.dumps(given(Convolution(), "conv", colors, language), separators=(",", ":"))
    return page(
        say_in(language, "Explore a layer"),
        tag(
            "p",
            say_in(language, "Point at a cell of the map and see its window and its sum. Change any number."),
            class_="takeaway",
        ),
        tag("div", tag("p", say_in(language, "This page computes in your browser, so it needs scripts.")), id="hand"),
        tag("script", begun, id="given", type="application/json"),
        name=EXPLORE,
        edition=edition,
        about=say_in(
            language, "A convolution, a pooling, ReLU or a small network, with numbers to point at and to change."
        ),
        scripts=[HAND],
    )
