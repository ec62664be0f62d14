"""How many multiplications a layer takes."""

from cnnviz.engine import macs as count
from cnnviz.engine import output_shape, parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import Said, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("macs", chapter=3, title="Multiplications of a convolution")
def macs(draw: Draw) -> Draft:
    """Count multiply-and-add steps."""
    if draw.level == 3:
        return _backward(draw)
    side = draw.by_level(draw.integer(4, 7), draw.one((10, 12, 22)))
    inputs = draw.by_level(1, draw.one((1, 3)))
    filters = draw.by_level(draw.integer(2, 4), draw.integer(2, 10))
    kernel = draw.by_level(3, draw.one((3, 5)))
    (out,) = output_shape(side, kernel)
    answer = count(inputs, filters, kernel, (out, out))
    window = inputs * kernel * kernel
    return Draft(
        prompt="An input of {inputs} × {side} × {side} (channels, rows, columns) goes through a convolution with "
        "{filters} filters of {kernel} × {kernel}, stride 1, no padding. How many multiplications does it take?",
        facts={"inputs": inputs, "side": side, "filters": filters, "kernel": kernel},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "parameters for multiplications",
                parameter_count(inputs, filters, kernel),
                "That counts the parameters. Each weight is used again at every position: multiply by the positions.",
            ),
            Mistake(
                "a window for each input cell",
                count(inputs, filters, kernel, (side, side)),
                say("Without padding fewer windows fit: {out} × {out}.", out=out),
            ),
            Mistake(
                "counted one filter", window * out * out, say("There are {filters} filters: multiply.", filters=filters)
            ),
            Mistake(
                "forgot the input channels",
                count(1, filters, kernel, (out, out)),
                "Each window goes through all channels.",
            ),
            Mistake(
                "counted the output",
                filters * out * out,
                say("Each output cell takes {window} multiplications.", window=window),
            ),
            Mistake(
                "counted one row of windows",
                window * filters * out,
                "There are as many rows of windows as there are windows in a row.",
            ),
        ],
        solution=[
            *_window_and_positions(side, inputs, kernel),
            say(
                "{filters} filters: {filters} × {positions} × {window} = {answer}.",
                filters=filters,
                positions=out * out,
                window=window,
                answer=answer,
            ),
        ],
    )


def _window_and_positions(side: int, inputs: int, kernel: int) -> list[Said]:
    """Count the multiplications of a window, and the windows: both ways begin so."""
    (out,) = output_shape(side, kernel)
    return [
        say(
            "One window: {inputs} × {kernel} × {kernel} = {window} multiplications.",
            inputs=inputs,
            kernel=kernel,
            window=inputs * kernel * kernel,
        ),
        say(
            "Positions: {side} − {kernel} + 1 = {out} in each direction, {out} × {out} = {positions}.",
            side=side,
            kernel=kernel,
            out=out,
            positions=out * out,
        ),
    ]


def _backward(draw: Draw) -> Draft:
    """Ask how many filters a number of multiplications pays for."""
    side, inputs, kernel, filters = (
        draw.one((10, 12, 18, 22)),
        draw.one((1, 3, 8)),
        draw.one((3, 5)),
        draw.integer(4, 40),
    )
    (out,) = output_shape(side, kernel)
    made, window = count(inputs, filters, kernel, (out, out)), inputs * kernel * kernel
    return Draft(
        prompt="A convolution with kernels of {kernel} × {kernel}, stride 1 and no padding reads {inputs} × {side} × "
        "{side} (channels, rows, columns) and takes {made} multiplications. How many filters does it have?",
        facts={"inputs": inputs, "side": side, "kernel": kernel, "made": made},
        kind="numeric",
        answer=filters,
        mistakes=[
            Mistake(
                "a window for each input cell",
                round(made / window / side**2, 2),
                say("Without padding fewer windows fit: {out} × {out}.", out=out),
            ),
            Mistake(
                "counted one row of windows",
                filters * out,
                "There are as many rows of windows as there are windows in a row.",
            ),
            Mistake("forgot the input channels", filters * inputs, "Each window goes through all channels."),
            Mistake(
                "forgot the kernel",
                filters * kernel * kernel,
                "Each position takes a multiplication for every weight of the kernel.",
            ),
            Mistake(
                "forgot the positions",
                made // window,
                "Each filter works at every position: divide by the positions, too.",
            ),
        ],
        solution=[
            *_window_and_positions(side, inputs, kernel),
            say(
                "One filter: {window} × {positions} = {each}. Filters: {made} / {each} = {filters}.",
                window=window,
                positions=out * out,
                each=window * out * out,
                made=made,
                filters=filters,
            ),
        ],
    )
