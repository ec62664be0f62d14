"""How deep a stack several filters make."""

from cnnviz.nn import Conv2d
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("filter-depth", chapter=2, title="Several filters, a stack of maps")
def filter_depth(draw: Draw) -> Draft:
    """Ask for the shape that comes out, or for the depth of one kernel."""
    inputs = draw.by_level(3, draw.one((3, 8, 16)), draw.one((16, 24, 32, 64)))
    filters = draw.integer(*draw.by_level((2, 8), (9, 20), (21, 96)))
    kernel = draw.one((3, 5))
    side = draw.integer(kernel + 3, draw.by_level(12, 20, 32))
    answer = Conv2d(inputs, filters, kernel).output_shape((inputs, side, side))
    out = answer[1]
    return Draft(
        prompt="An input of {inputs} × {side} × {side} (channels, rows, columns) goes through a convolution with "
        "{filters} filters of {kernel} × {kernel}, stride 1, no padding. What is the shape of the output?",
        facts={"inputs": inputs, "side": side, "filters": filters, "kernel": kernel},
        kind=draw.by_level("choice", "choice", "array"),
        answer=answer,
        write=shape_text,
        mistakes=[
            Mistake(
                "a map for each filter and channel",
                (inputs * filters, out, out),
                "A filter adds up its slices into one map: there are as many maps as filters.",
            ),
            Mistake(
                "kept the input's depth",
                (inputs, out, out),
                "The input's depth is used up in the sum: the output has one map for each filter.",
            ),
            Mistake("kept the size", (filters, side, side), "Without padding the map shrinks by kernel − 1."),
            Mistake(
                "forgot the + 1",
                (filters, out - 1, out - 1),
                "There is one window more than steps between them: size − kernel + 1.",
            ),
            Mistake("one map for all", (1, out, out), "Each filter makes a map of its own; they are stacked."),
            Mistake("channels last", (out, out, filters), "Channels come first here, then rows and columns."),
        ],
        solution=[
            say(
                "Each of the {filters} filters has {inputs} slices, adds them up and makes one map: depth {filters}.",
                filters=filters,
                inputs=inputs,
            ),
            say("Each map has {side} − {kernel} + 1 = {out} rows and columns.", side=side, kernel=kernel, out=out),
            say("The output is {filters} × {out} × {out}.", filters=filters, out=out),
        ],
        scene=Scene("ch06-s01-volumes", {"network": f"{inputs}x{side}x{side} > conv {filters} k{kernel}"}),
    )
