"""What a 1 × 1 convolution in front saves."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("inception", chapter=9, title="Inception: reduce before a large kernel")
def inception(draw: Draw) -> Draft:
    """Count the parameters of a branch of an inception module: 1 × 1 to reduce, then a large kernel."""
    if draw.level == 3:
        return _backward(draw)
    inputs = draw.by_level(draw.integer(6, 12), draw.one((64, 96, 128)))
    reduce = draw.by_level(draw.integer(2, 4), draw.one((8, 16, 24)))
    filters = draw.by_level(draw.integer(3, 8), draw.one((16, 32)))
    kernel = draw.one((3, 5))
    first, second = parameter_count(inputs, reduce, 1), parameter_count(reduce, filters, kernel)
    naive = parameter_count(inputs, filters, kernel)
    return Draft(
        prompt="A branch of an inception module reads {inputs} channels: a 1 × 1 convolution with {reduce} filters, "
        "then a {kernel} × {kernel} convolution with {filters} filters. How many parameters does the branch have, "
        "biases included?",
        facts={"inputs": inputs, "reduce": reduce, "kernel": kernel, "filters": filters},
        kind=draw.by_level("choice", "numeric"),
        answer=first + second,
        mistakes=[
            Mistake(
                "left out the reduction",
                naive,
                say(
                    "The {kernel} × {kernel} kernels read the {reduce} reduced channels.", kernel=kernel, reduce=reduce
                ),
            ),
            Mistake("forgot the 1 × 1 layer", second, "The 1 × 1 convolution has parameters, too."),
            Mistake("forgot the large layer", first, "Add the convolution that follows."),
            Mistake("forgot the biases", first + second - reduce - filters, "Each filter of both layers has a bias."),
            Mistake(
                "read all channels again",
                first + naive,
                say("The second layer reads {reduce} channels only.", reduce=reduce),
            ),
            Mistake("multiplied the layers", first * second, "The layers follow one another: add their parameters."),
        ],
        solution=[
            say("1 × 1: ({inputs} + 1) × {reduce} = {first}.", inputs=inputs, reduce=reduce, first=first),
            say(
                "{kernel} × {kernel}: ({reduce}·{kernel}·{kernel} + 1) × {filters} = {second}.",
                kernel=kernel,
                reduce=reduce,
                filters=filters,
                second=second,
            ),
            say(
                "Together {together}; without the reduction it would be {naive}.", together=first + second, naive=naive
            ),
        ],
        right=say(
            "Together {together}; without the reduction it would be {naive}.", together=first + second, naive=naive
        ),
    )


def _backward(draw: Draw) -> Draft:
    """Ask how far the channels were reduced."""
    inputs, reduce, filters, kernel = (
        draw.one((64, 96, 128, 192)),
        draw.integer(6, 40),
        draw.one((16, 32, 64)),
        draw.one((3, 5)),
    )
    made = parameter_count(inputs, reduce, 1) + parameter_count(reduce, filters, kernel)
    each = inputs + 1 + kernel * kernel * filters
    return Draft(
        prompt="A branch of an inception module reads {inputs} channels, reduces them by a 1 × 1 convolution, and "
        "goes on with a {kernel} × {kernel} convolution with {filters} filters. It has {made} parameters, biases "
        "included. How many channels does the 1 × 1 convolution leave?",
        facts={"inputs": inputs, "kernel": kernel, "filters": filters, "made": made},
        kind="numeric",
        answer=reduce,
        mistakes=[
            Mistake(
                "forgot the biases",
                round(made / (inputs + kernel**2 * filters), 2),
                "Each filter of both layers has a bias.",
            ),
            Mistake(
                "forgot the large layer",
                round(made / (inputs + 1), 2),
                "Each channel that is left also costs weights in the layer that follows.",
            ),
            Mistake(
                "forgot the 1 × 1 layer",
                round((made - filters) / (kernel**2 * filters), 2),
                "Each channel that is left also costs the 1 × 1 layer a filter.",
            ),
            Mistake(
                "left out the reduction",
                inputs,
                "Then there would be more parameters: the 1 × 1 convolution leaves fewer channels.",
            ),
            Mistake(
                "forgot the kernel",
                round((made - filters) / (inputs + 1 + filters), 2),
                "The large kernel has a whole slice of weights for each channel.",
            ),
        ],
        solution=[
            say(
                "The {filters} biases of the second layer aside: {made} − {filters} = {rest}.",
                filters=filters,
                made=made,
                rest=made - filters,
            ),
            say(
                "Each channel that is left costs {inputs} + 1 in the first layer and {kernel} × {kernel} × {filters} "
                "in the second: {each}.",
                inputs=inputs,
                kernel=kernel,
                filters=filters,
                each=each,
            ),
            say("{rest} / {each} = {reduce}.", rest=made - filters, each=each, reduce=reduce),
        ],
    )
