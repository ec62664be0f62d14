"""How far apart neighbors look, and how dilation widens a field."""

from math import prod

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.field import field_scene, fields
from cnnviz.quizzes.saying import listed, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("field-jump", chapter=5, title="Strides make it jump")
def field_jump(draw: Draw) -> Draft:
    """Ask how many cells of the picture lie between the fields of two neighbors in the last map."""
    length = draw.by_level(2, 3, 4)
    strides = list(draw.row(length, 1, draw.by_level(3, 3, 4)))
    strides[draw.integer(0, length - 1)] = draw.integer(2, 3)  # at least one that jumps
    kernels = [draw.one((2, 3)) if s > 1 else 3 for s in strides]
    rows = fields(kernels, strides)
    answer = rows[-1].jump
    return Draft(
        prompt="Layers with kernels of the sides {kernels} and the strides {strides} follow one another. Two neighbors "
        "in the last map see two regions of the picture. By how many cells of the picture are these regions apart, "
        "from beginning to beginning?",
        facts={"kernels": kernels, "strides": strides},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "added the strides", sum(strides), "A step of a later layer is made of steps of the earlier: multiply."
            ),
            Mistake(
                "took the receptive field", rows[-1].size, "That is how much a cell sees, not how far the next one is."
            ),
            Mistake("took the last stride", strides[-1], "The strides before it count, too: multiply them all."),
            Mistake("took the first stride", strides[0], "The strides after it count, too: multiply them all."),
            Mistake("took neighbors for neighbors", 1, "In the picture they lie further apart with every stride."),
            Mistake("multiplied the kernels", prod(kernels), "It is the strides that move windows, not the kernels."),
            Mistake("took the largest stride", max(strides), "All strides count: multiply them."),
            Mistake("counted from 0", answer - 1, "From beginning to beginning, not the cells between."),
        ],
        solution=[
            "Each layer multiplies the jump by its stride; kernels do not matter.",
            say("{product} = {answer}.", product=listed(strides, " × "), answer=answer),
        ],
        scene=field_scene(kernels, strides),
    )
