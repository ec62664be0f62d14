"""Sums as they are written: read back from the outlines, they add up, and no two signs stand side by side."""

import numpy as np
import pytest

from cnnviz.engine.trace import trace_conv
from cnnviz.stage.layout import units
from cnnviz.stage.pictures.sum_panel import SumPanel
from cnnviz.stage.theme import theme
from cnnviz.subjects.number import cell_text
from tests.scenes.glyphs import read

KERNEL = np.array([[1.0, 0.0, -1.0], [-2.0, 0.5, 2.0]])


def written(rows):
    """The terms of a step from left to right, row below row."""
    parts = []
    for row, words in ((row, words) for row, group in enumerate(rows) for words in group):
        for points in np.split(words.points, np.cumsum(words.lengths)[:-1]):
            parts.append((row, points[:, 0].min(), read(points, units(words.size))))
    return "".join(text for *_, text in sorted(parts))


@pytest.mark.parametrize("in_line", [False, True])
@pytest.mark.parametrize("first", [3.0, -3.0])
def test_negative_values_are_taken_away_and_negative_factors_stand_in_brackets(first, in_line):
    x = np.array([[first, -1.0, 7.0], [0.0, -5.0, -0.5]])
    trace = trace_conv(x[None, None], KERNEL[None, None])
    texts = [[cell_text(weight) for weight in row] for row in KERNEL]
    height = 1.0 if in_line else 60.0
    panel = SumPanel(trace, texts, at=(0.0, 0.0), width=60.0, height=height, theme=theme("dark"), in_line=in_line)
    terms = written(panel.terms(trace[0]))
    assert terms == f"{cell_text(first)}×1−1×0+7×(−1)+0×(−2)−5×0.5−0.5×2"
    assert eval(terms.replace("×", "*").replace("−", "-")) == (x * KERNEL).sum()
