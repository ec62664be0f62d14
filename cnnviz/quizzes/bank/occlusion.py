"""Which part of a picture a score rests on: cover it and see."""

import numpy as np

from cnnviz.nn import Flatten, Linear, Sequential
from cnnviz.nn.inside import occlusion as covered
from cnnviz.quizzes.batch import Batch, batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("occlusion", chapter=10, title="Covering parts of a picture")
def occlusion(draw: Draw) -> Draft:
    """Ask for the greatest loss, for the whole map of losses, or for the weights behind one."""
    return {1: _greatest, 2: _map, 3: _backward}[draw.level](draw)


def _greatest(draw: Draw) -> Draft:
    scores, whole = np.array(draw.rows(2, 3, 1, 20)), draw.integer(14, 30)
    answer, least = int(whole - scores.min()), int(scores.min())
    return Draft(
        prompt="A network gives a picture the score {whole} for a class. P holds the score when a gray patch covers "
        "each of six places. How much does the score lose at the place that it rests on most?",
        given={"P": scores},
        facts={"whole": whole},
        answer=answer,
        mistakes=[
            Mistake(
                "gave what is left", least, say("That is left of {whole}; the question is what is lost.", whole=whole)
            ),
            Mistake(
                "took the place that matters least",
                int(whole - scores.max()),
                "Where the score stays high, little was covered that counts: look for the lowest score.",
            ),
            Mistake("took the highest score", int(scores.max()), "Look for the lowest score, and take it away."),
            Mistake(
                "compared the places",
                int(scores.max() - least),
                say("Compare with the whole picture: {whole}.", whole=whole),
            ),
            Mistake(
                "took the average", round(float(whole - scores.mean()), 2), "One place is asked for, not all of them."
            ),
            Mistake("added", whole + least, "What is lost is a difference."),
        ],
        solution=[
            say("The lowest score is {least}: there the patch covers most of what counts.", least=least),
            say("{whole} − {least} = {answer}.", whole=whole, least=least, answer=answer),
        ],
    )


def _map(draw: Draw) -> Draft:
    x, weight = np.array(draw.rows(3, 3, 0, 5), float), np.array(draw.rows(3, 3, -3, 4), float)
    answer = _drop(x, weight, 2)
    products = x * weight
    return Draft(
        prompt="A network's score for a class is the sum of the pixels X, each times its weight in W. A patch of 2 × 2 "
        "zeros covers every place of X in turn. Fill in the map of what the score loses.",
        given={"X": x, "W": weight},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "gave what is left", products.sum() - answer, "That is the score with the patch: the loss is asked for."
            ),
            Mistake("forgot the weights", _sums(x), "A pixel counts as much as its weight says."),
            Mistake("forgot the pixels", _sums(weight), "A weight counts as much as there is in its pixel."),
            Mistake("turned the sign", -answer, "Lost is the score of the whole picture less that of the covered one."),
            Mistake("averaged", answer / 4, "What the four pixels give is lost whole: add it up."),
            Mistake(
                "dropped the signs", _sums(np.abs(products)), "Covering what speaks against a class raises its score."
            ),
        ],
        solution=[
            say("What each pixel gives: {products}.", products=products),
            say("The whole picture's score: {whole}.", whole=products.sum()),
            say("Lost under each 2 × 2 patch: {answer}.", answer=answer),
        ],
    )


def _backward(draw: Draw) -> Draft:
    x, weight = np.array(draw.rows(2, 2, 1, 6), float), np.array(draw.rows(2, 2, -4, 5), float)
    lost = _drop(x, weight, 1)
    return Draft(
        prompt="A network's score for a class is the sum of the pixels X, each times a weight. D holds what the score "
        "loses when a single pixel is covered by 0. What are the weights?",
        given={"X": x, "D": lost},
        kind="array",
        answer=weight,
        mistakes=[
            Mistake("gave the losses", lost, "A loss is a pixel times its weight: divide by the pixel."),
            Mistake("multiplied", lost * x, "The pixel is in the loss already: divide by it."),
            Mistake("took pixels away", lost - x, "A pixel is multiplied by its weight: divide."),
            Mistake("turned the sign", -weight, "A loss means that the pixel spoke for the class."),
            Mistake("dropped the signs", np.abs(weight), "Where the score rose, the weight is negative."),
            Mistake(
                "divided the wrong way",
                np.where(lost == 0, 0, x / np.where(lost == 0, 1, lost)).round(2),
                "The loss is divided by the pixel.",
            ),
        ],
        solution=[
            say("Each loss is its pixel times its weight."),
            say("{lost} divided cell by cell by {x}: {weight}.", lost=lost, x=x, weight=weight),
        ],
    )


def _drop(x: Batch, weight: Batch, size: int) -> Batch:
    """Cover a network that only adds up."""
    network = Sequential({"flat": Flatten(), "score": Linear(x.size, 1, bias=False)})
    network.parameters()["score.weight"].values = weight.reshape(1, -1)
    return np.asarray(covered(network, batch(x), 0, size=size).drop[0])


def _sums(cells: Batch) -> Batch:
    return cells[:-1, :-1] + cells[1:, :-1] + cells[:-1, 1:] + cells[1:, 1:]
