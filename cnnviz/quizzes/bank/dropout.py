"""What dropout leaves."""

import numpy as np

from cnnviz.engine import dropout as drop
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WHEN = ("training", "evaluation")


@topic("dropout", chapter=8, title="Dropout")
def dropout(draw: Draw) -> Draft:
    """Ask for what comes out of dropout, in training or in evaluation; at level 3 for p."""
    if draw.level == 3:
        return _backward(draw)
    p = draw.one(draw.by_level((0.5,), (0.5, 0.2, 0.25, 0.75)))
    length = draw.by_level(4, 6)
    # What is divided by 3/4 is divisible by 3, so that a pencil is enough.
    x = np.array([draw.integer(1, 9) for _ in range(length)], float) * (3 if p == 0.25 else 1)
    seed = draw.integer(0, 10**6)
    kept = (drop(np.ones(length), p, seed=seed) > 0).astype(float)
    when = "training" if draw.level == 1 else draw.one(WHEN)
    training = when == "training"
    answer = drop(x, p, training, seed=seed)
    scaled = x * kept / (1 - p)
    return Draft(
        prompt="Dropout with p = {p} is given x; chance has chosen to keep the cells where k is 1. What comes out in "
        "{when}, as PyTorch does it (inverted dropout)?",
        given={"x": x, "k": kept},
        facts={"p": p, "when": when},
        kind=draw.by_level("choice", "array"),
        answer=answer,
        mistakes=[
            *(
                [
                    Mistake(
                        "did not scale up",
                        x * kept,
                        "What is kept is divided by 1 − p, so that the expected sum stays.",
                    ),
                    Mistake("scaled down", x * kept * (1 - p), "What is kept becomes larger: divide by 1 − p."),
                    Mistake(
                        "took it for evaluation", x, "In evaluation nothing would be dropped, but this is training."
                    ),
                ]
                if training
                else [
                    Mistake("dropped in evaluation", scaled, "In evaluation nothing is dropped: x passes unchanged."),
                    Mistake("masked in evaluation", x * kept, "In evaluation nothing is dropped: x passes unchanged."),
                    Mistake(
                        "scaled in evaluation",
                        x * (1 - p),
                        "The scaling is done in training already, so nothing is left to do.",
                    ),
                    Mistake("scaled up in evaluation", x / (1 - p), "Nothing is dropped, so nothing is scaled up."),
                ]
            ),
            Mistake(
                "dropped the kept ones",
                x * (1 - kept) / (1 - p),
                "Here the wrong cells became 0: k = 1 marks what is kept.",
            ),
            Mistake("divided by p", x * kept / p, "The chance to be kept is 1 − p: divide by that."),
        ],
        solution=[
            say(
                "In training the kept cells are divided by 1 − {p} = {n1_less_p}, the others become 0.",
                p=p,
                n1_less_p=1 - p,
            )
            if training
            else "In evaluation dropout does nothing.",
            say("What comes out is {answer}.", answer=answer),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask for p, told what became of a number."""
    p, unit = draw.one(((0.5, 1), (0.2, 4), (0.25, 3), (0.75, 1), (0.6, 2), (0.9, 1), (0.1, 9), (0.4, 3)))
    x = draw.integer(1, 12) * unit
    seed = next(seed for seed in range(1000) if drop(np.ones(1), p, seed=seed)[0] > 0)
    made = float(drop(np.array([float(x)]), p, seed=seed)[0])
    return Draft(
        prompt="In training, dropout as PyTorch does it (inverted dropout) has kept a number: {x} went in, and {made} "
        "came out. Which p does the layer have?",
        facts={"x": x, "made": made},
        kind="numeric",
        answer=p,
        mistakes=[
            Mistake(
                "gave the chance to be kept",
                round(x / made, 4),
                "That is 1 − p, the chance to be kept; p is the chance to be dropped.",
            ),
            Mistake(
                "gave the factor", round(made / x, 4), "The number is divided by 1 − p: turn the factor round first."
            ),
            Mistake(
                "gave the growth", round(made / x - 1, 4), "The number is divided by 1 − p, not multiplied by 1 + p."
            ),
            Mistake("took the difference", made - x, "Dropout scales: divide."),
            Mistake("took it for evaluation", 0, "The number has changed, so p is not 0."),
        ],
        solution=[
            say(
                "What is kept is divided by 1 − p, so 1 − p = {x} / {made} = {kept}.",
                x=x,
                made=made,
                kept=round(1 - p, 4),
            ),
            say("p = 1 − {kept} = {p}.", kept=round(1 - p, 4), p=p),
        ],
    )
