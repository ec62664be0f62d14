"""Convolution of a volume."""

from cnnviz.engine import output_shape, parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("conv3d", chapter=12, title="Convolution of a volume")
def conv3d(draw: Draw) -> Draft:
    """Ask for the shape after a 3-D convolution, or at level 2 for its parameters."""
    top = draw.by_level(10, 24, 64)
    kernel = draw.by_level(3, draw.one((3, 5)), draw.one((3, 5)))
    depth, height, width = (draw.integer(kernel + 2, top) for _ in range(3))
    filters = draw.by_level(draw.integer(2, 8), draw.one((4, 8, 16)), draw.one((8, 16, 32)))
    stride, padding = draw.by_level((1, 0), (1, 0), (2, draw.integer(0, 1)))
    out = output_shape((depth, height, width), kernel, stride=stride, padding=padding)
    flat = output_shape((height, width), kernel, stride=stride, padding=padding)
    count = parameter_count(1, filters, (kernel,) * 3)
    facts = {
        "depth": depth, "height": height, "width": width, "filters": filters, "kernel": kernel,
        "stride": stride, "padding": padding,
    }  # fmt: skip
    if draw.level == 2:
        cells = kernel**3
        return Draft(
            prompt=(
                "A scan of {depth} slices of {height} × {width} with one channel goes through a 3-D convolution with "
                "{filters} filters of {kernel} × {kernel} × {kernel}, stride {stride} and padding {padding}. "
                "How many parameters does it have, biases included?"
            ),
            facts=facts,
            kind="numeric",
            answer=count,
            mistakes=[
                Mistake(
                    "forgot the bias", filters * cells, "Those are the weights alone: each filter also has one bias."
                ),
                Mistake(
                    "forgot the third side", parameter_count(1, filters, kernel), "The kernel is a cube: three sides."
                ),
                Mistake(
                    "counted one filter",
                    cells + 1,
                    say("That is one filter: multiply by the {filters} filters.", filters=filters),
                ),
                Mistake(
                    "a kernel for each slice",
                    depth * parameter_count(1, filters, kernel),
                    "The kernel slides along the slices, too: its weights are shared.",
                ),
                Mistake("one bias for the layer", filters * cells + 1, "Each filter has a bias of its own."),
            ],
            solution=[
                say("One filter: {kernel}³ = {cells} weights and 1 bias.", kernel=kernel, cells=cells),
                say(
                    "{filters} filters: {filters} × {cells_plus_1} = {count}.",
                    filters=filters,
                    cells_plus_1=cells + 1,
                    count=count,
                ),
            ],
        )
    return Draft(
        prompt=(
            "A scan of {depth} slices of {height} × {width} with one channel goes through a 3-D convolution with "
            "{filters} filters of {kernel} × {kernel} × {kernel}, stride {stride} and padding {padding}. "
            "What is the shape of the output: channels, slices, rows, columns?"
        ),
        facts=facts,
        kind=draw.by_level("choice", "array", "array"),
        answer=(filters, *out),
        write=shape_text,
        mistakes=[
            Mistake("kept the slices", (filters, depth, *flat), "The kernel slides along the slices, too."),
            Mistake("merged the slices", (filters, 1, *flat), "A 3-D kernel does not read all slices at once."),
            Mistake(
                "kept the size",
                (filters, depth, height, width),
                "Put each side into the formula: here each becomes smaller.",
            ),
            Mistake(
                "forgot the + 1",
                (filters, *(side - 1 for side in out)),
                "There is one window more than steps.",
            ),
            Mistake("kept the channels", (1, *out), "There is an output channel for each filter."),
            Mistake("channels last", (*out, filters), "The channels come first."),
        ],
        solution=[
            *(
                say(
                    "{name}: floor(({size} + 2·{padding} − {kernel}) / {stride}) + 1 = {side}.",
                    name=name,
                    size=size,
                    padding=padding,
                    kernel=kernel,
                    stride=stride,
                    side=side,
                )
                for name, size, side in zip(("Slices", "Rows", "Columns"), (depth, height, width), out, strict=True)
            ),
            say("A channel for each filter: {shape}.", shape=shape_text((filters, *out))),
        ],
    )
