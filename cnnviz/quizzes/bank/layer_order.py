"""The layers of a network in their order."""

from cnnviz.nn import parse_network
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.order import ordered
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("layer-order", chapter=6, title="Order of the layers")
def layer_order(draw: Draw) -> Draft:
    """Ask for the order of layers whose shapes are told."""
    side, filters, classes = draw.one((12, 16, 20, 28)), draw.one((4, 6, 8)), draw.integer(3, 12)
    more = [f"conv {2 * filters} k3", "pool 2"] if draw.level == 3 else []
    middle = [] if draw.level == 1 else ["relu"]
    layers = [f"conv {filters} k3", *middle, "pool 2", *more, "flatten", f"dense {classes}", "softmax"]
    text = " > ".join([f"1x{side}x{side}", *layers])
    shape, network = parse_network(text)
    steps, before = [], shape
    for row in network.summary(shape).rows:
        kind = row.layer.split()[0].rstrip("0123456789").removesuffix("2d")
        steps.append(
            say(
                "{NAMES}: {before} → {output}",
                NAMES=NAMES.get(kind, kind),
                before=shape_text(before),
                output=shape_text(row.output),
            )
        )
        before = row.output
    n = len(steps)
    flat = n - 3
    place = list(range(n))

    def swapped(a: int, b: int) -> list[int]:
        other = place.copy()
        other[a], other[b] = other[b], other[a]
        return other

    return ordered(
        draw,
        prompt="A network makes a picture of {shape} (channels, rows, columns) into shares for {classes} classes. Put "
        "its "
        "layers in order; each tells the shape of what it reads and of what it makes.",
        facts={"shape": shape_text(shape), "classes": classes},
        steps=steps,
        mistakes=[
            Mistake("dense before flatten", swapped(flat, flat + 1), "A dense layer reads one row: flatten first."),
            Mistake("softmax before dense", swapped(n - 2, n - 1), "Softmax makes shares of scores: it comes last."),
            Mistake(
                "flattened before the pooling",
                swapped(flat - 1, flat),
                "Pooling needs rows and columns: flatten when the maps are done.",
            ),
            Mistake("pooled first", swapped(0, len(middle) + 1), "The first convolution reads the picture itself."),
            Mistake("went backward", place[::-1], "That is the way of the gradients; forward begins at the picture."),
        ],
        solution=["Each layer reads the shape that the one before has made.", *steps],
        scene=Scene("ch06-s01-volumes", {"network": text}),
    )


NAMES = {
    "Conv": "convolution 3 × 3",
    "MaxPool": "max pooling 2 × 2",
    "Flatten": "flatten",
    "Linear": "dense layer",
    "Softmax": "softmax",
}
