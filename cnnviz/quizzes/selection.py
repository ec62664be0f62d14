"""A whole quiz: questions on several topics from one seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cnnviz._checks import integer
from cnnviz.data.source import hint, shown
from cnnviz.errors import OptionError
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.making import make, topics
from cnnviz.quizzes.model import Question

MOST = 1000
"""Questions, and seeds of one topic that belong to one seed of a quiz."""


class Quiz(list[Question]):
    """Questions in a list that a notebook shows one below the other."""

    def _repr_html_(self) -> str:
        return "<hr>".join(question._repr_html_() for question in self)


def make_quiz(
    names: Iterable[str] = (),
    *,
    n: int = 10,
    seed: int,
    difficulty: int = 1,
    chapter: int | None = None,
    language: str = "en",
    variants: int = 1,
) -> Quiz:
    """Make different questions on some topics, in the order of the lecture: the same ones for the same seed.

    Parameters
    ----------
    names : iterable of str
        Topics; by default all.
    n : int
        How many questions. Of more topics than that, chance chooses; of fewer, each is asked about several times.
    seed : int
        From 0.
    difficulty : int
        1 to 3.
    chapter : int, optional
        Only topics of this chapter.
    language : str
        ``en`` or ``es``.
    variants : int
        With more than 1, ``n`` is how many topics, at most, and each is asked about so often: pools to draw from.

    Returns
    -------
    Quiz
        A list of `Question`, which shows itself in a notebook.

    Raises
    ------
    OptionError
        If there is no such topic or chapter, or the topics have not so many different questions.

    Examples
    --------
    >>> [question.topic for question in make_quiz(["softmax", "output-size"], n=3, seed=1)]
    ['output-size', 'output-size', 'softmax']
    """
    n = integer("quiz", "n", n, 1, MOST)
    seed = integer("quiz", "seed", seed, 0)
    variants = integer("quiz", "variants", variants, 1, MOST)
    chosen = _topics(list(names), chapter)
    order = Draw(f"quiz/{seed}", difficulty).some(chosen, len(chosen))
    if variants > 1:
        order = order[:n]
        n = variants * len(order)
    made: dict[tuple[str, str], Question] = {}
    of = Counter[str]()
    for name, further in _turns(order):
        if of[name] == variants > 1:
            continue
        question = make(name, seed=seed * MOST + further, difficulty=difficulty, language=language)
        made.setdefault((name, str(question)), question)
        of[name] = sum(topic == name for topic, _ in made)
        if len(made) == n:
            places = list(topics())
            return Quiz(sorted(made.values(), key=lambda question: places.index(question.topic)))
    raise OptionError(
        f"quiz: expected at most {len(made)} questions, as many different ones as were found on "
        f"{', '.join(chosen)}, got {n}; name more topics"
    )


def _turns(order: list[str]) -> Iterator[tuple[str, int]]:
    """Go round the topics again and again, each time with a further seed."""
    return ((name, further) for further in range(MOST) for name in order)


def _topics(names: list[str], chapter: int | None) -> list[str]:
    every = topics()
    for name in names:
        if name not in every:
            raise OptionError(
                f"quiz: expected a topic, got {shown(str(name))}; {hint(str(name), every)}"
                f"`cnnviz quiz list` shows all {len(every)}"
            )
    chapters = sorted({topic.chapter for topic in every.values()})
    if chapter is not None and chapter not in chapters:
        raise OptionError(
            f"quiz: expected a chapter with questions, got {chapter}; choose one of {', '.join(map(str, chapters))}"
        )
    chosen = [name for name in names or every if chapter in (None, every[name].chapter)]
    if not chosen:
        raise OptionError(f"quiz: expected a topic of chapter {chapter}, got {', '.join(names)}; leave out one of them")
    return list(dict.fromkeys(chosen))
