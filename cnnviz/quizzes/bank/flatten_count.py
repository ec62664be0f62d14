"""How many numbers a flattening hands on."""

from math import prod

from cnnviz.engine import parameter_count
from cnnviz.nn import parse_network
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("flatten-count", chapter=6, title="Flatten: how many numbers")
def flatten_count(draw: Draw) -> Draft:
    """Ask how many activations a flattening hands to the dense layer."""
    inputs = draw.one((1, 3))
    filters = draw.one(draw.by_level((2, 4, 5), (8, 10, 16), (20, 32, 64)))
    kernel = draw.one((3, 5))
    pool = draw.by_level(2, 2, draw.integer(2, 3))
    side = draw.by_level(
        kernel - 1 + 2 * draw.integer(2, 4), kernel - 1 + 2 * draw.integer(4, 13), draw.integer(20, 130)
    )
    text = f"{inputs}x{side}x{side} > conv {filters} k{kernel} > pool {pool} > flatten"
    rows = parse_network(text)[1].summary((inputs, side, side)).rows
    shape = rows[1].output
    (answer,) = rows[-1].output
    return Draft(
        prompt="An input of {inputs} × {side} × {side} (channels, rows, columns) goes through a convolution with "
        "{filters} filters of {kernel} × {kernel} (stride 1, no padding), max pooling {pool} × {pool} with stride "
        "{pool}, and is flattened. How many numbers come out?",
        facts={"inputs": inputs, "side": side, "filters": filters, "kernel": kernel, "pool": pool},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "parameters for activations",
                parameter_count(inputs, filters, kernel),
                "Those are the parameters of the convolution. Flattening has none: count the numbers of its input.",
            ),
            Mistake(
                "forgot the channels", shape[1] * shape[2], "There is a map for each filter: multiply by the filters."
            ),
            Mistake("forgot the pooling", prod(rows[0].output), "The pooling comes first: it makes the maps smaller."),
            Mistake(
                "kept the size in the convolution",
                filters * (side // pool) ** 2,
                "Without padding the convolution takes kernel − 1 rows and columns away.",
            ),
            Mistake(
                "kept the input's channels",
                inputs * shape[1] * shape[2],
                "The depth is the number of filters, not that of the input.",
            ),
            Mistake("counted one side", filters * shape[1], "A map has rows and columns: multiply by both."),
            Mistake("counted parameters of flattening", 0, "It has 0 parameters, but the numbers pass through it."),
        ],
        solution=[
            say(
                "After the convolution: {output}. After the pooling: {shape}.",
                output=shape_text(rows[0].output),
                shape=shape_text(shape),
            ),
            say(
                "Flattened: {shape} = {answer} activations, without any parameter.",
                shape=shape_text(shape),
                answer=answer,
            ),
        ],
        scene=Scene("ch06-s01-volumes", {"network": text}),
    )
