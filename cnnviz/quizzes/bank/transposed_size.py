"""How large a map a transposed convolution makes."""

from cnnviz.engine import output_shape
from cnnviz.quizzes.batch import typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WIDEST = 8
"""Cells along a side that the scene stamps in about a minute."""


@topic("transposed-size", chapter=3, title="Size after a transposed convolution")
def transposed_size(draw: Draw) -> Draft:
    """Ask for one side of the output of a transposed convolution."""
    if draw.level == 3:
        return _backward(draw)
    size = draw.integer(*draw.by_level((2, 8), (4, 16)))
    stride = draw.by_level(2, draw.integer(2, 3))
    kernel = draw.one(draw.by_level((2, 3), (2, 3, 4)))
    padding = draw.by_level(0, draw.integer(0, 1))
    extra = draw.by_level(0, draw.integer(0, stride - 1))
    (answer,) = output_shape(size, kernel, stride=stride, padding=padding, output_padding=extra, transposed=True)
    spread = (size - 1) * stride
    forward = (size + 2 * padding - kernel) // stride + 1
    return Draft(
        prompt="A map of {size} × {size} goes through a transposed convolution with a {kernel} × {kernel} kernel, "
        "stride {stride}, padding {padding} and output padding {extra}. How many rows does the output have?",
        facts={"size": size, "kernel": kernel, "stride": stride, "padding": padding, "extra": extra},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "used the formula of a convolution",
                forward,
                "A transposed convolution goes the other way: it makes the map larger.",
            ),
            Mistake(
                "multiplied the size by the stride",
                size * stride,
                "The last stamp is not followed by a step: (size − 1) steps, then the whole kernel.",
            ),
            Mistake("forgot the kernel", spread + 1 - 2 * padding + extra, "The last stamp is a whole kernel wide."),
            Mistake(
                "took size steps",
                size * stride + kernel - 2 * padding + extra,
                "Between the stamps there are size − 1 steps.",
            ),
            Mistake(
                "added the padding",
                spread + kernel + 2 * padding + extra,
                "Here padding cuts cells off: take it away on both sides.",
            ),
            Mistake("cut one side only", spread + kernel - padding + extra, "Padding is cut off on both sides: twice."),
            Mistake("forgot the output padding", answer - extra, "Output padding adds its cells at the end."),
            Mistake("kept the size", size, "A stride above 1 spreads the stamps: the map grows."),
        ],
        solution=[
            say(
                "{size} stamps of the kernel, {stride} cells apart: ({size} − 1)·{stride} + {kernel} = {stamped}.",
                size=size,
                stride=stride,
                kernel=kernel,
                stamped=spread + kernel,
            ),
            say(
                "Padding cuts off {padding} on each side: {stamped} − 2·{padding} = {left}.",
                padding=padding,
                stamped=spread + kernel,
                left=spread + kernel - 2 * padding,
            ),
            say("Output padding adds {extra}: {answer}.", extra=extra, answer=answer),
        ],
        scene=Scene(
            "ch03-s07-transposed-convolution",
            {
                "image": "ramp",
                "size": size,
                "kernel": typed([[1] * kernel] * kernel),
                "stride": stride,
                "padding": padding,
                "output_padding": extra,
            },
        )
        if size <= WIDEST
        else None,
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the padding that makes the size fit."""
    size, stride, kernel = draw.integer(7, 32), draw.integer(2, 4), draw.integer(3, 6)
    padding, extra = draw.integer(1, 2), draw.integer(0, stride - 1)
    (made,) = output_shape(size, kernel, stride=stride, padding=padding, output_padding=extra, transposed=True)
    full = (size - 1) * stride + kernel
    return Draft(
        prompt="A transposed convolution with a {kernel} × {kernel} kernel, stride {stride} and output padding "
        "{extra} must make {made} rows of {size}. Which padding does it need?",
        facts={"size": size, "kernel": kernel, "stride": stride, "extra": extra, "made": made},
        kind="numeric",
        answer=padding,
        mistakes=[
            Mistake(
                "took both sides together",
                2 * padding,
                "That is what must go in all: padding cuts it off on both sides.",
            ),
            Mistake(
                "forgot the output padding",
                (full - made) / 2,
                "Output padding adds rows at the end, which must go, too.",
            ),
            Mistake(
                "took the output padding twice",
                (full + 2 * extra - made) / 2,
                "Output padding adds rows at one end only.",
            ),
            Mistake(
                "took size steps",
                (size * stride + kernel + extra - made) / 2,
                "The last stamp is not followed by a step: count size − 1 steps.",
            ),
            Mistake("did not pad", 0, "Without padding more rows would come out: work out how many."),
            Mistake(
                "padded as a convolution does",
                kernel // 2,
                "That keeps the size of a convolution; here work out how many rows are too many.",
            ),
        ],
        solution=[
            say(
                "Without padding: {steps}·{stride} + {kernel} + {extra} = {rows} rows.",
                steps=size - 1,
                stride=stride,
                kernel=kernel,
                extra=extra,
                rows=full + extra,
            ),
            say(
                "Too many are {rows} − {made} = {lost}, half of them on each side: {lost} / 2 = {padding}.",
                rows=full + extra,
                made=made,
                lost=2 * padding,
                padding=padding,
            ),
        ],
    )
