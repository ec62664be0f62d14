"""Make questions: the topics by name, and one question from a topic and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from cnnviz._checks import integer
from cnnviz.data.source import hint, shown
from cnnviz.errors import OptionError
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import KINDS, Choice, Question
from cnnviz.quizzes.saying import Said, catalog, say, spoken
from cnnviz.quizzes.topic import Draft, Topic
from cnnviz.quizzes.value import Value, same, settle, shape_of

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


def make(topic: str | Topic, *, seed: int, difficulty: int = 1, language: str = "en") -> Question:
    """Make the question that belongs to a topic, a seed and a difficulty: the same one every time and everywhere.

    Parameters
    ----------
    topic : str or Topic
        One of `topics`, or one of your own.
    seed : int
        From 0.
    difficulty : int
        1 can be done by hand, 2 takes paper, 3 asks for another thought.
    language : str
        ``en`` or ``es``: the same numbers in other words.

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
    catalog(language)
    for attempt in range(ATTEMPTS):
        draw = Draw(f"{topic.name}/{difficulty}/{seed}/{attempt}", difficulty)
        draft = topic.draft(draw)
        wrong = list(_wrong(draft))
        if len(wrong) >= FEWEST:
            return _question(topic, seed, draw, draft, wrong[:MOST], language)
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
            yield Choice(text, value, False, mistake.name, mistake.feedback, _map(text))


def _map(text: str) -> Value:
    """Find the map in what a choice says, which a page draws instead of writing it."""
    fields = text.fields.values() if isinstance(text, Said) else ()
    return next((field for field in fields if len(shape_of(field)) == 2), ())


def _question(topic: Topic, seed: int, draw: Draw, draft: Draft, wrong: list[Choice], language: str) -> Question:
    assert draft.kind in KINDS

    def tell(text: str) -> str:
        return spoken(text, language)

    answer = settle(draft.answer)
    facts = {name: settle(value) for name, value in draft.facts.items()}
    text = draft.text or draft.write(answer)
    right = Choice(text, answer, True, "", draft.right or draft.solution[-1], _map(text))
    choices = (
        replace(choice, text=tell(choice.text), feedback=tell(choice.feedback))
        for choice in draw.some([right, *wrong], len(wrong) + 1)
    )
    return Question(
        topic=topic.name,
        title=tell(topic.title),
        chapter=topic.chapter,
        seed=seed,
        difficulty=draw.level,
        kind=draft.kind,
        prompt=tell(say(draft.prompt, **facts)),
        given=MappingProxyType({tell(name): settle(value) for name, value in draft.given.items()}),
        facts=MappingProxyType(facts),
        steps=tuple(map(tell, draft.steps)),
        choices=tuple(choices),
        answer=answer,
        tolerance=draft.tolerance,
        solution=tuple(map(tell, draft.solution)),
        scene=draft.scene,
        language=language,
    )
