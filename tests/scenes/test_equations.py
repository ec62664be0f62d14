"""The reader of printed equations: what it takes for true, and what it finds."""

import pytest

from tests.scenes.equations import formula_sides, unequal


@pytest.mark.parametrize(
    "line",
    [
        "5 = 65",  # nothing is computed
        "3 × 28 × 28 = 2,352",
        "layer 17, conv 3 × 3: 2 × 16 = 32",
        "1 × 1 3 × 8 = 24",
        "depthwise 4 × 9 = 36 1 × 1 4 × 4 = 16",
        "sum 2.61 + bias 0.12 ≈ 2.73 ReLU 2.73",
        "8 . (3 . 3 . 3 + 1) = 8 . 28 = 224",
        "130 / 255 ≈ 0.5098",
        "dense 41,887,296 ≈ 2,265 × 18,496",  # 2,264.67, rounded
        "−3 + 1 = −2",
        "multiply-adds 462,422,016 / 52,283,392 ≈ 8.84",
        "1 + 4 = 5 not 4",
        "loss = 4.27 h = 1e−5",
        "2 . 1e−3 = 0.002",
        "net = nn.Sequential(",
        "+ bias 10 = −130",  # what is added to stands in the lines above
    ],
)
def test_what_is_equal_is_not_found(line):
    assert not list(unequal(line))


@pytest.mark.parametrize(
    "line",
    [
        "7.56 . 0.14 ≈ 1.03",
        "3.71 + 0.01 ≈ 3.71",
        "130 / 255 = 0.5098",  # no sign that it is rounded
        "1 + 3 + 5 + 6 = 16",
        "16.2 − 1.3 = 15",
        "8 . (3 . 3 . 3 + 1) = 8 . 27 = 216",
        "4 × 9 = 36 + 1",
    ],
)
def test_what_is_not_equal_is_found(line):
    assert len(list(unequal(line))) == 1


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("O = floor((W - F) / S) + 1 = floor((8 - 3) / 2) + 1 = floor(2.5) + 1 = 3", 0),
        ("|v| = 10**2 / (1 + 10**2) ≈ 0.9901", 0),
        ("|v| = 10**2 / (1 + 10**2) = 0.9901", 1),
        ("L = - log(0.01) ≈ 4.27", 1),
        ("|s| = sqrt(1.2**2 + 1.6**2) = 2", 0),
        ("= floor(1.66 …) + 1 = 2", 0),  # a number without an end
    ],
)
def test_formulas_are_computed_too(line, count):
    assert len(list(unequal(line, formula_sides))) == count
