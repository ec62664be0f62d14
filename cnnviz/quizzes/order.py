"""Questions that ask for an order: steps shuffled, and orders as numbers of the steps as they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import eq
from typing import Any

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.topic import Draft, Mistake


def ordered(
    draw: Draw,
    *,
    prompt: str,
    steps: Sequence[str],
    mistakes: Sequence[Mistake],
    solution: Sequence[str],
    facts: Mapping[str, Any],
    scene: Scene | None = None,
) -> Draft:
    """Shuffle steps that are given in their right order.

    The value of a mistake is an order of places in ``steps``, counted from 0; it becomes the numbers shown.
    """
    places = range(len(steps))
    shown = draw.some(places, len(steps))
    while gives_away(shown):
        shown = draw.some(places, len(steps))
    number = {place: shown.index(place) + 1 for place in range(len(steps))}
    return Draft(
        prompt=prompt,
        kind="order",
        facts=facts,
        steps=[steps[place] for place in shown],
        answer=[number[place] for place in range(len(steps))],
        mistakes=[
            Mistake(mistake.name, [number[place] for place in mistake.value], mistake.feedback, mistake.text)
            for mistake in mistakes
        ],
        solution=solution,
        right="Each step has what it needs from the one before.",
        write=_numbers,
        scene=scene,
    )


def gives_away(shown: Sequence[int]) -> bool:
    """Say whether the steps as shown are in order, or turned round, or for the greater part in their places."""
    return list(shown) == sorted(shown, reverse=True) or sum(map(eq, shown, sorted(shown))) > len(shown) // 2


def _numbers(order: Any) -> str:
    return ", ".join(map(str, order))
