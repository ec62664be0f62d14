"""One map made by a dense, a locally connected and a convolutional layer."""

from cnnviz.engine import output_shape, parameter_count
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

KINDS = {
    "dense layer": "every output cell reads every input cell",
    "locally connected layer": "every output cell reads its window, with weights of its own",
    "convolution": "every output cell reads its window, with the same weights",
}


@topic("weight-sharing", chapter=1, title="Dense, local, shared")
def weight_sharing(draw: Draw) -> Draft:
    """Count the parameters of one of three layers that make the same map."""
    side = draw.by_level(draw.integer(4, 6), draw.integer(6, 10), draw.integer(10, 28))
    inputs = draw.by_level(1, draw.integer(1, 3), draw.one((3, 8, 16, 32)))
    outputs = draw.by_level(1, draw.integer(2, 4), draw.one((8, 16, 32, 64)))
    kernel = draw.by_level(draw.one((2, 3)), 3, draw.one((3, 5)))
    (out,) = output_shape(side, kernel)
    dense = parameter_count(inputs * side * side, outputs * out * out)
    local = parameter_count(inputs, outputs, kernel, positions=(out, out))
    shared = parameter_count(inputs, outputs, kernel)
    counts = dict(zip(KINDS, (dense, local, shared), strict=True))
    kind = draw.one(tuple(KINDS))
    weights = inputs * kernel * kernel
    cells = outputs * out * out
    bare = {
        "dense layer": dense - cells,
        "locally connected layer": local - cells,
        "convolution": shared - outputs,
    }[kind]
    how = {
        "dense layer": say(
            "{cells} cells, each with {weights} weights and a bias: {dense}.",
            cells=cells,
            weights=inputs * side * side,
            dense=dense,
        ),
        "locally connected layer": say(
            "{cells} cells, each with {weights} weights and a bias: {local}.", cells=cells, weights=weights, local=local
        ),
        "convolution": say(
            "{filters}, each with {weights} weights and a bias: {shared}.",
            filters=count(outputs, "filter"),
            weights=weights,
            shared=shared,
        ),
    }
    layers = {"dense layer": f"flatten > dense {cells}", "convolution": f"conv {outputs} k{kernel}"}
    return Draft(
        prompt="An input of {inputs} × {side} × {side} cells (channels, rows, columns) becomes an output of "
        "{outputs} × {out} × {out}. Where a layer has windows, they are {kernel} × {kernel}, stride 1, no padding; "
        "biases count. "
        "How many parameters does a {kind} need for this?",
        facts={"inputs": inputs, "side": side, "outputs": outputs, "out": out, "kernel": kernel, "kind": kind},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=counts[kind],
        mistakes=[
            *(
                Mistake(
                    f"counted a {other}",
                    count,
                    say(
                        "That is a {other}: {rule}. In a {kind} {own}.",
                        other=other,
                        rule=KINDS[other],
                        kind=kind,
                        own=KINDS[kind],
                    ),
                )
                for other, count in counts.items()
                if other != kind
            ),
            Mistake("forgot the bias", bare, "These are the weights alone: add the biases."),
            Mistake(
                "activations for parameters",
                cells,
                "That is how many numbers come out. Parameters are the weights and biases that make them.",
            ),
            Mistake(
                "counted one window", weights, "One window is not all: count every set of weights, and the biases."
            ),
        ],
        solution=[say("In a {kind} {own}.", kind=kind, own=KINDS[kind]), how[kind]],
        scene=Scene("ch06-s01-volumes", {"network": f"{inputs}x{side}x{side} > {layers[kind]}"})
        if kind in layers
        else None,
    )
