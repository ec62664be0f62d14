"""A question with its picture, ready to be written: text without anything that could speak to a reader's machine."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from cnnviz.quizzes.model import Choice, Question
from cnnviz.quizzes.value import Value

T = TypeVar("T")

OTHERWISE = "This is not the answer, and not one of the usual mistakes: follow the solution line by line."


@dataclass(frozen=True, slots=True)
class Item:
    """A question and the PNG picture of its solution."""

    question: Question
    picture: bytes | None = None

    @property
    def name(self) -> str:
        """A name that no other question has: topic, difficulty and seed."""
        return f"{self.question.topic} {self.question.difficulty}.{self.question.seed}"

    @property
    def right(self) -> Choice:
        """The right answer, as a choice."""
        return next(choice for choice in self.question.choices if choice.correct)

    @property
    def alt(self) -> str:
        """What the picture shows, in words."""
        return f"{self.question.title}: the worked solution as a picture"

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


def rows_of(value: Value) -> tuple[tuple[Value, ...], ...] | None:
    """Lay a value out as rows, or say that it is no map.

    Examples
    --------
    >>> rows_of((1, 2)), rows_of(((1,), (2,))), rows_of(3)
    (((1, 2),), ((1,), (2,)), None)
    """
    if not isinstance(value, tuple) or not value:
        return None
    rows = value if all(isinstance(row, tuple) for row in value) else (value,)
    flat = all(isinstance(row, tuple) and not any(isinstance(cell, tuple) for cell in row) for row in rows)
    return rows if flat else None  # type: ignore[return-value]


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
