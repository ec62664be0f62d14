"""Make questions: the topics by name, and one question from a topic and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from cnnviz._checks import integer
from cnnviz.data.source import hint, shown
from cnnviz.errors import OptionError
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import KINDS, Choice, Question
from cnnviz.quizzes.topic import Draft, Topic
from cnnviz.quizzes.value import Value, same, settle, text_of

FEWEST, MOST = 3, 5
"""Wrong choices."""
ATTEMPTS = 200


@cache
def topics() -> Mapping[str, Topic]:
    """List what can be asked about, in the order of the lecture.

    Returns
    -------
    Mapping of str to Topic
        By name, read-only; each has a ``name``, a ``chapter`` and a ``title``.

    Examples
    --------
    >>> topics()["output-size"].chapter
    3
    """
    from cnnviz.quizzes.bank import TOPICS

    return MappingProxyType({topic.name: topic for topic in TOPICS})


def make(topic: str | Topic, *, seed: int, difficulty: int = 1) -> Question:
    """Make the question that belongs to a topic, a seed and a difficulty: the same one every time and everywhere.

    Parameters
    ----------
    topic : str or Topic
        One of `topics`, or one of your own.
    seed : int
        From 0.
    difficulty : int
        1 can be done by hand, 2 takes paper, 3 puts several things together.

    Returns
    -------
    Question

    Raises
    ------
    OptionError
        If there is no such topic, or an argument is outside what it may be.

    Examples
    --------
    >>> question = make("output-size", seed=1)
    >>> question == make("output-size", seed=1)
    True
    >>> [choice.correct for choice in question.choices].count(True)
    1
    """
    if isinstance(topic, str) and topic in topics():
        topic = topics()[topic]
    if not isinstance(topic, Topic):
        got = shown(topic) if isinstance(topic, str) else repr(topic)
        raise OptionError(
            f"make: expected a topic, got {got}; {hint(str(topic), topics())}the topics are {', '.join(topics())}"
        )
    seed = integer("make", "seed", seed, 0)
    difficulty = integer("make", "difficulty", difficulty, 1)
    if difficulty > 3:
        raise OptionError(f"make: expected difficulty as 1, 2 or 3, got {difficulty}; choose one of these")
    for attempt in range(ATTEMPTS):
        draw = Draw(f"{topic.name}/{difficulty}/{seed}/{attempt}", difficulty)
        draft = topic.draft(draw)
        wrong = list(_wrong(draft))
        if len(wrong) >= FEWEST:
            return _question(topic, seed, draw, draft, wrong[:MOST])
    raise AssertionError(f"{topic.name}: no draw in {ATTEMPTS} had {FEWEST} wrong answers apart from each other")


def _wrong(draft: Draft) -> Iterator[Choice]:
    """Yield the mistakes that lead to something else than the answer and each other, in value and in words."""
    answer = settle(draft.answer)
    taken: list[tuple[Value, str]] = [(answer, draft.text or draft.write(answer))]
    for mistake in draft.mistakes:
        value = settle(mistake.value)
        text = mistake.text or draft.write(value)
        # Twice the tolerance: what is typed between two values must belong to one of them.
        if not any(same(value, other, 2 * draft.tolerance) or text == words for other, words in taken):
            taken.append((value, text))
            yield Choice(text, value, False, mistake.name, mistake.feedback)


def _question(topic: Topic, seed: int, draw: Draw, draft: Draft, wrong: list[Choice]) -> Question:
    assert draft.kind in KINDS
    answer = settle(draft.answer)
    facts = {name: settle(value) for name, value in draft.facts.items()}
    right = Choice(draft.text or draft.write(answer), answer, True, "", draft.right or draft.solution[-1])
    return Question(
        topic=topic.name,
        title=topic.title,
        chapter=topic.chapter,
        seed=seed,
        difficulty=draw.level,
        kind=draft.kind,
        prompt=draft.prompt.format(**{name: text_of(value) for name, value in facts.items()}),
        given=MappingProxyType({name: settle(value) for name, value in draft.given.items()}),
        facts=MappingProxyType(facts),
        steps=tuple(draft.steps),
        choices=tuple(draw.some([right, *wrong], len(wrong) + 1)),
        answer=answer,
        tolerance=draft.tolerance,
        solution=tuple(draft.solution),
        scene=draft.scene,
    )
