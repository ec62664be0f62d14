"""Parameters inside the famous networks."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.architecture import TITLES, windows
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("architecture-parameters", chapter=9, title="Parameters in famous networks")
def architecture_parameters(draw: Draw) -> Draft:
    """Count the parameters of a convolution of a famous network."""
    name = draw.one(draw.by_level(("lenet5-dense",), ("alexnet-one-column", "vgg11"), ("vgg16", "vgg19")))
    chosen = draw.one([window for window in windows(name) if window.kind == "conv"])
    inputs, filters, square = chosen.input[0], chosen.output[0], chosen.kernel**2
    answer = chosen.parameters
    return Draft(
        prompt="In {title} a stack of {shape} (channels, rows, columns) goes through a {words}. How many parameters "
        "does "
        "this layer have, biases included?",
        facts={"title": TITLES[name], "shape": shape_text(chosen.input), "words": chosen.words},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("forgot the bias", answer - filters, "Those are the weights alone: each filter also has one bias."),
            Mistake(
                "forgot the input channels",
                parameter_count(1, filters, chosen.kernel),
                "Each filter has a slice for each input channel.",
            ),
            Mistake(
                "counted one filter",
                inputs * square + 1,
                say("That is one filter: multiply by the {filters} filters.", filters=filters),
            ),
            Mistake(
                "activations for parameters",
                filters * chosen.output[1] * chosen.output[2],
                "That is how many numbers come out; parameters do not depend on the picture's size.",
            ),
            Mistake(
                "a bias for each slice",
                inputs * filters * (square + 1),
                "The slices of a filter are added up; it has one bias.",
            ),
            Mistake(
                "forgot the kernel's cells",
                (inputs + 1) * filters,
                say("Each slice has {square} weights.", square=square),
            ),
            Mistake("one bias for the layer", answer - filters + 1, "Each filter has a bias of its own."),
        ],
        solution=[
            say(
                "One filter: {inputs} × {kernel} × {kernel} + 1 = {each}.",
                inputs=inputs,
                kernel=chosen.kernel,
                each=inputs * square + 1,
            ),
            say(
                "{filters} filters: {filters} × {each} = {answer}.",
                filters=filters,
                each=inputs * square + 1,
                answer=answer,
            ),
        ],
        scene=Scene("ch06-s01-volumes", {"network": f"{'x'.join(map(str, chosen.input))} > {chosen.notation}"}),
    )
