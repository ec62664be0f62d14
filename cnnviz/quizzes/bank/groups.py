"""Convolutions whose channels are split into groups."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("groups", chapter=3, title="Groups and depthwise convolution")
def groups(draw: Draw) -> Draft:
    """Count the weights of a grouped convolution; at level 2 each channel is a group of its own."""
    if draw.level == 3:
        return _backward(draw)
    parts = draw.by_level(2, draw.one((8, 16, 32)))
    inputs = draw.by_level(2 * draw.integer(1, 4), parts)
    outputs = draw.by_level(2 * draw.integer(1, 4), parts)
    kernel = draw.one((3, 5))
    answer = parameter_count(inputs, outputs, kernel, groups=parts, bias=False)
    square = kernel * kernel
    each = inputs // parts
    return Draft(
        prompt="A convolution turns {inputs} channels into {outputs} with {kernel} × {kernel} kernels in {parts} "
        "groups, without bias. How many weights does it have?",
        facts={"inputs": inputs, "outputs": outputs, "kernel": kernel, "parts": parts},
        kind=draw.by_level("choice", "numeric"),
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


def _backward(draw: Draw) -> Draft:
    """Ask in how many groups the channels are split."""
    parts, kernel = draw.one((2, 4, 8, 16)), draw.one((3, 5))
    inputs, outputs = parts * draw.one((2, 3, 4, 6)), parts * draw.one((2, 4, 8))
    made = parameter_count(inputs, outputs, kernel, groups=parts, bias=False)
    plain = parameter_count(inputs, outputs, kernel, bias=False)
    return Draft(
        prompt="A convolution turns {inputs} channels into {outputs} with {kernel} × {kernel} kernels in groups, and "
        "has {made} weights without bias. How many groups are there?",
        facts={"inputs": inputs, "outputs": outputs, "kernel": kernel, "made": made},
        kind="numeric",
        answer=parts,
        mistakes=[
            Mistake(
                "gave the channels of a group",
                inputs // parts,
                "Each filter reads that many channels: divide all channels by them.",
            ),
            Mistake(
                "gave a group for each channel",
                inputs,
                "That would be a depthwise convolution, which has fewer weights.",
            ),
            Mistake("did not split", 1, "Without groups there would be more weights: compare."),
            Mistake(
                "squared the groups",
                parts * parts,
                "Groups divide the channels that a filter reads, not the filters: the weights shrink by the number of "
                "groups once.",
            ),
            Mistake("took the root", round(parts**0.5, 2), "The weights shrink by the number of groups once."),
            Mistake(
                "forgot the kernel",
                round(plain / kernel**2 / made, 2),
                "Each channel that is read costs a whole kernel of weights.",
            ),
        ],
        solution=[
            say(
                "Without groups: {inputs} × {outputs} × {kernel} × {kernel} = {plain} weights.",
                inputs=inputs,
                outputs=outputs,
                kernel=kernel,
                plain=plain,
            ),
            say("Groups divide that by their number: {plain} / {made} = {parts}.", plain=plain, made=made, parts=parts),
        ],
    )
