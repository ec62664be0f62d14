"""What a 1 × 1 convolution in front saves."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("inception", chapter=9, title="Inception: reduce before a large kernel")
def inception(draw: Draw) -> Draft:
    """Count the parameters of a branch of an inception module: 1 × 1 to reduce, then a large kernel."""
    inputs = draw.by_level(draw.integer(6, 12), draw.one((64, 96, 128)), draw.one((192, 256, 480, 512)))
    reduce = draw.by_level(draw.integer(2, 4), draw.one((8, 16, 24)), draw.one((16, 24, 32, 96)))
    filters = draw.by_level(draw.integer(3, 8), draw.one((16, 32)), draw.one((32, 64, 128, 208)))
    kernel = draw.one((3, 5))
    first, second = parameter_count(inputs, reduce, 1), parameter_count(reduce, filters, kernel)
    naive = parameter_count(inputs, filters, kernel)
    return Draft(
        prompt="A branch of an inception module reads {inputs} channels: a 1 × 1 convolution with {reduce} filters, "
        "then a {kernel} × {kernel} convolution with {filters} filters. How many parameters does the branch have, "
        "biases included?",
        facts={"inputs": inputs, "reduce": reduce, "kernel": kernel, "filters": filters},
        kind=draw.by_level("choice", "numeric", "numeric"),
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
