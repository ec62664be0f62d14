"""What stands beyond the border."""

from typing import Any

import numpy as np

from cnnviz.engine import trace_conv
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.topic import Draft, Mistake, topic
from cnnviz.quizzes.value import count, settle, text_of

MODES = {
    "zeros": "every cell outside is 0",
    "replicate": "the border cell is repeated",
    "reflect": "the cells are mirrored at the border cell, which is not repeated",
    "circular": "the picture begins again from the other side",
}


@topic("padding-modes", chapter=3, title="Padding modes")
def padding_modes(draw: Draw) -> Draft:
    """Ask for a row, or a small picture, with its padding."""
    height, width, padding = draw.by_level((1, 4, 1), (1, 4, 2), (2, 3, 1))
    x = np.array(draw.some(range(1, 10), height * width)).reshape(height, width)
    mode = draw.one(tuple(MODES))
    sides = ((0, 0) if height == 1 else (padding, padding), (padding, padding))

    def padded(mode: str) -> Any:
        whole = trace_conv(batch(x), np.ones((1, 1, 1, 1)), padding=sides, padding_mode=mode).padded[0]
        return whole[0] if height == 1 else whole

    given = x[0] if height == 1 else x
    answer = padded(mode)
    symmetric = np.pad(x, sides, mode="symmetric")
    where = "at both ends" if height == 1 else "on all four sides"
    return Draft(
        prompt="The {what} X is padded with {cells} {where}, padding mode {mode}. Write down the result.",
        given={"X": given},
        facts={
            "what": "row" if height == 1 else "picture",
            "padding": padding,
            "cells": count(padding, "cell"),
            "where": where,
            "mode": mode,
        },
        kind=draw.by_level("choice", "array", "array"),
        answer=answer,
        mistakes=[
            *(
                Mistake(f"took {other}", padded(other), f"In mode {other} {rule}; in mode {mode} {MODES[mode]}.")
                for other, rule in MODES.items()
                if other != mode
            ),
            Mistake(
                "repeated the border cell in the mirror",
                symmetric[0] if height == 1 else symmetric,
                f"That mirrors behind the border cell, as scipy's reflect does; here {MODES[mode]}.",
            ),
            Mistake("did not pad", given, "The padded row is longer: cells are added on the outside."),
        ],
        solution=[f"In mode {mode} {MODES[mode]}.", f"{text_of(settle(given))} becomes {text_of(settle(answer))}."],
    )
