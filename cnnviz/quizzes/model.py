"""A question, and everything that belongs to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import html, table, tag
from cnnviz.quizzes.saying import spoken
from cnnviz.quizzes.value import Value, plain, rows_of, text_of

KINDS = ("choice", "numeric", "array", "order")
LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered, or a wrong one that is expected.

    Attributes
    ----------
    text : str
        What is read.
    value : Value
        What it means.
    correct : bool
        Whether it is the answer.
    mistake : str
        The name of the mistake that leads here, such as ``"forgot the floor"``; empty for the answer.
    feedback : str
        What went wrong and what to do, or why it is right.
    map : Value
        The rows among what is read, if there are any; a page draws them.
    """

    text: str
    value: Value
    correct: bool
    mistake: str
    feedback: str
    map: Value = ()

    def label(self, language: str = "en") -> str:
        """Return what is read beside the map; the whole text where there is none."""
        return self.text.removesuffix(text_of(self.map, language=language)).rstrip(": ") if self.map else self.text

    def drawn(self, language: str = "en", *, styled: bool = False) -> list[Element]:
        """Make elements of what is read, a map as a table."""
        label = self.label(language)
        words = [tag("span", label)] if label else []
        return [*words, table(rows_of(self.map) or (), language, styled=styled)] if self.map else words


@dataclass(frozen=True, slots=True)
class Scene:
    """The scene that shows the numbers of a question.

    Attributes
    ----------
    slug : str
        As in the catalog, such as ``"ch02-s01-slide"``.
    options : Mapping of str to str, int or pairs of int
        What to hand to the scene, so that it shows the very same numbers.
    """

    slug: str
    options: Mapping[str, str | int | list[list[int]]] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        return hash((self.slug, *self.options))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer, the wrong answers that diagnose a mistake, and the worked solution.

    Attributes
    ----------
    topic, title : str
        The topic's name, and what a heading calls it.
    chapter : int
        Chapter of the lecture.
    seed, difficulty : int
        What it was made from; the same ones make the same question everywhere.
    kind : str
        ``choice``, ``numeric``, ``array`` (fill in the map) or ``order`` (put the steps in order).
    prompt : str
        Plain text. It names every array of ``given`` and says every number of ``facts``.
    given : Mapping of str to Value
        The arrays to work with, by name.
    facts : Mapping of str to Value
        The numbers and words of the prompt, by name.
    steps : tuple of str
        For ``order``: the steps as they are shown, numbered from 1; the answer is their numbers in the right order.
    choices : tuple of Choice
        One right, three to five wrong. Every kind has them: where the answer is typed, they tell a mistake apart.
    answer : Value
    tolerance : float
        How far each typed number may be off.
    solution : tuple of str
        The way to the answer in words and numbers, line by line.
    scene : Scene or None
        What shows it, if there is such a scene.
    language : str
        Of all texts; names of mistakes and facts are English in every language.
    """

    topic: str
    title: str
    chapter: int
    seed: int
    difficulty: int
    kind: str
    prompt: str
    given: Mapping[str, Value]
    facts: Mapping[str, Value]
    steps: tuple[str, ...]
    choices: tuple[Choice, ...]
    answer: Value
    tolerance: float
    solution: tuple[str, ...]
    scene: Scene | None
    language: str = "en"

    def __hash__(self) -> int:
        return hash((self.topic, self.seed, self.difficulty, self.kind, self.language))

    def __str__(self) -> str:
        """Write the question as it would stand on paper, without its answer."""
        lines = [self.prompt]
        lines += [f"{name} = {text_of(value, language=self.language)}" for name, value in self.given.items()]
        lines += [f"{number}. {step}" for number, step in enumerate(self.steps, 1)]
        if self.kind == "choice":
            lines += [f"{letter}) {choice.text}" for letter, choice in zip(LETTERS, self.choices, strict=False)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        right = next(choice for choice in self.choices if choice.correct)
        shown = right.drawn(self.language, styled=True) if right.map else [tag("strong", right.text)]
        answer = tag("summary", spoken("Answer", self.language)), tag("div", *shown)
        parts = [tag("p", tag("strong", self.title)), *self.statement(styled=True)]
        if self.kind == "choice":
            offers = zip(LETTERS, self.choices, strict=False)
            parts += [tag("p", f"{letter}) ", *choice.drawn(self.language, styled=True)) for letter, choice in offers]
        lines = (tag("li", line) for line in self.solution)
        parts.append(tag("details", *answer, tag("ol", *lines), style="margin-top: 0.6em"))
        return html(tag("div", *parts, class_="cnnviz-question"))

    @property
    def identifier(self) -> str:
        """A name that no other question has, and that stays: topic, difficulty and seed.

        Another language is another name; the numbers are the same.
        """
        language = "" if self.language == "en" else f"-{self.language}"
        return f"{self.topic}-{self.difficulty}-{self.seed}{language}"

    def statement(self, *, styled: bool = False, steps: bool = True) -> list[Element]:
        """Say what is asked, as elements: the prompt, the arrays, and the steps of an order."""
        parts = [tag("p", self.prompt)]
        for name, value in self.given.items():
            rows = rows_of(value)
            if rows is None:
                parts.append(tag("p", tag("strong", name), f" = {text_of(value, language=self.language)}"))
            else:
                parts += [tag("p", tag("strong", name), " ="), table(rows, self.language, styled=styled)]
        if steps and self.steps:
            parts.append(tag("ol", *(tag("li", step) for step in self.steps)))
        return parts

    def as_choice(self) -> Question:
        """Ask the same as multiple choice, for a place where nothing can be typed."""
        return replace(self, kind="choice")

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain Python values: numbers, strings, lists."""
        return {
            "identifier": self.identifier,
            "language": self.language,
            "topic": self.topic,
            "title": self.title,
            "chapter": self.chapter,
            "seed": self.seed,
            "difficulty": self.difficulty,
            "kind": self.kind,
            "prompt": self.prompt,
            "given": {name: plain(value) for name, value in self.given.items()},
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "steps": list(self.steps),
            "choices": [
                {
                    "text": choice.text,
                    "value": plain(choice.value),
                    "correct": choice.correct,
                    "mistake": choice.mistake,
                    "feedback": choice.feedback,
                }
                for choice in self.choices
            ],
            "answer": plain(self.answer),
            "tolerance": self.tolerance,
            "solution": list(self.solution),
            "scene": None if self.scene is None else {"slug": self.scene.slug, "options": dict(self.scene.options)},
        }

    def to_json(self) -> str:
        """Return everything as one strict JSON object."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)
