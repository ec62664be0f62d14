"""What a scene says against what translators are given: nothing is said that is not in the catalogue."""

import gettext
import re
import runpy
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from cnnviz.render.catalog import scenes_folder
from cnnviz.stage import Code, language
from cnnviz.stage.language import fields_of

_NAMES = {"conv", "pool", "max", "dense", "flatten", "relu", "tanh", "softmax", "batch", "norm"}  # as PyTorch says
_NAMES |= {
    "lenet",
    "alexnet",
    "vgg",
    "googlenet",
    "resnet",
    "mobilenet",
    "efficientnet",
    "squash",
}  # as their authors do
_WORD = re.compile(r"[^\W\d_]{3,}")
SCRIPT = Path(__file__).parents[2] / "scripts" / "sentences.py"
collected = runpy.run_path(str(SCRIPT))["sentences"]


class _Heard(gettext.NullTranslations):
    def __init__(self, texts, usual):
        super().__init__()
        self.texts, self.usual = texts, usual

    def gettext(self, message):
        return self._note(message, self.usual.gettext(message))

    def ngettext(self, msgid1, msgid2, n):
        return self._note(msgid1, self.usual.ngettext(msgid1, msgid2, n))

    def _note(self, message, said):
        self.texts.setdefault(message, {})[said] = None
        return said


@contextmanager
def listening():
    """Note every text that is looked up in a catalogue while the block lasts, and what it is there."""
    texts, usual = {}, language._catalogue
    language._catalogue = lambda spoken: _Heard(texts, usual(spoken))
    try:
        yield texts
    finally:
        language._catalogue = usual


def never_looked_up(seen):
    """Words on screen that no catalogue was asked for: a translator would never see them."""
    known = set(_WORD.findall(" ".join(text for texts in seen.said.values() for text in texts).lower())) | _NAMES
    for still in seen.pictures:
        code = {word for part in still.family if isinstance(part, Code) for word in _WORD.findall(part.text.lower())}
        for label in still.labels:
            for word in _WORD.findall((label.text or "").lower()):
                if word not in known | code:
                    yield still, f"{word!r} in {label.text!r} is in no catalogue"


def untold(seen):
    """Texts of a scene of the catalogue that no translator sees (``scripts/sentences.py --update`` adds new ones)."""
    file = getattr(sys.modules.get(type(seen.scene).__module__), "__file__", None)
    if file and Path(file).resolve().is_relative_to(scenes_folder()):
        left = missing(seen.said)
        said = [
            _pattern(text) for template in seen.said.keys() - {*left} for text in seen.said[template] if text.strip()
        ]
        made = re.compile("|".join(said))  # what was said once may be handed on and looked up again
        for text in left:
            if not made.fullmatch(text) and not all(map(made.fullmatch, text.split(", "))):
                yield 0.0, f"{text!r} is not among the sentences that scripts/sentences.py --update collects"


def missing(texts):
    """Texts with words in them that are neither a template nor made of some."""
    known, made = _known()

    def found(text):
        return {*_WORD.findall(text.lower())} <= _NAMES or text in known or made.fullmatch(text)

    return [text for text in texts if not found(text) and not all(map(found, text.split(", ")))]


@cache
def _known():
    with (SCRIPT.parents[1] / "cnnviz/locale/es/LC_MESSAGES/scenes.po").open("rb") as file:
        texts = {text for each in read_po(file) if each.id for text in (each.id if each.pluralizable else [each.id])}
    made = "|".join(_pattern(text) for text in texts if fields_of(text) and re.sub(r"{\w+}", "", text).strip(" .,:"))
    return texts, re.compile(made)


def _pattern(text):
    return ".+".join(re.escape(part) for part in re.split(r"{\w+}", text))
