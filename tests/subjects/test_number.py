import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz.subjects.number import cell_text, exact, factor_text
from tests.scenes.watch import value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7, "7"),
        (-30, "−30"),
        (1020, "1020"),
        (-1020, "−1020"),
        (0.5, "0.5"),
        (1 / 3, "0.33"),
        (2 / 3, "0.67"),
        (-12.345, "−12.3"),
        (0.999, "1"),
        (99.96, "100"),
        (9999.7, "10k"),
        (12345, "12k"),
        (1.25e6, "1.2M"),
        (0.0004, "4e−4"),
        (-0.00049, "−5e−4"),
        (5e20, "5e20"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "nan"),
    ],
)
def test_texts(number, text):
    assert cell_text(number) == text


@pytest.mark.parametrize("number", [-30, -0.5, -0.00049, -math.inf, 0, 7, 4e-4, math.inf])
def test_a_negative_factor_stands_in_brackets(number):
    text = cell_text(number)
    assert factor_text(text) == (f"({text})" if number < 0 else text)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
@settings(max_examples=500, derandomize=True)
def test_short_and_correctly_rounded(number):
    text = cell_text(number)
    assert len(text.lstrip("−")) <= 5 if "e" in text else len(text.lstrip("−")) <= 4
    assert (text.startswith("−")) == (number < 0)
    if abs(number) < 1e15:
        shown, tolerance = value(text)
        assert abs(shown - number) <= tolerance * (1 + 1e-6)
        assert (shown == 0) == (number == 0)


def test_exact_says_whether_the_text_is_all_there_is():
    assert exact(7.0, "7")
    assert exact(-0.25, "−0.25")
    assert not exact(1 / 3, "0.33")
    assert not exact(12345, "12k")
