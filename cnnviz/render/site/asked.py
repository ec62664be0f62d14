"""The questions of a scene."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

from cnnviz.quizzes import Question, make, topics
from cnnviz.quizzes.export.item import Item, Quiz, cleaned
from cnnviz.quizzes.export.page import SILENT, answers, score, sections
from cnnviz.quizzes.markup import tag
from cnnviz.render.header import SceneEntry
from cnnviz.stage.language import say_in

__all__ = ["asked", "questions_of"]

MOST, SEED = 3, 1


def asked(entry: SceneEntry, language: str = "en") -> list[Element]:
    """Draw the questions of a scene, where there are some, and the answers for the script that checks them."""
    questions = [make(question.topic, seed=SEED, language=language) for question in questions_of(entry)]
    if not questions:
        return []
    quiz = Quiz(tuple(Item(cleaned(question)) for question in questions))
    return [
        tag(
            "section",
            tag("h2", say_in(language, "Check yourself")),
            *score(quiz),
            tag("noscript", tag("p", quiz.say(SILENT))),
            tag("div", *sections(quiz), class_="quiz"),
            class_="asked",
        ),
        answers(quiz),
    ]


def questions_of(entry: SceneEntry) -> list[Question]:
    """Choose questions: those whose numbers a scene can show, and those on what it is called or teaches.

    Examples
    --------
    >>> from cnnviz.render.catalog import find
    >>> [question.topic for question in questions_of(find("ch04-s02-max-pooling"))]
    ['arg-max', 'max-pool']
    """
    name, concepts = _words(entry.slug[8:]), _words(" ".join([entry.title, *entry.concepts]))

    def fitness(question: Question) -> int:
        words = _words(question.topic)
        shared = 2 * len(words & name) + len(words & concepts)
        near = shared if question.chapter == entry.chapter_number or len(words & (name | concepts)) > 1 else 0
        return near + 3 * (question.scene is not None and question.scene.slug == entry.slug)

    return sorted((question for question in _every() if fitness(question)), key=lambda each: -fitness(each))[:MOST]


@cache
def _every() -> tuple[Question, ...]:
    return tuple(make(topic, seed=SEED) for topic in topics())


def _words(text: str) -> set[str]:
    """Return the words of a text, one and many alike."""
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", text.casefold())} - {"a", "and", "in", "of", "the"}
