"""What a topic is, and what it hands over for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import written
from cnnviz.quizzes.value import Value


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer with a reason.

    Attributes
    ----------
    name : str
        The mistake in a few words, such as ``"forgot the padding"``.
    value : Any
        What it leads to.
    feedback : str
        What went wrong and what to do.
    text : str
        How the choice reads, where that is more than the value.
    """

    name: str
    value: Any
    feedback: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question before it is checked and its choices are shuffled; see `Question` for the fields.

    ``prompt`` is filled in from ``facts``: ``"{size}"`` stands for the fact of that name. ``right`` says why the answer
    is right, ``text`` how it reads where that is more than its value, and ``write`` how values become text. Every text
    is a sentence of the catalogs, plain or with fields (`cnnviz.quizzes.saying.say`).
    """

    prompt: str
    answer: Any
    mistakes: Sequence[Mistake]
    solution: Sequence[str]
    right: str = ""
    text: str = ""
    kind: str = "choice"
    given: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: Sequence[str] = ()
    tolerance: float = 0.0
    write: Callable[[Value], str] = written
    scene: Scene | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that can be asked about.

    Attributes
    ----------
    name : str
        What `make` calls it, such as ``"output-size"``.
    chapter : int
        Chapter of the lecture.
    title : str
        What a heading calls it.
    draft : Callable
        Makes a question from what is drawn.
    """

    name: str
    chapter: int
    title: str
    draft: Callable[[Draw], Draft]


def topic(name: str, *, chapter: int, title: str) -> Callable[[Callable[[Draw], Draft]], Topic]:
    """Make a topic of the function that drafts its questions."""
    return lambda draft: Topic(name, chapter, title, draft)
