"""How wrong a prediction is."""

import numpy as np

from cnnviz.engine import cross_entropy as loss_of
from cnnviz.engine import softmax
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

LN2 = 0.693


@topic("cross-entropy", chapter=6, title="Cross-entropy")
def cross_entropy(draw: Draw) -> Draft:
    """Ask for the loss of given shares, or of a batch of two; at level 3 for the share behind a loss."""
    if draw.level == 3:
        return _backward(draw)
    examples = draw.level
    if draw.level == 1:
        shares = np.array([draw.some((0.5, 0.25, 0.125, 0.125), 4)])
        scores = np.log(shares)
        given, what = shares[0], "softmax gives the classes the shares p"
        hint: str = say(" (ln 2 ≈ {LN2})", LN2=LN2)
    else:
        scores = np.array(draw.rows(examples, 3, -1, 3), float)
        shares = softmax(scores)
        given = scores
        what = "the network gives the classes the scores s, one row for each of 2 examples"
        hint = ""
    labels = draw.row(examples, 0, shares.shape[1] - 1)
    answer = round(float(loss_of(scores, np.array(labels))), 2)
    picked = shares[range(examples), labels]
    logs = -np.log(picked)
    name = "p" if draw.level == 1 else "s"
    target = listed(labels)
    other = shares.argmax(axis=1)
    names = (
        [say("Example {i}", i=i) for i in range(examples)] if examples > 1 else [say("Class {target}", target=target)]
    )
    return Draft(
        prompt="For a picture {what}; the right class is {target}, counted from 0. How large is the cross-entropy "
        "loss, "
        "with the natural logarithm{hint}? Round to two decimals."
        if examples == 1
        else "For two pictures {what}; the right classes are {target}, counted from 0. How large is the cross-entropy "
        "loss, averaged over the examples, with the natural logarithm{hint}? Round to two decimals.",
        given={name: given},
        facts={"what": what, "target": target, "hint": hint},
        kind=draw.by_level("choice", "numeric"),
        tolerance=0.011,
        answer=answer,
        mistakes=[
            *(
                [
                    Mistake(
                        "forgot the softmax",
                        round(float(-scores[range(examples), labels].mean()), 2),
                        "Scores are not shares: take the softmax first.",
                    ),
                    Mistake("added the examples", round(float(logs.sum()), 2), "The loss of a batch is the average."),
                ]
                if draw.level > 1
                else []
            ),
            Mistake("forgot the logarithm", round(float(picked.mean()), 2), "That is the share: take −ln of it."),
            Mistake("forgot the minus", -answer, "The logarithm of a share is negative; the loss is its opposite."),
            Mistake("took 1 − p", round(float((1 - picked).mean()), 2), "The loss is −ln p, not what is missing to 1."),
            Mistake(
                "took logarithms to base 2",
                round(float(-np.log2(picked).mean()), 2),
                "The natural logarithm is asked for: −ln p.",
            ),
            Mistake(
                "took the predicted class",
                round(float(-np.log(shares[range(examples), other]).mean()), 2),
                "Take the share of the right class, not that of the likeliest.",
            ),
            Mistake(
                "added all classes",
                round(float(-np.log(shares).sum() / examples), 2),
                "Only the share of the right class counts.",
            ),
        ],
        solution=[
            *([say("Shares: {shares}.", shares=shares.round(4))] if draw.level > 1 else []),
            *(
                say("{names}: −ln {p} = {loss}.", names=names[i], p=round(float(p), 4), loss=round(float(loss), 3))
                for i, (p, loss) in enumerate(zip(picked, logs, strict=True))
            ),
            say("The loss is their average, {answer}." if examples > 1 else "The loss is {answer}.", answer=answer),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the share of the right class, told the loss."""
    loss = draw.integer(2, 30) / 10
    answer = round(float(np.exp(-loss)), 2)
    return Draft(
        prompt="For one picture the cross-entropy loss, with the natural logarithm, is {loss}. Which share has the "
        "network given to the right class? Round to two decimals.",
        facts={"loss": loss},
        kind="numeric",
        tolerance=0.011,
        answer=answer,
        mistakes=[
            Mistake(
                "took 1 − loss", round(1 - loss, 2), "The loss is −ln p: undo the logarithm, e to the power of −loss."
            ),
            Mistake("forgot the minus", round(float(np.exp(loss)), 2), "A share is at most 1: the power is −loss."),
            Mistake(
                "gave the other classes", round(1 - float(np.exp(-loss)), 2), "That is left for the other classes."
            ),
            Mistake(
                "took a power of 2", round(float(2.0**-loss), 2), "The natural logarithm is undone by a power of e."
            ),
            Mistake(
                "took a power of 10", round(float(10.0**-loss), 2), "The natural logarithm is undone by a power of e."
            ),
            Mistake(
                "took the logarithm again", round(float(-np.log(loss)), 2), "The loss is a logarithm already: undo it."
            ),
        ],
        solution=[
            say("{loss} = −ln p, so p is e to the power of −{loss}.", loss=loss),
            say("That is {answer}.", answer=answer),
        ],
    )
