"""One step of training, in order."""

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.order import ordered
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

LOOP = (
    "take the next batch of pictures and labels",
    "forward: compute the scores of the batch",
    "compare the scores with the labels: the loss",
    "backward: compute the gradient of the loss for each weight",
    "update: move each weight a little against its gradient",
)
EARLY = "move and turn the pictures of the batch a little (augmentation)"
LATE = "evaluate: measure the accuracy on pictures that were not trained on"


@topic("training-step", chapter=7, title="A training step in order")
def training_step(draw: Draw) -> Draft:
    """Ask for the order of a training step, or of the layers that a gradient passes."""
    if draw.level == 3:
        return _backward(draw)
    steps = list(LOOP)
    if draw.level == 2:
        steps.insert(1, EARLY)
        steps.append(LATE)
    n = len(steps)
    place = list(range(n))
    forward = steps.index(LOOP[1])

    def moved(source: int, target: int) -> list[int]:
        rest = [p for p in place if p != source]
        rest.insert(target, source)
        return rest

    return ordered(
        draw,
        prompt="Put {count} steps of training a network in order.",
        facts={"count": n},
        steps=steps,
        mistakes=[
            Mistake(
                "updated before the backward pass",
                moved(forward + 3, forward + 2),
                "The update needs the gradients: it comes after the backward pass.",
            ),
            Mistake(
                "went backward before the loss",
                moved(forward + 2, forward + 1),
                "The backward pass begins at the loss: compute the loss first.",
            ),
            Mistake(
                "compared before computing",
                moved(forward + 1, forward),
                "There is nothing to compare before the forward pass has made scores.",
            ),
            Mistake("updated first", moved(forward + 3, 0), "Without a gradient there is no direction to move in."),
            Mistake("went the other way round", place[::-1], "Begin with the data; the weights move near the end."),
        ],
        solution=["Data, forward, loss, backward, update:", *steps],
    )


def _backward(draw: Draw) -> Draft:
    one, two = draw.one((4, 6, 8)), draw.one((10, 12, 16))
    classes = draw.integer(3, 12)
    layers = (
        say("convolution with {one} filters", one=one),
        "max pooling",
        say("convolution with {two} filters", two=two),
        "flatten",
        say("dense layer of {classes} units", classes=classes),
    )
    names = [say("layer {i}, {layer}", i=i, layer=layer) for i, layer in enumerate(layers, 1)]
    steps = names[::-1]
    n = len(steps)
    place = list(range(n))
    return ordered(
        draw,
        prompt="A network has {count} layers, layer 1 reading the picture. In which order does the gradient of the "
        "loss reach them in the backward pass?",
        facts={"count": n},
        steps=steps,
        mistakes=[
            Mistake("went forward", place[::-1], "The gradient begins at the loss and goes from the last layer back."),
            Mistake(
                "began at the first layer",
                [n - 1, *place[:-1]],
                "The gradient of the first layer needs those of all layers behind it: it comes last.",
            ),
            Mistake(
                "put the dense layer last",
                [*place[1:], 0],
                "The dense layer is nearest to the loss: the gradient reaches it first.",
            ),
            Mistake(
                "exchanged two layers",
                [0, 2, 1, *place[3:]],
                "The gradient passes the layers exactly in reverse of the forward pass.",
            ),
        ],
        solution=["From the loss back to the picture:", *steps],
    )
