"""Climbing: a picture goes along the gradient until a unit answers strongly."""

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine import conv2d, conv2d_vjp, linear, linear_vjp, relu, relu_vjp
from cnnviz.quizzes.batch import Batch, batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("activation-maximization", chapter=10, title="The picture that excites a unit")
def activation_maximization(draw: Draw) -> Draft:
    """Ask for a step up, for the gradient through ReLU, or for the number of steps."""
    return {1: _step, 2: _gradient, 3: _steps}[draw.level](draw)


def _step(draw: Draw) -> Draft:
    x, weight = np.array(draw.rows(2, 2, 0, 9), float), np.array(draw.rows(2, 2, -3, 4), float)
    rate = draw.one((0.5, 2, 3))
    slope = _slope(x, weight)
    answer = x + rate * slope
    return Draft(
        prompt="A unit's activation is the sum of the pixels X, each times its weight in W. The picture takes one step "
        "up the gradient of the activation, with step size {rate}. What is the picture then?",
        given={"X": x, "W": weight},
        facts={"rate": rate},
        answer=answer,
        mistakes=[
            Mistake(
                "went down", x - rate * slope, "That lowers the activation: go along the gradient, not against it."
            ),
            Mistake("forgot the step size", x + slope, say("The gradient is multiplied by {rate}.", rate=rate)),
            Mistake("gave the step", rate * slope, "The step is added to the picture."),
            Mistake("multiplied", x * weight, "That is what each pixel adds; its gradient is its weight."),
            Mistake("took the picture for the gradient", x + rate * x, "The gradient for a pixel is its weight."),
            Mistake(
                "dropped the signs", x + rate * np.abs(slope), "Where a weight is negative, the pixel gets darker."
            ),
            Mistake("changed the weights", weight + rate * x, "The network stays as it is: the picture changes."),
        ],
        solution=[
            say("The gradient for each pixel is its weight: {slope}.", slope=slope),
            say("{x} + {rate} · {slope} = {answer}.", x=x, rate=rate, slope=slope, answer=answer),
        ],
    )


def _gradient(draw: Draw) -> Draft:
    x, weight = np.array(draw.rows(3, 3, -3, 5), float), np.array(draw.rows(2, 2, -3, 4), float)
    before = conv2d(batch(x), batch(weight))
    (on,) = relu_vjp(np.ones_like(before), before)
    answer, flipped = _spread(on, x, weight), _spread(on, x, weight[::-1, ::-1])
    return Draft(
        prompt="A convolution layer with the kernel W makes a map of the picture X; ReLU follows. The activation to be "
        "raised is the sum of what comes out. What is its gradient with respect to the pixels?",
        given={"X": x, "W": weight},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the ReLU",
                _spread(np.ones_like(on), x, weight),
                "Windows whose sum is not above zero give nothing back: ReLU is flat there.",
            ),
            Mistake("flipped the kernel", flipped, "Each window gives its pixels the weights as they lie on them."),
            Mistake(
                "gave back what came out",
                _spread(relu(before), x, weight),
                "Of a sum each term has the gradient 1, however large it is.",
            ),
            Mistake(
                "kept the windows that are off", _spread(1 - on, x, weight), "The windows above zero give gradients."
            ),
            Mistake("went down", -answer, "The activation is to be raised: the gradient keeps its sign."),
            Mistake(
                "stepped already", x + answer, "That is the picture after a step of size 1; the gradient is asked for."
            ),
        ],
        solution=[
            say("Sums of the windows: {before}; above zero: {on}.", before=before[0, 0], on=on[0, 0]),
            say(
                "Each window above zero gives its pixels the weights that lie on them, added up: {answer}.",
                answer=answer,
            ),
        ],
    )


def _steps(draw: Draw) -> Draft:
    x, weight = np.array(draw.rows(2, 2, 0, 5), float), np.array(draw.rows(2, 2, -2, 3), float)
    rate = draw.one((0.5, 1, 2))
    start = float(linear(x.reshape(1, -1), weight.reshape(1, -1))[0, 0])
    gain = rate * float((_slope(x, weight) ** 2).sum())
    goal = int(start + gain * draw.integer(3, 12)) - draw.integer(0, 3)
    answer = int(-((start - goal) // gain)) if gain else 0
    return Draft(
        prompt="A unit's activation is the sum of the pixels X, each times its weight in W. Each step goes up the "
        "gradient with step size {rate}; no pixel is cut off. After how many steps is the activation first at least "
        "{goal}?",
        given={"X": x, "W": weight},
        facts={"rate": rate, "goal": goal},
        kind="numeric",
        answer=answer,
        mistakes=[
            Mistake("stopped short", answer - 1, say("Then it is still below {goal}: round up.", goal=goal)),
            Mistake(
                "forgot where it starts",
                int(-(-goal // gain)) if gain else 0,
                "Part of the way is done: the picture has an activation already.",
            ),
            Mistake(
                "added the weights once",
                round((goal - start) / (rate * float(np.abs(weight).sum()) or 1), 2),
                "A step adds the step size times each weight to its pixel, and the pixel counts with its weight: "
                "squares add up.",
            ),
            Mistake(
                "forgot the step size",
                int(-((start - goal) // (gain / rate))) if gain else 0,
                say("Each step goes {rate} times the gradient.", rate=rate),
            ),
            Mistake("did not round", round((goal - start) / (gain or 1), 2), "Steps are whole: round up."),
            Mistake("gave the way", goal - start, "Divide what is missing by what one step adds."),
        ],
        solution=[
            say(
                "At first: {start}. A step adds {rate} times the squares of the weights: {gain}.",
                start=start,
                rate=rate,
                gain=gain,
            ),
            say(
                "({goal} − {low}) / {gain} = {exact}, rounded up: {answer}.",
                goal=goal,
                low=start,
                gain=gain,
                exact=round((goal - start) / (gain or 1), 4),
                answer=answer,
            ),
        ],
    )


def _slope(x: Batch, weight: Batch) -> Batch:
    dx, *_ = linear_vjp(np.ones((1, 1)), x.reshape(1, -1), weight.reshape(1, -1))
    return np.asarray(dx.reshape(x.shape), float)


def _spread(dy: Floats, x: Batch, weight: Batch) -> Batch:
    return np.asarray(conv2d_vjp(dy, batch(x), batch(weight))[0][0, 0], float)
