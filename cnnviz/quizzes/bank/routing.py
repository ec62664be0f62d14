"""Routing by agreement: the first iteration."""

import numpy as np

from cnnviz.engine import dynamic_routing
from cnnviz.quizzes.batch import Batch, typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("routing", chapter=11, title="Routing by agreement")
def routing(draw: Draw) -> Draft:
    """Ask for the sum that a capsule squashes first, for its output, or for the couplings of the second iteration."""
    below, above = draw.by_level(2, draw.integer(2, 3), 2), draw.by_level(2, 2, 2)
    u = np.array([draw.rows(above, 2, -4, 4) for _ in range(below)], float) * draw.by_level(1, 1, 0.5)
    v, couplings = dynamic_routing(u[None], 2, return_couplings=True)
    v = dynamic_routing(u[None], 1)[0]
    start, second = couplings[0, 0], couplings[1, 0]
    s = (start[..., None] * u).sum(axis=0)
    given = {f"u{i}": u[i] for i in range(below)}
    names = listed(given)
    if draw.level == 3:
        question = (
            "With which couplings does the second iteration begin? One row for each capsule below. Round to two "
            "decimals."
        )
        answer, tolerance = second.round(2), 0.011
    elif draw.level == 2:
        question = "What are the vectors of the capsules above after the first iteration? Round to two decimals."
        answer, tolerance = v.round(2), 0.011
    else:
        question = "Which sums do the capsules above squash in the first iteration?"
        answer, tolerance = s, 0.0
    agreement = (u * v).sum(axis=2)
    mistakes = {
        1: [
            Mistake(
                "forgot the couplings",
                u.sum(axis=0),
                say("At first each coupling is 1/{above}: multiply by it.", above=above),
            ),
            Mistake(
                "divided by the capsules below",
                u.mean(axis=0),
                say("The couplings of a capsule add up over {above} above.", above=above),
            ),
            Mistake("squashed already", v.round(2), "That is the next step: the sums come first."),
            Mistake("added across the capsules above", u.sum(axis=1), "Each capsule above adds its own predictions."),
            Mistake("listened to one", u[0], "At first all capsules below count the same."),
        ],
        2: [
            Mistake("forgot to squash", s, "The sums are squashed: their length becomes r² / (1 + r²)."),
            Mistake(
                "forgot the couplings",
                _squashed(u.sum(axis=0)),
                say("At first each coupling is 1/{above}: multiply the predictions by it.", above=above),
            ),
            Mistake(
                "divided by the capsules below",
                _squashed(u.mean(axis=0)),
                say("The couplings are 1/{above} at first.", above=above),
            ),
            Mistake(
                "made unit vectors",
                _unit(s),
                "Squashing leaves long vectors longer than short ones: the length becomes r² / (1 + r²).",
            ),
            Mistake("listened to one", _squashed(u[0]), "At first all capsules below count the same."),
        ],
        3: [
            Mistake(
                "left the couplings equal", start, "Agreement changes them: softmax of u · v for each capsule below."
            ),
            Mistake(
                "forgot the softmax", agreement.round(2), "Those are the agreements: take the softmax along each row."
            ),
            Mistake(
                "took the softmax of the columns",
                _softmax(agreement.T).T.round(2),
                "The couplings of a capsule below stand in a row: each row adds up to 1.",
            ),
            Mistake("rewarded disagreement", _softmax(-agreement).round(2), "Agreement makes a coupling larger."),
            Mistake(
                "compared with the sums",
                _softmax((u * s).sum(axis=2)).round(2),
                "The agreement is with the squashed vectors.",
            ),
        ],
    }[draw.level]
    return Draft(
        prompt="{names} hold what each capsule below predicts for the {above} capsules above, one row for each of "
        "these. "
        "Routing by agreement begins with equal couplings. {question}",
        given=given,
        facts={"above": above, "names": names, "question": question},
        kind=draw.by_level("choice", "array", "array"),
        tolerance=tolerance,
        answer=answer,
        mistakes=mistakes,
        solution=[
            say("Each coupling is 1/{above}, so the sums are {s}.", above=above, s=s),
            *([say("Squashed: {v}.", v=v.round(3))] if draw.level > 1 else []),
            *(
                [
                    say("Agreements u · v: {agreement}.", agreement=agreement.round(3)),
                    say("Their softmax, row by row: {answer}.", answer=answer),
                ]
                if draw.level == 3
                else []
            ),
        ],
        scene=_scene(u, draw.level),
    )


def _scene(u: Batch, level: int) -> Scene | None:
    """Return the scene of predictions that it can draw; it writes no sums, so level 1 has none."""
    if level == 1 or not u.any(axis=2).all():
        return None
    face, other = (typed(rows.tolist()) for rows in u.swapaxes(0, 1))
    return Scene("ch11-s03-routing", {"face": face, "other": other, "rounds": level - 1})


def _squashed(s: Batch) -> object:
    square = (s * s).sum(axis=-1, keepdims=True)
    return (s * np.sqrt(square) / (1 + square)).round(2)


def _unit(s: Batch) -> object:
    length = np.sqrt((s * s).sum(axis=-1, keepdims=True))
    return (s / np.where(length > 0, length, 1)).round(2)


def _softmax(b: Batch) -> Batch:
    powers = np.exp(b)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
