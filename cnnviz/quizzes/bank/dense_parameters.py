"""What a dense layer on a picture costs."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("dense-parameters", chapter=1, title="Why dense layers explode")
def dense_parameters(draw: Draw) -> Draft:
    """Count the parameters of a dense layer that reads a whole color picture."""
    if draw.level == 3:
        return _backward(draw)
    side = draw.by_level(draw.integer(2, 6), draw.one((16, 20, 28, 32)))
    units = draw.by_level(draw.integer(2, 10), draw.integer(5, 64))
    inputs = 3 * side * side
    answer = parameter_count(inputs, units)
    return Draft(
        prompt="A color picture (RGB) of {side} × {side} pixels is flattened and read by a dense layer of {units} "
        "units. How many parameters does this layer have, biases included?",
        facts={"side": side, "units": units},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the bias",
                inputs * units,
                "These are the weights. Each unit also has a bias: add one for each unit.",
            ),
            Mistake(
                "forgot RGB",
                parameter_count(side * side, units),
                "A color picture has three numbers for each pixel: begin with three times as many inputs.",
            ),
            Mistake(
                "activations for parameters",
                inputs + units,
                "That counts the numbers that go in and come out. Parameters are the weights between them: multiply.",
            ),
            Mistake(
                "one bias for each input",
                inputs * units + inputs,
                "A bias belongs to a unit, not to an input: add one for each unit.",
            ),
            Mistake(
                "one bias for the layer",
                inputs * units + 1,
                "Each unit has a bias of its own: add one for each unit, not one in all.",
            ),
        ],
        solution=[
            say("Inputs: 3 × {side} × {side} = {inputs}.", side=side, inputs=inputs),
            say(
                "Each of the {units} units has a weight for each input: {inputs} × {units} = {weights}.",
                units=units,
                inputs=inputs,
                weights=inputs * units,
            ),
            say(
                "And one bias each: {weights} + {units} = {answer}.", weights=inputs * units, units=units, answer=answer
            ),
        ],
        scene=Scene("ch06-s01-volumes", {"network": f"3x{side}x{side} > flatten > dense {units}"}),
    )


def _backward(draw: Draw) -> Draft:
    """Ask how large the pictures are that a layer can read."""
    side, units = 8 * draw.integer(4, 28), draw.one((10, 64, 100, 128))
    made, inputs = parameter_count(3 * side * side, units), 3 * side * side
    return Draft(
        prompt="A dense layer of {units} units reads square color pictures (RGB) and has {made} parameters, biases "
        "included. How many pixels is a picture wide?",
        facts={"units": units, "made": made},
        kind="numeric",
        answer=side,
        mistakes=[
            Mistake("forgot the root", side * side, "Those are the pixels of a picture: its side is the square root."),
            Mistake(
                "forgot RGB",
                round(inputs**0.5, 2),
                "A color picture has three numbers for each pixel: divide by 3 before the root.",
            ),
            Mistake(
                "gave the inputs", inputs, "Those are the numbers that a unit reads: three for each pixel of a square."
            ),
            Mistake(
                "divided by 3 after the root",
                round(inputs**0.5 / 3, 2),
                "First divide the numbers by 3, then take the root.",
            ),
            Mistake(
                "halved instead of taking the root",
                side * side / 2,
                "The pixels are side × side: take the square root.",
            ),
        ],
        solution=[
            say(
                "Each unit has {made} / {units} = {each} parameters: {inputs} weights and 1 bias.",
                made=made,
                units=units,
                each=inputs + 1,
                inputs=inputs,
            ),
            say(
                "Pixels: {inputs} / 3 = {pixels}. Side: the square root, {side}.",
                inputs=inputs,
                pixels=side * side,
                side=side,
            ),
        ],
        scene=Scene("ch01-s02-dense-growth", {"side": side, "units": units}),
    )
