"""The mistake in a worked solution: a map with one wrong number, which a usual mistake put there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake


def misprinted(draw: Draw, draft: Draft, prompt: str) -> Draft:
    """Ask which number belongs where one of the map M is wrong, instead of asking for the whole map.

    Parameters
    ----------
    draw : Draw
    draft : Draft
        A question for a map, with mistakes that lead to maps.
    prompt : str
        The question, which names M.
    """
    right = np.array(draft.answer, float)
    maps = [(mistake, np.array(mistake.value, float)) for mistake in draft.mistakes]
    maps = [(mistake, wrong.round(2)) for mistake, wrong in maps if wrong.shape == right.shape]
    places = [(made, wrong, place) for made, wrong in maps for place in np.argwhere(wrong != right)]
    if not places:  # every mistake leads to the right map: without mistakes, other numbers are drawn
        return replace(draft, mistakes=())
    made, wrong, place = draw.one(places)
    at = tuple(place)
    printed = right.copy()
    printed[at] = wrong[at]
    told = say(
        "M has {wrong} in row {row}, column {column}, both counted from 0; {answer} belongs there.",
        wrong=wrong[at],
        row=at[0],
        column=at[1],
        answer=right[at],
    )
    return replace(
        draft,
        prompt=prompt,
        kind="numeric",
        given={**draft.given, "M": printed},
        answer=right[at],
        mistakes=[
            Mistake(f"took for right: {made.name}", wrong[at], made.feedback),
            *(Mistake(mistake.name, other[at], mistake.feedback) for mistake, other in maps),
            *(
                Mistake("suspected a right number", number, "This number of M is right: work out every cell.")
                for number in dict.fromkeys(right.ravel())
            ),
        ],
        solution=[*draft.solution, told],
        right=told,
    )
