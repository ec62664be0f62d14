"""The words that stand for one layer in a line of notation, read one by one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from cnnviz.data.source import hint
from cnnviz.errors import InputError
from cnnviz.nn.layer import Layer, Shape

WHO = "network"

Sizes = tuple[int, int]
_WHOLE = "([0-9]{1,7})"
_SIDES = f"{_WHOLE}-{_WHOLE}"
_EXAMPLES = {"filters": "conv 10 k3", "size": "pool 2", "features": "dense 10"}


@dataclass
class Words:
    """What follows the word of a layer: one number for what it is, letters with numbers, and plain words."""

    layer: str
    first: float | None = None
    sizes: dict[str, Sizes] = field(default_factory=dict)
    sides: tuple[Sizes, Sizes] | None = None
    """Padding before and after, of rows and of columns."""
    eps: float | None = None
    plain: set[str] = field(default_factory=set)

    def number(self, what: str) -> int:
        """Take the number that must follow."""
        if self.first is None or self.first != int(self.first):
            raise InputError(
                f"{WHO}: expected {what} as a whole number after the word in {self.layer!r}, as in '{_EXAMPLES[what]}'"
                f"; add it"
            )
        return int(self.first)


@dataclass(frozen=True)
class Kind:
    """A word for a layer: how it is made, and what may follow."""

    make: Callable[[Words, Shape], Layer]
    number: bool = False
    letters: str = ""
    plain: tuple[str, ...] = ()
    eps: bool = False

    def choices(self) -> str:
        """List what may follow."""
        listed = [
            *(["a number"] if self.number else []),
            *(f"{letter}N" for letter in self.letters),
            *self.plain,
            *(["epsN"] if self.eps else []),
        ]
        return "only " + ", ".join(listed) if listed else "nothing"


def read_words(part: str, kinds: dict[str, Kind]) -> tuple[str, Words]:
    """Take the words of one layer apart.

    Raises
    ------
    InputError
        If one is not understood, stands twice, or is a second way to pad.
    """
    name, *rest = part.split() or [""]
    if name not in kinds:
        raise InputError(
            f"{WHO}: expected a layer ({', '.join(kinds)}), got {short(part)}; "
            f"{hint(name, kinds) or 'begin it with one of these words'}".rstrip()
        )
    words = Words(part)
    for word in rest:
        if not _take(word, words, kinds[name]):
            raise InputError(
                f"{WHO}: expected after {name} {kinds[name].choices()}, each once, got {short(word)} in {short(part)}; "
                f"leave it out or correct it"
            )
    if ("p" in words.sizes) + (words.sides is not None) + ("same" in words.plain) > 1:
        raise InputError(f"{WHO}: expected one padding, got more in {short(part)}; leave all but one out")
    if words.eps == 0:
        raise InputError(
            f"{WHO}: expected eps above 0, which keeps a variance of 0 from dividing, got it in {short(part)}; write "
            f"what your model takes, such as eps1e-5"
        )
    return name, words


def _take(word: str, words: Words, known: Kind) -> bool:
    """Read one word, or say that it does not belong here."""
    match = re.fullmatch(f"([a-z])=?{_WHOLE}(?:[x×,]{_WHOLE})?", word)
    if match and match[1] in known.letters and match[1] not in words.sizes:
        words.sizes[match[1]] = (int(match[2]), int(match[3] or match[2]))
        return True
    match = re.fullmatch(f"p=?{_SIDES}(?:[x×,]{_SIDES})?", word)
    if match and "p" in known.letters and words.sides is None:
        rows = int(match[1]), int(match[2])
        words.sides = rows, (int(match[3]), int(match[4])) if match[3] else rows
        return True
    match = re.fullmatch(r"eps=?([0-9]{1,7}(?:\.[0-9]{1,9})?(?:e-?[0-9]{1,2})?)", word)
    if match and known.eps and words.eps is None:
        words.eps = float(match[1])
        return True
    if word in known.plain and word not in words.plain:
        words.plain.add(word)
        return True
    if known.number and words.first is None and re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,7})?", word):
        words.first = float(word)
        return True
    return False


def short(text: str) -> str:
    """Quote a text, cut off where it is long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
