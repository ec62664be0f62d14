"""How many parameters a convolution has."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("conv-parameters", chapter=3, title="Parameters of a convolution")
def conv_parameters(draw: Draw) -> Draft:
    """Count weights and biases of a convolution."""
    inputs = draw.by_level(draw.one((1, 3)), draw.one((3, 8, 16, 32)), draw.one((64, 128, 256)))
    filters = draw.by_level(draw.integer(2, 10), draw.one((16, 20, 32, 64)), draw.one((64, 128, 256, 512)))
    kernel = draw.one(draw.by_level((2, 3, 5), (3, 5), (3, 5, 7)))
    side = draw.integer(*draw.by_level((8, 28), (16, 64), (28, 224)))
    answer = parameter_count(inputs, filters, kernel)
    square = kernel * kernel
    slices = inputs * square
    return Draft(
        prompt="A convolution with {filters} filters of {kernel} × {kernel} reads an input of {inputs} × {side} × "
        "{side} (channels, rows, columns). How many parameters does it have, biases included?",
        facts={"filters": filters, "kernel": kernel, "inputs": inputs, "side": side},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("forgot the bias", slices * filters, "These are the weights: each filter also has one bias."),
            Mistake(
                "forgot the input channels",
                parameter_count(1, filters, kernel),
                "A filter has a slice of weights for each input channel: multiply by the channels.",
            ),
            Mistake("counted one filter", slices + 1, say("There are {filters} filters: multiply.", filters=filters)),
            Mistake(
                "one bias for each slice",
                inputs * filters * (square + 1),
                "A filter adds up its slices first and has one bias in all.",
            ),
            Mistake("one bias for the layer", slices * filters + 1, "Each filter has a bias of its own."),
            Mistake(
                "parameters for every position",
                parameter_count(inputs, filters, kernel, positions=(side - kernel + 1,) * 2),
                "The weights are shared: the same filter serves every position. The picture's size does not matter.",
            ),
            Mistake(
                "counted the side of the kernel once",
                (inputs * kernel + 1) * filters,
                say("A {kernel} × {kernel} kernel has {square} weights in each slice.", kernel=kernel, square=square),
            ),
        ],
        solution=[
            say(
                "One filter: {inputs} × {kernel} × {kernel} = {slices} weights and 1 bias, {each} parameters.",
                inputs=inputs,
                kernel=kernel,
                slices=slices,
                each=slices + 1,
            ),
            say(
                "{filters} filters: {filters} × {each} = {answer}. The size of the picture does not matter.",
                filters=filters,
                each=slices + 1,
                answer=answer,
            ),
        ],
        scene=Scene("ch06-s01-volumes", {"network": f"{inputs}x{side}x{side} > conv {filters} k{kernel}"}),
    )
