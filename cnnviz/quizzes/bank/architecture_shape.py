"""Shapes inside the famous networks."""

from cnnviz.quizzes.architecture import TITLES, windows
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import listed, say, shape_text
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("architecture-shape", chapter=9, title="Shapes in famous networks")
def architecture_shape(draw: Draw) -> Draft:
    """Ask for the shape after one to three layers of a famous network."""
    name = draw.one(draw.by_level(("lenet5-dense", "vgg11"), ("lenet5-dense", "alexnet-one-column"), tuple(TITLES)))
    layers = windows(name)
    count = draw.by_level(1, 2, 3)
    first = draw.integer(0, len(layers) - count)
    chosen = layers[first : first + count]
    shape, answer, last = chosen[0].input, chosen[-1].output, chosen[-1]
    words = listed([window.words for window in chosen], "; ")
    depth, out = answer[0], answer[1]
    room = last.input[1] + 2 * last.padding - last.kernel
    return Draft(
        prompt="In {title} a stack of {shape} (channels, rows, columns) goes through: {words}. What shape comes out?",
        facts={"title": TITLES[name], "shape": shape_text(shape), "words": words},
        kind=draw.by_level("choice", "array", "array"),
        answer=answer,
        write=shape_text,
        mistakes=[
            Mistake(
                "kept the depth", (shape[0], out, out), "The depth is the number of filters of the last convolution."
            ),
            Mistake("forgot the stride", (depth, room + 1, room + 1), "Divide by the stride, round down, add 1."),
            Mistake(
                "forgot the padding",
                (depth, *(max((last.input[1] - last.kernel) // last.stride + 1, 1),) * 2),
                "Padding adds cells on both sides before the windows are laid.",
            ),
            Mistake("forgot the + 1", (depth, *(room // last.stride,) * 2), "There is one window more than steps."),
            Mistake("kept the size", (depth, *shape[1:]), "Look whether padding makes up for the kernel."),
            Mistake("doubled the depth", (2 * depth, out, out), "The number of filters is told; it need not double."),
            Mistake("halved the size", (depth, *(max(out // 2, 1),) * 2), "Only a stride of 2 halves, and only once."),
        ],
        solution=[
            say("After the {layer}: {shape}.", layer=window.words, shape=shape_text(window.output)) for window in chosen
        ],
        scene=Scene(
            "ch06-s01-volumes", {"network": " > ".join(["x".join(map(str, shape)), *(w.notation for w in chosen)])}
        ),
    )
