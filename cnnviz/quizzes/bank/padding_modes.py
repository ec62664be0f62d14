"""What stands beyond the border."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnviz.engine import conv2d, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic

MODES = {
    "zeros": "every cell outside is 0",
    "replicate": "the border cell is repeated",
    "reflect": "the cells are mirrored at the border cell, which is not repeated",
    "circular": "the picture begins again from the other side",
}


@topic("padding-modes", chapter=3, title="Padding modes")
def padding_modes(draw: Draw) -> Draft:
    """Ask for a row with its padding, or at level 3 for the first row of a map that padding keeps as large."""
    mode = draw.one(tuple(MODES))
    if draw.level == 3:
        return _map(draw, mode)
    padding = draw.level
    x = draw.some(range(1, 10), 4)

    def padded(mode: str) -> Any:
        row = np.array(x, float)[None, None]
        return trace_conv(row, np.ones((1, 1, 1)), padding=padding, padding_mode=mode).padded[0]

    answer = padded(mode)
    return Draft(
        prompt="The row X is padded with {cells} at both ends, padding mode {mode}. What is the result?",
        given={"X": x},
        facts={"padding": padding, "cells": count(padding, "cell"), "mode": mode},
        kind=draw.by_level("choice", "array"),
        answer=answer,
        mistakes=[
            *_other_modes(mode, {other: padded(other) for other in MODES}),
            Mistake(
                "repeated the border cell in the mirror",
                np.pad(x, padding, mode="symmetric"),
                say("That mirrors behind the border cell, as scipy's reflect does; here {rule}.", rule=MODES[mode]),
            ),
            Mistake("did not pad", x, "The padded row is longer: cells are added on the outside."),
        ],
        solution=[
            say("In mode {mode} {rule}.", mode=mode, rule=MODES[mode]),
            say("{x} becomes {answer}.", x=x, answer=answer),
        ],
        # Under a kernel of one weight, 1, the map is the padded row itself.
        scene=_scene([x], "1", [[0, 0], [padding, padding]], mode),
    )


def _map(draw: Draw, mode: str) -> Draft:
    x = table("blackboard")
    kernel = draw.rows(3, 3, -1, 2)
    image, weight = batch(x), batch(kernel)
    rows = {other: conv2d(image, weight, padding=1, padding_mode=other)[0, 0, 0] for other in MODES}
    trace = trace_conv(image, weight, padding=1, padding_mode=mode)
    return Draft(
        prompt="A convolution slides the kernel W over X with stride 1, padding {padding} and padding mode {mode}, "
        "without bias. What is the first row of the map?",
        given={"X": x, "W": kernel},
        facts={"padding": 1, "mode": mode},
        kind="array",
        answer=rows[mode],
        mistakes=[
            *_other_modes(mode, rows),
            Mistake(
                "did not pad",
                conv2d(image, weight)[0, 0, 0],
                "Without padding the map would be smaller: the first window begins beyond the corner.",
            ),
            Mistake("took the second row", trace.fold()[0, 1], "The first row of windows begins above the picture."),
        ],
        solution=[say("In mode {mode} {rule}.", mode=mode, rule=MODES[mode]), *worked(trace[: x.shape[1]])],
        right="The windows of the first row reach beyond the border.",
        scene=_scene(x, typed(kernel), 1, mode),
    )


def _other_modes(mode: str, results: Mapping[str, Any]) -> list[Mistake]:
    return [
        Mistake(
            f"took {other}",
            results[other],
            say("In mode {other} {rule}; in mode {mode} {own}.", other=other, rule=rule, mode=mode, own=MODES[mode]),
        )
        for other, rule in MODES.items()
        if other != mode
    ]


def _scene(x: Any, kernel: str, padding: int | list[list[int]], mode: str) -> Scene:
    """Name a scene that keeps the padded numbers to its end; the one on padding modes ends on small pictures."""
    return Scene("ch02-s01-slide", {"image": typed(x), "kernel": kernel, "padding": padding, "padding_mode": mode})
