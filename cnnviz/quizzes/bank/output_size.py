"""How large the map is that comes out."""

from cnnviz.engine import output_shape
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WIDEST = 96
"""Cells, padding included, that the scene can draw in a row."""


@topic("output-size", chapter=3, title="Output size")
def output_size(draw: Draw) -> Draft:
    """Ask for one side of the map after a convolution."""
    kernel = draw.one(draw.by_level((3, 5), (3, 5), (3, 5, 7)))
    stride = draw.by_level(1, 2, draw.integer(2, 3))
    padding = draw.integer(draw.by_level(1, 1, 0), kernel // 2)
    size = draw.integer(*draw.by_level((6, 12), (12, 40), (20, 230)))
    (answer,) = output_shape(size, kernel, stride=stride, padding=padding)
    padded = size + 2 * padding
    places = padded - kernel
    return Draft(
        prompt="A picture of {size} × {size} cells goes through a convolution with a {kernel} × {kernel} kernel, "
        "stride {stride} and padding {padding}. How many rows does the output have?",
        facts={"size": size, "kernel": kernel, "stride": stride, "padding": padding},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the floor",
                places / stride + 1,
                "A window fits or it does not: round the division down before adding 1.",
            ),
            Mistake(
                "forgot the + 1",
                places // stride,
                "That counts the steps between windows; there is one window more than steps: add 1.",
            ),
            Mistake(
                "forgot the padding",
                (size - kernel) // stride + 1,
                say(
                    "The padding adds rows above and below, {both} in all: begin with {padded}.",
                    both=2 * padding,
                    padded=padded,
                ),
            ),
            Mistake(
                "padded on one side only",
                (size + padding - kernel) // stride + 1,
                "Padding goes before and after: add it twice.",
            ),
            Mistake(
                "took the kernel away twice",
                (padded - 2 * (kernel // 2) - kernel) // stride + 1,
                "The kernel's border is lost once: take away the kernel and add 1.",
            ),
            Mistake(
                "forgot the stride",
                places + 1,
                say("The window moves by {stride} rows at a time: divide by the stride.", stride=stride),
            ),
            Mistake("kept the size", size, "Only some paddings keep the size: put the numbers into the formula."),
        ],
        solution=[
            "Output = floor((size + 2 · padding − kernel) / stride) + 1.",
            say(
                "With padding the input has {size} + 2·{padding} = {padded} rows.",
                size=size,
                padding=padding,
                padded=padded,
            ),
            say(
                "The window can move {padded} − {kernel} = {places} rows, in {steps} whole steps of {stride}.",
                padded=padded,
                kernel=kernel,
                places=places,
                steps=places // stride,
                stride=stride,
            ),
            say("One window more than steps: {steps} + 1 = {answer}.", steps=places // stride, answer=answer),
        ],
        scene=Scene("ch03-s05-output-size", {"size": size, "kernel": kernel, "stride": stride, "padding": padding})
        if padded <= WIDEST
        else None,
    )
