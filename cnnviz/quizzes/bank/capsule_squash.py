"""How a capsule's vector is squashed."""

import numpy as np

from cnnviz.engine import squash
from cnnviz.quizzes.batch import Batch, typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

VECTORS = ((3, 4), (4, 3), (6, 8), (8, 6), (5, 12), (0, 2), (2, 0), (0, 1), (1, 0), (0, 3), (-3, 4), (4, -3))
LONGER = ((1, 2, 2), (2, 1, -2), (2, 3, 6), (-2, 2, 1), (1, 4, 8), (4, -4, 2), (0, 3, 4))


@topic("capsule-squash", chapter=11, title="Squash")
def capsule_squash(draw: Draw) -> Draft:
    """Ask for the squashed vector, or at level 1 for its length."""
    if draw.level == 3:
        return _backward(draw)
    scale = draw.by_level(1, draw.one((1, 0.5, 0.1)))
    s = np.array(draw.one(VECTORS), float) * scale
    length = float(np.sqrt((s * s).sum()))
    y = squash(s)
    short = float(np.sqrt((y * y).sum()))
    asks_length = draw.level == 1
    wrong = {
        "gave the length before": (length, s, "Squashing shortens: r becomes r² / (1 + r²), which is below 1."),
        "made it a unit vector": (
            1,
            s / length,
            "The length becomes r² / (1 + r²): near 1 for long vectors, but never 1.",
        ),
        "forgot to square": (
            length / (1 + length),
            s / (1 + length),
            "The length becomes r² / (1 + r²): square it above and below.",
        ),
        "turned the fraction": (1 / (1 + length**2), s / length / (1 + length**2), "r² stands above the stroke, too."),
        "took a sigmoid": (
            1 / (1 + np.exp(-length)),
            1 / (1 + np.exp(-s)),
            "Squashing shortens the whole vector and keeps its direction.",
        ),
        "forgot the length below": (
            length**2 / (1 + length**2) * length,
            s * length**2 / (1 + length**2),
            "The direction is the vector divided by its length.",
        ),
    }
    return Draft(
        prompt="A capsule's vector s is squashed. How long is it afterward? Round to three decimals."
        if asks_length
        else "A capsule's vector s is squashed. Which vector comes out? Round to three decimals.",
        given={"s": s},
        kind=draw.by_level("choice", "array"),
        tolerance=0.0011,
        answer=round(short, 3) if asks_length else y.round(3),
        mistakes=[
            Mistake(name, round(float(one), 3) if asks_length else np.asarray(vector).round(3), feedback)
            for name, (one, vector, feedback) in wrong.items()
        ],
        solution=[
            say("Its length is r = {length}.", length=round(length, 4)),
            say("It becomes r² / (1 + r²) = {short}.", short=round(short, 3)),
            *([] if asks_length else [say("In the same direction: {y}.", y=y.round(3))]),
        ],
        scene=_scene(s, length),
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the vector that was squashed."""
    length, direction = (
        draw.one((0.5, 1, 2, 3)),
        np.array(draw.one(((3, 4), (4, 3), (-3, 4), (4, -3), (-4, -3), (0, 5), (5, 0))), float) / 5,
    )
    s = length * direction
    y = squash(s)
    short = length**2 / (1 + length**2)
    return Draft(
        prompt="Squashing a capsule's vector has made y. Which vector went in?",
        given={"y": y},
        kind="array",
        answer=s,
        mistakes=[
            Mistake(
                "left it as it is",
                y,
                "That is what came out: squashing has changed the length from r to r² / (1 + r²).",
            ),
            Mistake("made it a unit vector", direction, "Squashing forgets no length: work r out from r² / (1 + r²)."),
            Mistake("squashed it again", squash(y).round(4), "That goes on forward: undo the squashing instead."),
            Mistake(
                "forgot the root",
                (short / (1 - short) * direction).round(4),
                "That is r²: the length is its square root.",
            ),
            Mistake("turned it round", -s, "The direction stays."),
        ],
        solution=[
            say(
                "y has the length {short} = r² / (1 + r²), so r² = {short} / (1 − {short}) = {square} and r = "
                "{length}.",
                short=round(short, 4),
                square=round(length**2, 4),
                length=length,
            ),
            say("In the same direction: {s}.", s=s),
        ],
        scene=_scene(s, length),
    )


def _scene(s: Batch, length: float) -> Scene | None:
    """Return the scene of a vector that it can draw."""
    return Scene("ch11-s02-squash", {"vector": typed([s.tolist()])}) if 0.1 <= length <= 5 else None
