"""Formulas stand where they are put, keep the colors of their parts and fall apart at their equals signs."""

from itertools import pairwise

import pytest
from manim import tempconfig

from cnnviz.stage.color import rgb
from cnnviz.stage.formula import chain, formula, number, tinted
from cnnviz.stage.output_size import size_rungs
from cnnviz.stage.theme import theme
from cnnviz.subjects.output_size import OutputSize

DARK = theme("dark")


@pytest.mark.parametrize(
    ("given", "source"), [(3.0, "3"), (-0.5, "-0.5"), (123456.0, '"123k"'), (float("inf"), '"∞"'), (2e-9, '"2e-9"')]
)
def test_numbers(given, source):
    assert number(given) == source


@pytest.mark.parametrize(("align", "edge"), [("left", "get_left"), ("center", "get_center"), ("right", "get_right")])
def test_a_formula_stands_where_it_is_put_and_keeps_its_colors(tmp_path, align, edge):
    with tempconfig({"media_dir": str(tmp_path)}):
        made = formula(f"{tinted('x', DARK.input)} + 1", 30, DARK.text, at=(1.0, 2.0), align=align)
    assert getattr(made, edge)() == pytest.approx([1.0, 2.0, 0.0], abs=1e-9)
    colors = [rgb(part.get_fill_color().to_hex().lower()) for part in made.family_members_with_points()]
    assert colors == [rgb(DARK.input), rgb(DARK.text), rgb(DARK.text)]


def test_a_chain_falls_apart_at_its_equals_signs(tmp_path):
    with tempconfig({"media_dir": str(tmp_path)}):
        parts = chain(["", *size_rungs(OutputSize(8, 3, stride=2), DARK, short=True)[2:]], 30, DARK, at=(-3.0, 1.0))
        whole = chain(["a", "b", tinted("12", DARK.output)], 30, DARK, at=(0.0, 0.0), width=0.5)
    assert len(parts) == 5
    assert parts[0].get_left()[0] == pytest.approx(-3.0)
    assert all(a.get_right()[0] < b.get_left()[0] for a, b in pairwise(parts))
    signs = [part[0].get_fill_color().to_hex().lower() for part in parts]
    assert signs == [DARK.muted] * 5
    assert [len(part) for part in whole] == [1, 2, 3]
    assert whole[-1].get_right()[0] - whole[0].get_left()[0] == pytest.approx(0.5)
