"""Depthwise separable convolution against the plain one."""

from cnnviz.engine import parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("separable", chapter=3, title="Depthwise separable convolution")
def separable(draw: Draw) -> Draft:
    """Count the weights of a depthwise convolution followed by a 1 × 1 convolution."""
    if draw.level == 3:
        return _backward(draw)
    inputs = draw.by_level(draw.integer(2, 4), draw.one((8, 10, 16, 32)))
    outputs = draw.by_level(draw.integer(5, 8), draw.one((12, 20, 64)))
    kernel = draw.by_level(3, draw.one((3, 5)))
    depthwise = parameter_count(inputs, inputs, kernel, groups=inputs, bias=False)
    pointwise = parameter_count(inputs, outputs, 1, bias=False)
    plain = parameter_count(inputs, outputs, kernel, bias=False)
    return Draft(
        prompt="A depthwise separable convolution turns {inputs} channels into {outputs}: first one {kernel} × "
        "{kernel} kernel for each channel, then a 1 × 1 convolution. How many weights does it have in all, "
        "without biases?",
        facts={"inputs": inputs, "outputs": outputs, "kernel": kernel},
        kind=draw.by_level("choice", "numeric"),
        answer=depthwise + pointwise,
        mistakes=[
            Mistake("counted a plain convolution", plain, "That is what the two steps replace: count each of them."),
            Mistake(
                "forgot the 1 × 1 step", depthwise, "The depthwise step does not mix channels: add the 1 × 1 step."
            ),
            Mistake("forgot the depthwise step", pointwise, "Add the kernels of the first step, one for each channel."),
            Mistake("multiplied the steps", depthwise * pointwise, "The steps come one after the other: add them."),
            Mistake(
                "a depthwise kernel for each output",
                outputs * kernel * kernel + pointwise,
                "The depthwise step has one kernel for each input channel.",
            ),
            Mistake("added biases", depthwise + pointwise + inputs + outputs, "The question says without biases."),
        ],
        solution=[
            say(
                "Depthwise: {inputs} × {kernel} × {kernel} = {depthwise}.",
                inputs=inputs,
                kernel=kernel,
                depthwise=depthwise,
            ),
            say("1 × 1: {inputs} × {outputs} = {pointwise}.", inputs=inputs, outputs=outputs, pointwise=pointwise),
            say(
                "Together {together}; a plain convolution would need {plain}.",
                together=depthwise + pointwise,
                plain=plain,
            ),
        ],
        right=say(
            "Together {together}; a plain convolution would need {plain}.", together=depthwise + pointwise, plain=plain
        ),
    )


def _backward(draw: Draw) -> Draft:
    """Ask how many channels come out."""
    inputs, outputs, kernel = draw.one((16, 32, 64, 128)), draw.integer(20, 200), draw.one((3, 5, 7))
    depthwise = parameter_count(inputs, inputs, kernel, groups=inputs, bias=False)
    made = depthwise + parameter_count(inputs, outputs, 1, bias=False)
    return Draft(
        prompt="A depthwise separable convolution reads {inputs} channels: first one {kernel} × {kernel} kernel for "
        "each channel, then a 1 × 1 convolution. Without biases it has {made} weights. How many channels come out?",
        facts={"inputs": inputs, "kernel": kernel, "made": made},
        kind="numeric",
        answer=outputs,
        mistakes=[
            Mistake(
                "forgot the depthwise step",
                made // inputs,
                "The kernels of the first step are among the weights: take them away first.",
            ),
            Mistake(
                "took one kernel away",
                round((made - kernel * kernel) / inputs, 2),
                "Each channel has a kernel of its own in the first step.",
            ),
            Mistake(
                "took it for a plain convolution",
                round(made / inputs / kernel**2, 2),
                "Only the 1 × 1 step mixes channels: its weights are channels in × channels out.",
            ),
            Mistake(
                "gave the weights of the second step",
                made - depthwise,
                "Those are the weights of the 1 × 1 step: divide by the channels that it reads.",
            ),
            Mistake(
                "kept the channels",
                inputs,
                "The first step keeps the channels; the second makes as many as it has filters.",
            ),
        ],
        solution=[
            say(
                "Depthwise: {inputs} × {kernel} × {kernel} = {depthwise}.",
                inputs=inputs,
                kernel=kernel,
                depthwise=depthwise,
            ),
            say(
                "For the 1 × 1 step {made} − {depthwise} = {rest} weights are left, {inputs} for each channel: {rest} "
                "/ {inputs} = {outputs}.",
                made=made,
                depthwise=depthwise,
                rest=made - depthwise,
                inputs=inputs,
                outputs=outputs,
            ),
        ],
    )
