"""Convolutions whose channels are split into groups."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("groups", chapter=3, title="Groups and depthwise convolution")
def groups(draw: Draw) -> Draft:
    """Count the weights of a grouped convolution; at level 2 each channel is a group of its own."""
    parts = draw.by_level(2, draw.one((8, 16, 32)), draw.one((2, 4, 8)))
    inputs = draw.by_level(2 * draw.integer(1, 4), parts, parts * draw.one((4, 8, 16)))
    outputs = draw.by_level(2 * draw.integer(1, 4), parts, parts * draw.one((4, 8, 16)))
    kernel = draw.one((3, 5))
    answer = parameter_count(inputs, outputs, kernel, groups=parts, bias=False)
    square = kernel * kernel
    each = inputs // parts
    return Draft(
        prompt="A convolution turns {inputs} channels into {outputs} with {kernel} × {kernel} kernels in {parts} "
        "groups, without bias. How many weights does it have?",
        facts={"inputs": inputs, "outputs": outputs, "kernel": kernel, "parts": parts},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the groups",
                parameter_count(inputs, outputs, kernel, bias=False),
                say("A filter sees its own group only: {each} of the {inputs} channels.", each=each, inputs=inputs),
            ),
            Mistake(
                "counted one group",
                answer // parts,
                say("Those are the weights of one group: multiply by the {parts} groups.", parts=parts),
            ),
            Mistake(
                "multiplied by the groups",
                answer * parts * parts,
                say("Groups save weights: divide those of a plain convolution by {parts}.", parts=parts),
            ),
            Mistake(
                "one slice for each filter",
                outputs * square,
                "A filter has a slice for each channel of its group.",
            ),
            Mistake(
                "forgot the kernel's cells",
                outputs * each,
                say("Each slice has {kernel} × {kernel} weights.", kernel=kernel),
            ),
            Mistake("added a bias", answer + outputs, "The question says without bias."),
            Mistake(
                "counted one filter",
                each * square,
                say("There are {outputs} filters, one for each output channel.", outputs=outputs),
            ),
        ],
        solution=[
            say(
                "Each group has {inputs} / {parts} = {each}, which each of its filters reads.",
                inputs=inputs,
                parts=parts,
                each=count(each, "input channel"),
            ),
            say(
                "One filter: {each} × {kernel} × {kernel} = {weights} weights.",
                each=each,
                kernel=kernel,
                weights=each * square,
            ),
            say(
                "{outputs} filters: {outputs} × {weights} = {answer}.",
                outputs=outputs,
                weights=each * square,
                answer=answer,
            ),
        ],
    )
