"""The layers of the famous networks in their order."""

from cnnviz.quizzes.architecture import TITLES, Window, windows
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.order import ordered
from cnnviz.quizzes.saying import say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("architecture-order", chapter=9, title="How famous networks are built")
def architecture_order(draw: Draw) -> Draft:
    """Ask for the order of the convolutions and poolings of a famous network."""
    name = draw.one(draw.by_level(("lenet5-dense",), ("vgg11", "lenet5-dense"), ("alexnet-one-column", "vgg11")))
    layers = windows(name)
    length = draw.by_level(4, 5, 6)
    runs = (layers[first : first + length] for first in range(len(layers) - length + 1))
    # Twice the same layer could stand either way round.
    chosen = draw.one([run for run in runs if len(set(map(_words, run))) == length])
    steps = [_words(window) for window in chosen]
    place = list(range(length))
    pools = [p for p in place if chosen[p].kind != "conv"]
    convs = [p for p in place if chosen[p].kind == "conv"]
    return ordered(
        draw,
        prompt="Put {count} layers that follow one another in {title} in order, from the picture to the prediction. "
        "Each tells the shape of what it reads and of what it makes.",
        facts={"title": TITLES[name], "count": length},
        steps=steps,
        mistakes=[
            Mistake("went backward", place[::-1], "The picture comes first: maps become smaller on the way."),
            Mistake(
                "all convolutions first",
                [*convs, *pools],
                "Poolings stand between the convolutions: each makes room for a deeper stack.",
            ),
            Mistake("all poolings first", [*pools, *convs], "A pooling has nothing to pool before a convolution."),
            Mistake(
                "exchanged the first two",
                [1, 0, *place[2:]],
                "Look at the shapes: what one makes is what the next reads.",
            ),
            Mistake(
                "exchanged the last two",
                [*place[:-2], length - 1, length - 2],
                "Look at the shapes: what one makes is what the next reads.",
            ),
            Mistake(
                "exchanged two in the middle",
                [*place[:1], 2, 1, *place[3:]],
                "Look at the shapes: what one makes is what the next reads.",
            ),
        ],
        solution=["What one layer makes is what the next reads:", *steps],
    )


def _words(window: Window) -> str:
    kind = {"conv": "convolution", "max": "max pooling", "avg": "average pooling"}[window.kind]
    return say(
        "{kind}: {input} → {output}", kind=kind, input=shape_text(window.input), output=shape_text(window.output)
    )
