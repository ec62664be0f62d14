"""What a scene says against what translators are given: nothing is said that is not in the catalogue."""

import gettext
import re
import runpy
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from cnnviz.render.catalog import scenes_folder
from cnnviz.stage import language
from cnnviz.stage.language import fields_of

SCRIPT = Path(__file__).parents[2] / "scripts" / "sentences.py"
collected = runpy.run_path(str(SCRIPT))["sentences"]


class _Heard(gettext.NullTranslations):
    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def gettext(self, message):
        self.texts[message] = None
        return message

    def ngettext(self, msgid1, msgid2, n):
        self.texts[msgid1] = None
        return msgid1 if n == 1 else msgid2


@contextmanager
def listening():
    """Note every text that is looked up in a catalogue while the block lasts."""
    texts, usual = {}, language._catalogue
    heard = _Heard(texts)
    language._catalogue = lambda _: heard
    try:
        yield texts
    finally:
        language._catalogue = usual


def untold(seen):
    """Texts of a scene of the catalogue that no translator would see."""
    file = getattr(sys.modules.get(type(seen.scene).__module__), "__file__", None)
    if file and Path(file).resolve().is_relative_to(scenes_folder()):
        for text in missing(seen.said):
            yield 0.0, f"{text!r} is not among the sentences that are collected"


def missing(texts):
    """Texts with words in them that are neither a template nor made of some."""
    known, made = _known()

    def found(text):
        return not re.search(r"[^\W\d_]{3}", text) or text in known or made.fullmatch(text)

    return [text for text in texts if not found(text) and not all(map(found, text.split(", ")))]


@cache
def _known():
    found = collected()
    texts = {text for each in found for text in (each.text, each.plural) if text}
    made = "|".join(_pattern(text) for text in texts if fields_of(text) and re.sub(r"{\w+}", "", text).strip(" .,:"))
    return texts, re.compile(made)


def _pattern(text):
    return ".+".join(re.escape(part) for part in re.split(r"{\w+}", text))
