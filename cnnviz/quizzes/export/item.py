"""A question with its picture, ready to be written: text without anything that could speak to a reader's machine."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from cnnviz.quizzes.grading import OTHERWISE
from cnnviz.quizzes.markup import tag
from cnnviz.quizzes.model import LETTERS, Choice, Question
from cnnviz.quizzes.saying import say, spoken
from cnnviz.quizzes.value import Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """A question, the PNG picture of its solution, and how often the same question stood before it."""

    question: Question
    picture: bytes | None = None
    copy: int = 0

    @property
    def name(self) -> str:
        """A name that no other question has, and that stays, of letters, digits and hyphens."""
        plain = re.sub(r"[^A-Za-z0-9]+", "-", self.question.identifier)
        return f"{plain}-{self.copy + 1}" if self.copy else plain

    @property
    def title(self) -> str:
        """What a list of questions calls it."""
        return f"{self.question.title} ({self.name})"

    @property
    def tags(self) -> list[str]:
        """What a question can be found by: chapter, topic, difficulty."""
        question = self.question
        return [f"chapter {question.chapter}", question.topic, f"difficulty {question.difficulty}"]

    @property
    def lettered(self) -> list[tuple[str, Choice]]:
        """The choices with their letters."""
        return list(zip(LETTERS, self.question.choices, strict=False))

    @property
    def right(self) -> Choice:
        """The right answer, as a choice."""
        return next(choice for choice in self.question.choices if choice.correct)

    @property
    def wrong(self) -> list[Choice]:
        """The mistakes that are expected."""
        return [choice for choice in self.question.choices if not choice.correct]

    @property
    def otherwise(self) -> str:
        """What is said of an answer that nobody expected."""
        return self.say(OTHERWISE)

    @property
    def alt(self) -> str:
        """What the picture shows, in words."""
        return self.say(say("{title}: the worked solution as a picture", title=self.question.title))

    @property
    def data_uri(self) -> str:
        """The picture as an address that needs no network."""
        return f"data:image/png;base64,{b64encode(self.picture or b'').decode()}"

    @property
    def places(self) -> list[int]:
        """For an order: the place of each step as shown, from 1."""
        answer = self.question.answer
        assert isinstance(answer, tuple)
        return [answer.index(number) + 1 for number in range(1, len(self.question.steps) + 1)]

    def say(self, text: str) -> str:
        """Say something in the language of the question."""
        return spoken(text, self.question.language)

    def offer(self, choice: Choice, name: str = "p", *, styled: bool = False) -> Element:
        """Make an element of a choice, a map drawn as a table."""
        if not choice.map:
            return tag(name, choice.text)
        return tag("div", *choice.drawn(self.question.language, styled=styled))

    def solution(self, *, picture: str = "") -> list[Element]:
        """Show the way to the answer; ``picture`` is the address of the picture, by default the picture itself."""
        parts = [tag("ol", *(tag("li", line) for line in self.question.solution))]
        if self.picture is not None:
            parts.append(tag("p", tag("img", src=picture or self.data_uri, alt=self.alt)))
        return parts


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions to be written as one file.

    Attributes
    ----------
    items : tuple of Item
    title : str
    points, penalty : float
        What a question is worth, and which part of it each further try costs.
    pools : bool
        Whether the variants of a topic lie in a pool of their own, from which each student draws one.
    """

    items: tuple[Item, ...]
    title: str = "Quiz"
    points: float = 1.0
    penalty: float = 1 / 3
    pools: bool = False

    @property
    def language(self) -> str:
        """That of the questions."""
        return self.items[0].question.language

    @property
    def groups(self) -> dict[str, list[Item]]:
        """The pools by their titles; without pools, one of everything."""
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(item.question.title if self.pools else "", []).append(item)
        return groups

    def say(self, text: str) -> str:
        """Say something in the language of the questions."""
        return spoken(text, self.language)


def digits(value: Value) -> str:
    """Write a number for a machine.

    Examples
    --------
    >>> digits(150528), digits(-0.5), digits(1e-7)
    ('150528', '-0.5', '0.0000001')
    """
    assert isinstance(value, int | float)
    return str(value) if isinstance(value, int) else f"{value:.10f}".rstrip("0").rstrip(".")


def limits(value: Value, tolerance: float) -> tuple[str, str]:
    """Write the smallest and the largest number that count as a value.

    Examples
    --------
    >>> limits(6, 0), limits(3.09, 0.011)
    (('6', '6'), ('3.079', '3.101'))
    """
    assert isinstance(value, int | float)
    return digits(value - tolerance), digits(value + tolerance)


def cleaned(thing: T) -> T:
    r"""Replace every character that cannot be seen by a space, in a text or in everything a question holds.

    Examples
    --------
    >>> cleaned("a\x00b\u202ec")
    'a b c'
    """
    return _cleaned(thing)  # type: ignore[no-any-return]


def _cleaned(thing: Any) -> Any:
    if isinstance(thing, str):
        return "".join(c if c.isprintable() else " " for c in thing)
    if isinstance(thing, tuple):
        return tuple(map(_cleaned, thing))
    if isinstance(thing, Mapping):
        return MappingProxyType({_cleaned(key): _cleaned(value) for key, value in thing.items()})
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: _cleaned(getattr(thing, field.name)) for field in fields(thing)})
    return thing
