"""Scores into shares."""

import numpy as np

from cnnviz.engine import softmax as shares
from cnnviz.quizzes.batch import Batch, typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("softmax", chapter=6, title="Softmax")
def softmax(draw: Draw) -> Draft:
    """Ask for the shares of some scores; at level 1 their exponentials are given, so that a pencil is enough."""
    if draw.level == 1:
        return _given_exponentials(draw)
    scores = np.array(draw.row(draw.by_level(0, 3, 4), -1, 3), float)
    offset = draw.by_level(0, 0, draw.one((0, 100, 1000)))
    powers = np.exp(scores)
    answer = shares(scores).round(3)
    return Draft(
        prompt="A network gives the classes 0 to {last} the scores s. Which shares does softmax make of them? Round to "
        "three decimals.",
        given={"s": scores + offset},
        facts={"last": len(scores) - 1},
        kind="array",
        tolerance=0.0011,
        answer=answer,
        mistakes=[
            *_usual(scores + offset, powers),
            Mistake(
                "took sigmoids",
                (1 / (1 + np.exp(-scores - offset))).round(3),
                "Those are sigmoids, each score by itself: the shares of softmax add up to 1.",
            ),
            Mistake(
                "turned the sign",
                shares(-scores).round(3),
                "Larger scores get larger shares: e to the power of s, not −s.",
            ),
        ],
        solution=[
            *(
                [say("Take away the greatest score, {greatest}: the shares stay.", greatest=scores.max() + offset)]
                if offset
                else []
            ),
            say("Exponentials: {powers}.", powers=powers / (powers.max() if offset else 1)),
            say("Divided by their sum: {answer}.", answer=answer),
        ],
        scene=None if offset else Scene("ch06-s04-softmax", {"scores": typed([scores.tolist()]), "label": 0}),
    )


def _given_exponentials(draw: Draw) -> Draft:
    total = draw.one((4, 5, 8, 10))
    cut = sorted(draw.some(range(1, total), 2))
    powers = np.array([cut[0], cut[1] - cut[0], total - cut[1]], float)
    answer = shares(np.log(powers))
    return Draft(
        prompt="A network gives three classes scores; the exponentials of the scores are E. Which shares does softmax "
        "make of the scores?",
        given={"E": powers},
        tolerance=0.001,
        answer=answer,
        mistakes=[
            *_usual(powers, powers),
            Mistake(
                "took the exponential again", shares(powers).round(3), "E holds the exponentials already: only divide."
            ),
            Mistake(
                "divided by the greatest", powers / powers.max(), "Divide by the sum, so that the shares add up to 1."
            ),
            Mistake("shared equally", np.full(3, 1 / 3), "Larger scores get larger shares."),
        ],
        solution=[
            say("The sum is {cells} = {total}.", cells=listed(powers, " + "), total=total),
            say("Each exponential divided by {total}: {answer}.", total=total, answer=answer),
        ],
    )


def _usual(scores: Batch, powers: Batch) -> list[Mistake]:
    top = (scores == scores.max()).astype(float)
    mistakes = [
        Mistake("did not divide", powers.round(3), "Those are the exponentials: divide each by their sum."),
        Mistake("let the winner take all", top, "That is the arg-max; softmax leaves the others a share."),
    ]
    if scores.sum() and scores is not powers:
        mistakes.insert(
            0,
            Mistake(
                "forgot the exponential",
                (scores / scores.sum()).round(3),
                "Divide the exponentials of the scores, not the scores themselves, by their sum.",
            ),
        )
    return mistakes
