"""A step down the gradient."""

import numpy as np

from cnnviz.nn import SGD, Parameter
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("sgd-step", chapter=8, title="A step of gradient descent")
def sgd_step(draw: Draw) -> Draft:
    """Ask for the weights after one step, after two with momentum, or back from the weights for the learning rate."""
    if draw.level == 3:
        return _backward(draw)
    length = 2
    w = np.array(draw.row(length, -9, 9), float)
    rate = draw.one((0.5, 0.1, 0.2))
    first = np.array(draw.row(length, -5, 5), float)
    second = np.array(draw.row(length, -5, 5), float)
    momentum = draw.by_level(0.0, 0.5)
    gradients = [first] if draw.level == 1 else [first, second]
    weight = Parameter(shape=(length,), values=w)
    optimizer = SGD(rate, momentum=momentum)
    path = [w]
    for gradient in gradients:
        optimizer.step({"w": weight}, {"w": gradient})
        path.append(weight.array("quiz"))
    total = np.sum(gradients, axis=0)
    names = ("g1", "g2")[: len(gradients)]
    how = say(" and momentum {momentum} (v = {momentum} · v + g, from v = 0)", momentum=momentum) if momentum else ""
    return Draft(
        prompt="Gradient descent with the learning rate {rate}{how} begins at the weights w; the {steps} {names}. "
        "What are "
        "the weights then?",
        given={"w": w, **dict(zip(names, gradients, strict=True))},
        facts={
            "rate": rate,
            "how": how,
            "names": names[0] if len(names) == 1 else say("{one} and {other}", one=names[0], other=names[1]),
            "steps": "gradient of its step is" if len(gradients) == 1 else "gradients of its two steps are",
        },
        kind=draw.by_level("choice", "array"),
        answer=path[-1],
        mistakes=[
            *(
                [
                    Mistake(
                        "forgot the momentum",
                        w - rate * total,
                        "The second step also goes on with a part of the first: v = momentum · v + g.",
                    )
                ]
                if momentum
                else []
            ),
            Mistake("went up", 2 * w - path[-1], "The gradient points uphill: take it away."),
            Mistake("forgot the learning rate", w - total, "The learning rate says how far: multiply by it."),
            *(
                [Mistake("made one step only", path[1], "That is the first step alone: the second goes on from there.")]
                if len(gradients) > 1
                else []
            ),
            Mistake("took the step for the weights", path[-1] - w, "That is the change: add it to the weights."),
            Mistake("multiplied the weights", w * (1 - rate), "The step is learning rate times gradient, not weights."),
            Mistake("divided by the learning rate", w - total / rate, "Multiply the gradient by the learning rate."),
        ],
        solution=[
            "w becomes w − learning rate × "
            + ("v, with v = momentum · v + g, from v = 0." if momentum else "gradient."),
            *(say("After step {i}: {at}.", i=i, at=at) for i, at in enumerate(path[1:], 1)),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the learning rate, told the weights before and after."""
    w, g = (
        np.array(draw.row(2, 1, 9), float),
        np.array([draw.one((-8, -6, -4, -2, 2, 4, 6, 8)) for _ in range(2)], float),
    )
    rate = draw.one((0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5))
    weight = Parameter(shape=(2,), values=w)
    SGD(rate).step({"w": weight}, {"w": g})
    after = weight.array("quiz")
    return Draft(
        prompt="One step of gradient descent without momentum led from the weights w0 to the weights w1; the gradient "
        "was g. How large was the learning rate?",
        given={"w0": w, "g": g, "w1": after},
        kind="numeric",
        answer=rate,
        mistakes=[
            Mistake("turned the sign", -rate, "The step goes against the gradient: w1 = w0 − rate × g."),
            Mistake("divided the other way", 1 / rate, "The step is rate × gradient: divide the step by the gradient."),
            Mistake(
                "gave the step", (w - after)[0], "That is the step of the first weight: divide it by its gradient."
            ),
            Mistake(
                "compared the weights",
                round(float(after[0] / w[0]), 4),
                "Weights are not scaled: look at their difference.",
            ),
            Mistake(
                "divided by the weight",
                round(float((w - after)[0] / w[0]), 4),
                "The step is a part of the gradient, not of the weight.",
            ),
        ],
        solution=[
            say("The step is w0 − w1 = {step}.", step=w - after),
            say(
                "It is rate × g: {step} / {g} = {rate}, and the same for the other weight.",
                step=(w - after)[0],
                g=g[0],
                rate=rate,
            ),
        ],
    )
