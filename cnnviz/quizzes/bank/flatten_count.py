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
    if draw.level == 3:
        return _backward(draw)
    inputs = draw.one((1, 3))
    filters = draw.one(draw.by_level((2, 4, 5), (8, 10, 16)))
    kernel = draw.one((3, 5))
    pool = 2
    side = draw.by_level(kernel - 1 + 2 * draw.integer(2, 4), kernel - 1 + 2 * draw.integer(4, 13))
    text = f"{inputs}x{side}x{side} > conv {filters} k{kernel} > pool {pool} > flatten"
    rows = parse_network(text)[1].summary((inputs, side, side)).rows
    shape = rows[1].output
    (answer,) = rows[-1].output
    return Draft(
        prompt="An input of {inputs} × {side} × {side} (channels, rows, columns) goes through a convolution with "
        "{filters} filters of {kernel} × {kernel} (stride 1, no padding), max pooling {pool} × {pool} with stride "
        "{pool}, and is flattened. How many numbers come out?",
        facts={"inputs": inputs, "side": side, "filters": filters, "kernel": kernel, "pool": pool},
        kind=draw.by_level("choice", "numeric"),
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


def _backward(draw: Draw) -> Draft:
    """Ask how large the input may have been at most."""
    inputs, filters, kernel, pool = draw.one((1, 3)), draw.one((8, 10, 16, 20)), draw.one((3, 5)), draw.integer(2, 3)
    out = draw.integer(4, 20)
    side = out * pool + pool - 1 + kernel - 1
    text = f"{inputs}x{side}x{side} > conv {filters} k{kernel} > pool {pool} > flatten"
    (made,) = parse_network(text)[1].output_shape((inputs, side, side))
    mapped = side - kernel + 1
    return Draft(
        prompt="Square pictures go through a convolution with {filters} filters of {kernel} × {kernel} (stride 1, no "
        "padding) and max pooling {pool} × {pool} with stride {pool}. Flattened, {made} numbers come out. How many "
        "rows does a picture have at most?",
        facts={"filters": filters, "kernel": kernel, "pool": pool, "made": made},
        kind="numeric",
        answer=side,
        mistakes=[
            Mistake(
                "gave the smallest picture",
                side - pool + 1,
                "Pooling drops rows that do not fill a window: that many more may be there.",
            ),
            Mistake(
                "forgot the convolution",
                mapped,
                "Without padding the convolution takes kernel − 1 rows away: add them.",
            ),
            Mistake(
                "forgot the pooling",
                out + kernel - 1,
                "Each row of the pooled map stands for several: multiply by the window's side.",
            ),
            Mistake(
                "forgot the root",
                round(made / filters),
                "Those are the cells of one pooled map: its side is the square root.",
            ),
            Mistake("added the whole kernel", side + 1, "A kernel takes away one row less than it has."),
            Mistake(
                "gave the pooled map",
                out,
                "The pooled map has that many rows: go on back through the pooling and the convolution.",
            ),
        ],
        solution=[
            say(
                "One map: {made} / {filters} = {cells} cells, so {out} rows.",
                made=made,
                filters=filters,
                cells=out * out,
                out=out,
            ),
            say(
                "Before the pooling at most {out}·{pool} + {spare} = {mapped} rows: what fills no window is dropped.",
                out=out,
                pool=pool,
                spare=pool - 1,
                mapped=mapped,
            ),
            say("Before the convolution: {mapped} + {kernel} − 1 = {side}.", mapped=mapped, kernel=kernel, side=side),
        ],
        scene=Scene("ch06-s01-volumes", {"network": text}),
    )
