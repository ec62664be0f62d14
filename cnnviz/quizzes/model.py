"""A question, and everything that belongs to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from cnnviz.quizzes.value import Value, plain, text_of

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
    """

    text: str
    value: Value
    correct: bool
    mistake: str
    feedback: str


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

    def __hash__(self) -> int:
        return hash((self.topic, self.seed, self.difficulty, self.kind))

    def __str__(self) -> str:
        """Write the question as it would stand on paper, without its answer."""
        lines = [self.prompt]
        lines += [f"{name} = {text_of(value)}" for name, value in self.given.items()]
        lines += [f"{number}. {step}" for number, step in enumerate(self.steps, 1)]
        if self.kind == "choice":
            lines += [f"{letter}) {choice.text}" for letter, choice in zip(LETTERS, self.choices, strict=False)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from cnnviz.quizzes.export.markup import notebook

        return notebook(self)

    def as_choice(self) -> Question:
        """Ask the same as multiple choice, for a place where nothing can be typed."""
        return replace(self, kind="choice")

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain Python values: numbers, strings, lists."""
        return {
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
