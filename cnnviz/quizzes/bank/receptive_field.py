"""How much of the picture one cell sees."""

from math import prod

from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.field import field_scene, fields
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("receptive-field", chapter=5, title="Receptive field")
def receptive_field(draw: Draw) -> Draft:
    """Ask for the receptive field after some layers: plain ones, then with pooling and strides between."""
    if draw.level == 3:
        return _backward(draw)
    kernels, strides = [], []
    for number in range(draw.by_level(draw.integer(2, 3), 3)):
        pools = draw.level > 1 and number % 2 == 1
        side = draw.integer(2, 3) if pools else draw.one((3, 3, 5, 7))
        kernels.append(side)
        strides.append(side if pools else 1)
    rows = fields(kernels, strides)
    answer = rows[-1].size
    plain = 1 + sum(k - 1 for k in kernels)
    late = fields(kernels[1:], strides[1:])[-1].size
    jumps = [1, *(row.jump for row in rows)]
    lines = ["Begin with 1 cell that sees 1; each layer adds (kernel − 1) × jump, and the jump grows by the stride."]
    size = 1
    for k, s, jump, row in zip(kernels, strides, jumps, rows, strict=False):
        lines.append(
            say(
                "{k} × {k}, stride {s}: {size} + ({k} − 1)·{jump} = {now}, jump {next}."
                if s > 1
                else "{k} × {k}, stride {s}: {size} + ({k} − 1)·{jump} = {now}.",
                k=k,
                s=s,
                size=size,
                jump=jump,
                now=row.size,
                next=row.jump,
            )
        )
        size = row.size
    return Draft(
        prompt="Convolutions and poolings follow one another: kernels with the sides {kernels} and strides {strides}, "
        "in this order. How many cells of the picture, along one side, does one cell of the last map see?",
        facts={"kernels": kernels, "strides": strides},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("forgot the strides", plain, "After a stride neighbors lie further apart: multiply by the jump."),
            Mistake("added the kernels", sum(kernels), "Each layer adds its kernel − 1: the center is seen already."),
            Mistake(
                "multiplied the kernels",
                prod(kernels),
                "Neighboring windows overlap: add kernel − 1 for each layer instead of multiplying.",
            ),
            Mistake("took the last layer alone", kernels[-1], "Its cells have seen through all layers before."),
            Mistake("took the largest kernel", max(kernels), "The layers add up: begin at 1 and add layer by layer."),
            Mistake(
                "forgot the first layer", late, "The windows of the first layer widen the field, too: begin with it."
            ),
            Mistake("forgot the cell itself", answer - 1, "Begin with 1: the cell itself."),
        ],
        solution=lines,
        scene=field_scene(kernels, strides),
        right=say("Layer by layer it grows to {answer}.", answer=answer),
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the last kernel, told how much a cell sees."""
    kernels = [draw.one((3, 5)), draw.integer(2, 3), draw.one((3, 5))]
    strides = [1, kernels[1], draw.integer(1, 2)]
    last = draw.one((3, 5, 7, 9))
    before, made = fields(kernels, strides)[-1], fields([*kernels, last], [*strides, 1])[-1].size
    grown = made - before.size
    return Draft(
        prompt="Layers with kernels of the sides {kernels} and the strides {strides} follow one another, and then a "
        "convolution with stride 1. One cell of its map sees {made} cells of the picture along one side. How many "
        "cells has the last kernel along a side?",
        facts={"kernels": kernels, "strides": strides, "made": made},
        kind="numeric",
        answer=last,
        mistakes=[
            Mistake(
                "forgot the jump",
                grown + 1,
                "The cells that the last kernel reads lie further apart in the picture: divide by the jump.",
            ),
            Mistake(
                "forgot the first cell", last - 1, "Those are the steps to its further cells: there is one cell more."
            ),
            Mistake(
                "gave what is missing",
                grown,
                "The last layer adds that many cells; each step of the kernel adds a whole jump.",
            ),
            Mistake(
                "divided the field",
                round(made / before.size, 2),
                "Fields of neighbors overlap: take away what was seen before.",
            ),
            Mistake(
                "divided all by the jump",
                round(made / before.jump, 2),
                "Take away first what one cell before the last layer sees.",
            ),
            Mistake(
                "took the kernel before",
                kernels[-1],
                "The last kernel may have another side: work it out from the field.",
            ),
        ],
        solution=[
            say(
                "Before the last layer a cell sees {size} cells, and the jump is {jump}.",
                size=before.size,
                jump=before.jump,
            ),
            say(
                "The last layer adds {made} − {size} = {grown} cells: {grown} / {jump} = {steps} steps, so {steps} + "
                "1 = {last} cells.",
                made=made,
                size=before.size,
                grown=grown,
                jump=before.jump,
                steps=last - 1,
                last=last,
            ),
        ],
        scene=field_scene([*kernels, last], [*strides, 1]),
    )
