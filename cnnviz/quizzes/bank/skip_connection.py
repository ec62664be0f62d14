"""What a skip connection adds, forward and backward."""

import numpy as np

from cnnviz.engine import conv2d, conv2d_vjp, relu
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("skip-connection", chapter=9, title="Skip connections")
def skip_connection(draw: Draw) -> Draft:
    """Ask for the output of a residual block, or at level 3 for the gradient of its input."""
    if draw.level == 3:
        return _gradient(draw)
    height, width = draw.by_level((2, 2), (2, 3))
    x = np.array(draw.rows(height, width, 0, 9), float)
    weight = float(draw.one((-3, -2, -1, 2)))
    factor = np.full((1, 1, 1, 1), weight)
    body = conv2d(batch(x), factor, np.array([1.0]))[0, 0]
    total = x + body
    last = draw.level == 2
    ending = ", and a ReLU follows the sum" if last else ""
    answer = relu(total) if last else total
    return Draft(
        prompt="A residual block reads x; its body F is a 1 × 1 convolution with the weight {weight} and the bias 1; "
        "the skip connection adds x to F(x){ending}. What does the block make?",
        given={"x": x},
        facts={"weight": weight, "ending": ending},
        kind=draw.by_level("choice", "array"),
        answer=answer,
        mistakes=[
            Mistake("forgot the skip connection", relu(body) if last else body, "Add x to what the body makes."),
            Mistake("forgot the body", x, "The skip connection is added to the body, it does not replace it."),
            *(
                [
                    Mistake("forgot the ReLU", total, "A ReLU follows the sum: negative numbers become 0."),
                    Mistake(
                        "applied ReLU before adding",
                        relu(body) + x,
                        "The ReLU comes after the sum.",
                    ),
                ]
                if last
                else []
            ),
            Mistake("multiplied", x * body, "The skip connection adds x; it does nothing else."),
            Mistake("took the greater", np.maximum(x, body), "The skip connection adds, it does not choose."),
            Mistake("forgot the bias", relu(total - 1) if last else total - 1, "The body has a bias of 1."),
            Mistake("took it away", body - x, "The skip connection adds x; it does nothing else."),
        ],
        solution=[
            say("F(x) = {weight}·x + 1 = {body}.", weight=weight, body=body),
            say("Plus x: {total}.", total=total),
            *([say("ReLU: {answer}.", answer=answer)] if last else []),
        ],
    )


def _gradient(draw: Draw) -> Draft:
    dy = np.array(draw.rows(2, 3, -5, 5), float)
    first, second = (float(draw.one((-2, -1, 2, 3))) for _ in range(2))
    factors = [np.full((1, 1, 1, 1), weight) for weight in (first, second)]
    x = np.zeros((1, 1, 2, 3))
    through = conv2d_vjp(batch(dy), x, factors[1])[0]
    body = conv2d_vjp(through, x, factors[0])[0][0, 0]
    return Draft(
        prompt="A residual block adds x to F(x), where F is a 1 × 1 convolution with the weight {first} and then one "
        "with the weight {second}, without ReLU. dY is the gradient of the "
        "loss with respect to the block's output. What is the gradient with respect to x?",
        given={"dY": dy},
        facts={"first": first, "second": second},
        kind="array",
        answer=dy + body,
        mistakes=[
            Mistake(
                "forgot the skip connection", body, "The gradient also comes back along the skip connection: add dY."
            ),
            Mistake(
                "forgot the body", dy, "The gradient also comes back through the body: weight times weight times dY."
            ),
            Mistake(
                "added the weights",
                dy * (1 + first + second),
                "The convolutions follow one another: multiply their weights.",
            ),
            Mistake("multiplied the ways", dy * body, "The gradients of the two ways add up."),
            Mistake(
                "skipped one layer only",
                dy * first * (1 + second),
                "The skip connection goes around the whole body: dY reaches x unchanged.",
            ),
            Mistake("took it away", dy - body, "The gradients of the two ways add up."),
        ],
        solution=[
            say("Through the body: {second} · {first} · dY = {body}.", second=second, first=first, body=body),
            say("Along the skip connection dY itself; together {total}.", total=dy + body),
        ],
    )
