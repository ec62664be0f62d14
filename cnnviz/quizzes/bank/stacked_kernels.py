"""Small kernels one after another against a large one."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.field import fields
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("stacked-kernels", chapter=5, title="Two 3 × 3 see like one 5 × 5")
def stacked_kernels(draw: Draw) -> Draft:
    """Ask how many weights a stack of small kernels saves against one kernel that sees as much."""
    if draw.level == 3:
        return _backward(draw)
    layers = draw.by_level(draw.integer(2, 3), draw.integer(2, 4))
    channels = draw.by_level(draw.integer(1, 4), draw.one((8, 10, 16, 32)))
    kernel = 3
    side = fields([kernel] * layers, [1] * layers)[-1].size
    small = layers * parameter_count(channels, channels, kernel, bias=False)
    large = parameter_count(channels, channels, side, bias=False)
    wrong = kernel * layers
    return Draft(
        prompt="A stack of {layers} convolutions of {kernel} × {kernel}, stride 1, sees as much of the picture as one "
        "convolution with a single large kernel. Each goes from {channels} to {channels} channels, without bias. How "
        "many weights does the stack save?",
        facts={"layers": layers, "kernel": kernel, "channels": channels},
        kind=draw.by_level("choice", "numeric"),
        answer=large - small,
        mistakes=[
            Mistake("forgot to take away", large, "That is the large kernel: take away what the small ones need."),
            Mistake("counted the small kernels", small, "That is the stack: take it away from the large kernel."),
            Mistake(
                "added the kernels' sides",
                parameter_count(channels, channels, wrong, bias=False) - small,
                say(
                    "{layers} layers of {kernel} × {kernel} see {side} cells, not {wrong}: each adds {kernel_moves}.",
                    layers=layers,
                    kernel=kernel,
                    side=side,
                    wrong=wrong,
                    kernel_moves=kernel - 1,
                ),
            ),
            Mistake(
                "counted one small layer",
                large - small // layers,
                say("There are {layers} small layers: take all of them away.", layers=layers),
            ),
            Mistake(
                "forgot the channels",
                side * side - layers * kernel * kernel,
                "Each filter has a slice for each input channel, and there are as many filters as output channels.",
            ),
            Mistake(
                "counted the channels once",
                channels * (side * side - layers * kernel * kernel),
                "Input and output channels both count: multiply by the channels twice.",
            ),
        ],
        solution=[
            say(
                "They see 1 + {layers}·({kernel} − 1) = {side} cells: the large kernel is {side} × {side}.",
                layers=layers,
                kernel=kernel,
                side=side,
            ),
            say(
                "Small: {layers} × {kernel} × {kernel} × {channels} × {channels} = {small}.",
                layers=layers,
                kernel=kernel,
                channels=channels,
                small=small,
            ),
            say(
                "Large: {side} × {side} × {channels} × {channels} = {large}.", side=side, channels=channels, large=large
            ),
            say(
                "Saved: {large} − {small} = {large_less_small}.",
                large=large,
                small=small,
                large_less_small=large - small,
            ),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask how many small kernels see as much as a large one."""
    kernel, layers = draw.one((3, 5, 7)), draw.integer(2, 9)
    made = fields([kernel] * layers, [1] * layers)[-1].size
    return Draft(
        prompt="How many convolutions of {kernel} × {kernel} with stride 1, one after the other, see as much of the "
        "picture as one of {made} × {made}?",
        facts={"kernel": kernel, "made": made},
        kind="numeric",
        answer=layers,
        mistakes=[
            Mistake(
                "divided the sides",
                round(made / kernel, 2),
                "Each layer adds its kernel − 1 cells: the center is seen already.",
            ),
            Mistake(
                "forgot the cell itself",
                round(made / (kernel - 1), 2),
                "Begin with the one cell that sees itself: take away 1 first.",
            ),
            Mistake(
                "compared the weights",
                round(made**2 / kernel**2, 2),
                "That compares weights; what is seen grows by kernel − 1 with each layer.",
            ),
            Mistake(
                "took the difference", made - kernel, "The further layers add that many cells: divide by what one adds."
            ),
            Mistake("forgot the first layer", layers - 1, "The first layer counts, too."),
            Mistake(
                "counted one layer too many", layers + 1, "The cell itself is no layer: take away 1 before you divide."
            ),
        ],
        solution=[
            say("Each layer adds {kernel} − 1 = {adds} cells to the 1 that is there.", kernel=kernel, adds=kernel - 1),
            say("({made} − 1) / {adds} = {layers} layers.", made=made, adds=kernel - 1, layers=layers),
        ],
    )
