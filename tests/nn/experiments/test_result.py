import json
import math

import pytest

from cnnviz.errors import OptionError
from cnnviz.nn.experiments import Chart, Point, Result, Series, from_json
from cnnviz.nn.experiments.result import order, versus
from tests.engine.says import says

ONE = Series("one", (Point(1.0, (0.5, 0.7)), Point(2.5, (0.9, 0.9))))
TWO = Series("other", (Point(1.0, (0.6, 0.6)), Point(2.5, (1.0, 0.0))))
CHART = Chart("title", "size", "accuracy", (ONE, TWO), share=True)
RESULT = Result("name", "Why?", "Some digits.", (0, 1), (CHART,), "Nothing was found.")


def test_mean_and_spread_by_hand():
    point = Point("x", (1.0, 2.0, 6.0))
    assert point.mean == 3.0
    assert point.spread == pytest.approx(math.sqrt((4 + 1 + 9) / 2))
    assert Point("x", (3.0,)).spread == 0
    assert point.above(Point("x", (0.0, 2.0, 5.0))) == 2


def at(mean, spread):
    return Point(1.0, (mean - spread / math.sqrt(2), mean + spread / math.sqrt(2)))


def chart(**points):
    return Chart("", "size", "accuracy", tuple(Series(name, (point,)) for name, point in points.items()), share=True)


def test_a_lead_counts_only_beyond_the_spread_of_both():
    assert at(0.9, 0.05).beyond(at(0.8, 0.09))
    assert not at(0.9, 0.05).beyond(at(0.8, 0.11))
    assert not at(0.9, 0.11).beyond(at(0.8, 0.05))
    assert not at(0.8, 0.0).beyond(at(0.9, 0.0))
    assert not at(0.9, 0.0).beyond(at(0.9, 0.0))


def test_a_winner_is_ahead_of_every_other_one():
    low, middle, high = at(0.5, 0.01), at(0.8, 0.02), at(0.9, 0.03)
    assert chart(low=low, high=high, middle=middle).winner(1.0) == "high"
    assert chart(low=low, high=high, near=at(0.89, 0.01)).winner(1.0) is None
    assert chart(low=low, high=high, wide=at(0.6, 0.4)).winner(1.0) is None
    assert CHART.winner(1.0) is None


def test_gains_are_those_beyond_a_certain_one():
    whole = chart(base=at(0.8, 0.05), more=at(0.9, 0.02), less=at(0.7, 0.01), little=at(0.84, 0.01))
    assert whole.gains(1.0, "base") == ("more",)
    assert whole.gains(1.0, "less") == ("base", "more", "little")


def test_the_table():
    assert str(RESULT).splitlines() == [
        "name: Why?",
        "Some digits. Seeds 0, 1; mean ± spread.",
        "",
        "title: accuracy",
        "size            one          other",
        "1     60.0 ± 14.1 %   60.0 ± 0.0 %",
        "2.5    90.0 ± 0.0 %  50.0 ± 70.7 %",
        "",
        "Nothing was found.",
    ]


def test_json_holds_everything():
    found = json.loads(RESULT.json())
    assert found["charts"][0]["series"][0]["points"][0] == {
        "at": 1.0, "values": [0.5, 0.7], "mean": 0.6, "spread": pytest.approx(0.1414213562),
    }  # fmt: skip
    assert from_json(RESULT.json()) == RESULT


def test_words_follow_the_numbers():
    low, high = Point(0, (0.1, 0.2, 0.3)), Point(0, (0.3, 0.1, 0.5))
    assert (
        versus("A", high, "B", low) == versus("B", low, "A", high) == ("A is 10.0 points ahead of B (in 2 of 3 seeds)")
    )
    assert versus("A", low, "B", low) == "A and B are equal"
    assert versus("A", Point(0, (0.5,)), "B", Point(0, (0.5004,))) == "A and B are within 0.05 points"
    assert order({"A": low, "B": high}).startswith("B (30.0")


def test_what_is_not_there():
    assert CHART["one"].at(2.5).mean == 0.9
    with says(OptionError, "Chart: expected one of its series (one, other), got 'two'; choose one"):
        CHART["two"]
    with says(OptionError, "Series: expected one of the places of 'one' (1.0, 2.5), got 3; choose one"):
        CHART["one"].at(3)
