"""How many parameters a convolution has."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("conv-parameters", chapter=3, title="Parameters of a convolution")
def conv_parameters(draw: Draw) -> Draft:
    """Count weights and biases of a convolution."""
    if draw.level == 3:
        return _backward(draw)
    inputs = draw.by_level(draw.one((1, 3)), draw.one((3, 8, 16, 32)))
    filters = draw.by_level(draw.integer(2, 10), draw.one((16, 20, 32, 64)))
    kernel = draw.one(draw.by_level((2, 3, 5), (3, 5)))
    side = draw.integer(*draw.by_level((8, 28), (16, 64)))
    answer = parameter_count(inputs, filters, kernel)
    square = kernel * kernel
    slices = inputs * square
    return Draft(
        prompt="A convolution with {filters} filters of {kernel} × {kernel} reads an input of {inputs} × {side} × "
        "{side} (channels, rows, columns). How many parameters does it have, biases included?",
        facts={"filters": filters, "kernel": kernel, "inputs": inputs, "side": side},
        kind=draw.by_level("choice", "numeric"),
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
        scene=_scene(inputs, filters, kernel)
        or Scene("ch06-s01-volumes", {"network": f"{inputs}x{side}x{side} > conv {filters} k{kernel}"}),
    )


def _backward(draw: Draw) -> Draft:
    """Ask how many channels a layer reads."""
    inputs, filters, kernel = draw.integer(3, 64), draw.one((16, 32, 64, 128)), draw.one((3, 5, 7))
    made, square = parameter_count(inputs, filters, kernel), kernel * kernel
    return Draft(
        prompt="A convolution with {filters} filters of {kernel} × {kernel} has {made} parameters, biases included. "
        "How many channels does it read?",
        facts={"filters": filters, "kernel": kernel, "made": made},
        kind="numeric",
        answer=inputs,
        mistakes=[
            Mistake(
                "forgot the bias",
                round(made / filters / square, 2),
                "One parameter of each filter is its bias: take it away before you divide by the kernel.",
            ),
            Mistake(
                "forgot the kernel",
                made // filters - 1,
                "A filter has a whole slice of weights for each channel: divide by the cells of the kernel.",
            ),
            Mistake("divided by the side", inputs * kernel, "A slice is a square: divide by its side twice."),
            Mistake(
                "counted the bias for each slice",
                round((made / filters) / (square + 1), 2),
                "A filter has one bias in all, not one for each slice.",
            ),
            Mistake(
                "took the filters for the channels",
                filters,
                "The filters make the channels that come out; the question is what goes in.",
            ),
        ],
        solution=[
            say(
                "Each of the {filters} filters has {made} / {filters} = {each} parameters, of which 1 is its bias.",
                filters=filters,
                made=made,
                each=made // filters,
            ),
            say(
                "A slice has {kernel} × {kernel} = {square} weights: {weights} / {square} = {inputs} channels.",
                kernel=kernel,
                square=square,
                weights=made // filters - 1,
                inputs=inputs,
            ),
        ],
        scene=_scene(inputs, filters, kernel),
    )


def _scene(inputs: int, filters: int, kernel: int) -> Scene | None:
    """Lay the filters out, where there are few enough."""
    if inputs > 4 or filters > 96 or kernel > 5:
        return None
    return Scene("ch03-s06-parameters", {"filters": filters, "kernel": kernel, "channels": inputs})
