"""How large the map is that comes out."""

from cnnviz.engine import output_shape
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WIDEST = 96
"""Cells, padding included, that the scene can draw in a row."""


@topic("output-size", chapter=3, title="Output size")
def output_size(draw: Draw) -> Draft:
    """Ask for one side of the map after a convolution."""
    if draw.level == 3:
        return _backward(draw)
    kernel = draw.one((3, 5))
    stride = draw.by_level(1, 2)
    padding = draw.integer(1, kernel // 2)
    size = draw.integer(*draw.by_level((6, 12), (12, 40)))
    (answer,) = output_shape(size, kernel, stride=stride, padding=padding)
    padded = size + 2 * padding
    places = padded - kernel
    return Draft(
        prompt="A picture of {size} × {size} cells goes through a convolution with a {kernel} × {kernel} kernel, "
        "stride {stride} and padding {padding}. How many rows does the output have?",
        facts={"size": size, "kernel": kernel, "stride": stride, "padding": padding},
        kind=draw.by_level("choice", "numeric"),
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
        scene=_scene(size, kernel, stride, padding),
    )


def _backward(draw: Draw) -> Draft:
    """Ask how large the picture may have been at most."""
    kernel, stride = draw.one((3, 5, 7)), draw.integer(2, 3)
    padding, size = draw.integer(1, kernel // 2), draw.integer(12, 130)
    (made,) = output_shape(size, kernel, stride=stride, padding=padding)
    same = [
        side
        for side in range(size, size + stride)
        if output_shape(side, kernel, stride=stride, padding=padding) == (made,)
    ]
    answer, spare, steps = same[-1], stride - 1, made - 1
    reach = steps * stride + kernel
    return Draft(
        prompt="A convolution with a {kernel} × {kernel} kernel, stride {stride} and padding {padding} made a map of "
        "{made} rows. How many rows did the picture have at most?",
        facts={"kernel": kernel, "stride": stride, "padding": padding, "made": made},
        kind="numeric",
        answer=answer,
        mistakes=[
            Mistake(
                "gave the smallest picture",
                answer - spare,
                "That many rows are enough, but up to stride − 1 more may be there without another window.",
            ),
            Mistake(
                "left the padding in",
                answer + 2 * padding,
                "The padding is no part of the picture: take it away on both sides.",
            ),
            Mistake("took one padding away", answer + padding, "Padding was added on both sides: take it away twice."),
            Mistake("took a step for each window", answer + stride, "There is one step fewer than windows."),
            Mistake(
                "multiplied by the stride",
                made * stride,
                "There is one step fewer than windows, and the last window is a whole kernel wide.",
            ),
            Mistake("counted one row too many", answer + 1, "With one row more another window would fit."),
        ],
        solution=[
            say(
                "From the first to the last of {made} windows are {steps} steps of {stride}, and a window covers "
                "{kernel} rows: {steps}·{stride} + {kernel} = {reach}.",
                made=made,
                steps=steps,
                stride=stride,
                kernel=kernel,
                reach=reach,
            ),
            say(
                "There is room for {more} without another window: {reach} + {spare} = {most}.",
                more=count(spare, "more row"),
                spare=spare,
                reach=reach,
                most=reach + spare,
            ),
            say(
                "Without the padding: {most} − 2·{padding} = {answer}.",
                most=reach + spare,
                padding=padding,
                answer=answer,
            ),
        ],
        scene=_scene(answer, kernel, stride, padding),
    )


def _scene(size: int, kernel: int, stride: int, padding: int) -> Scene | None:
    options: dict[str, str | int | list[list[int]]] = {
        "size": size,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
    }
    return Scene("ch03-s05-output-size", options) if size + 2 * padding <= WIDEST else None
