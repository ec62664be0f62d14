"""Batch normalization by hand."""

import numpy as np

from cnnviz.engine import batch_norm as normalize
from cnnviz.quizzes.batch import typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("batch-norm", chapter=8, title="Batch normalization")
def batch_norm(draw: Draw) -> Draft:
    """Ask for the normalized numbers of one channel; with scale and shift from level 2."""
    spread, middle = draw.integer(1, 4), draw.integer(-3, 9)
    signs = draw.by_level((-1, -1, 1, 1), (-1, -1, 1, 1), (-2, 0, 0, 2)) if draw.level < 3 else (-3, -1, 1, 3)
    x = np.array(draw.some([middle + spread * sign for sign in signs], 4), float)
    scale, shift = (1, 0) if draw.level == 1 else (draw.one((2, 3, 4)), draw.one((-2, -1, 1, 2)))
    answer = normalize(
        x[:, None], weight=np.array([float(scale)]), bias=np.array([float(shift)]), training=True, eps=1e-9
    )[:, 0].round(2)
    away = x - x.mean()
    variance = float((away**2).mean())
    root = variance**0.5
    after = "" if draw.level == 1 else say(", then scaled by {scale} and shifted by {shift}", scale=scale, shift=shift)
    return Draft(
        prompt="In training, batch normalization sees the numbers x of one channel in a batch. They are normalized "
        "(epsilon may be left out){after}. What comes out? Round to two decimals.",
        given={"x": x},
        facts={"after": after},
        kind=draw.by_level("choice", "array", "array"),
        tolerance=0.011,
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the root",
                (away / variance * scale + shift).round(2),
                "Divide by the standard deviation: the root of the variance.",
            ),
            Mistake(
                "divided by the count less one",
                (away / (root * (4 / 3) ** 0.5) * scale + shift).round(2),
                "In training the variance is divided by the count, not by the count less one.",
            ),
            Mistake("only took the mean away", away * scale + shift, "Divide by the standard deviation as well."),
            Mistake("forgot the mean", (x / root * scale + shift).round(2), "Take the mean of the batch away first."),
            *(
                [
                    Mistake("forgot scale and shift", (away / root).round(2), "Scale and shift come at the end."),
                    Mistake(
                        "shifted before scaling",
                        ((away / root + shift) * scale).round(2),
                        "Scale first, then shift.",
                    ),
                ]
                if draw.level > 1
                else []
            ),
            Mistake(
                "brought it between 0 and 1",
                ((x - x.min()) / (x.max() - x.min()) * scale + shift).round(2),
                "That is another scaling: here the mean becomes 0 and the variance 1.",
            ),
        ],
        solution=[
            say(
                "Mean: {x}. Variance: {variance}. Its root: {root}.", x=x.mean(), variance=variance, root=round(root, 3)
            ),
            say("Normalized: {away_by_root}.", away_by_root=(away / root).round(3)),
            *(
                [say("Times {scale}, plus {shift}: {answer}.", scale=scale, shift=shift, answer=answer)]
                if draw.level > 1
                else []
            ),
        ],
        scene=Scene("ch08-s03-batch-norm", {"values": typed([x.tolist()]), "gamma": scale, "beta": shift}),
    )
