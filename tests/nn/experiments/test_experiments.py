"""Every experiment in a tiny form: shapes and sameness; the whole ones are compared with what ships in full runs."""

import numpy as np
import pytest

from cnnviz.errors import InputError, OptionError
from cnnviz.nn.experiments import find, from_json, measured, names
from cnnviz.nn.experiments.faces import EYE, MOUTH, NOSE, REARRANGED, faces
from cnnviz.nn.experiments.shifting import shifting
from tests.engine.says import says

CHEAP = ("shifting", "shuffling", "depth", "overfitting", "transfer", "capsules")


@pytest.mark.parametrize("name", names())
def test_a_tiny_run_has_every_number(name):
    done = []
    result = find(name).run((0, 3), quick=True, progress=lambda *state: done.append(state))
    assert result.name == name
    assert result.seeds == (0, 3)
    for chart in result.charts:
        for series in chart.series:
            assert [point.at for point in series.points] == list(chart.places)
            assert all(len(point.values) == 2 for point in series.points)
            values = np.array([point.values for point in series.points])
            assert np.isfinite(values).all()
            if chart.share and "minus" not in chart.quantity:
                assert 0 <= values.min() <= values.max() <= 1
    assert done[-1][0] == done[-1][1] == len(done)
    assert from_json(result.json()) == result
    assert result.finding.endswith(".")
    assert "\n" not in result.finding


@pytest.mark.few(2)
@pytest.mark.parametrize("name", [pytest.param(n, marks=[] if n in CHEAP else pytest.mark.full) for n in names()])
def test_each_seed_gives_its_own_numbers_again_whatever_the_others(name):
    both, second = (find(name).run(seeds, quick=True) for seeds in ((0, 3), (3,)))
    differ = 0
    for chart, alone in compared(both, second):
        for series, single in zip(chart.series, alone.series, strict=True):
            for point, one in zip(series.points, single.points, strict=True):
                assert one.values == point.values[1:]
                differ += point.values[0] != point.values[1]
    assert differ > 0


@pytest.mark.parametrize("name", names())
def test_what_ships_was_made_by_the_function_that_ships(name):
    result, tiny = measured(name), find(name)
    assert result.name == name
    assert result.question == tiny.question
    assert len(result.seeds) >= 5


@pytest.mark.full
@pytest.mark.parametrize("name", names())
def test_a_whole_run_gives_what_ships_within_its_spread(name):
    shipped, again = measured(name), find(name).run((0, 1))
    assert again.setting == shipped.setting
    for chart, other in compared(shipped, again):
        for series, twin in zip(chart.series, other.series, strict=True):
            for point, now in zip(series.points, twin.points, strict=True):
                assert now.at == point.at
                # Another machine rounds otherwise, and trainings drift apart; their distribution must not.
                margin = 3 * (point.spread + now.spread) + (0.02 if chart.share else 0.05 * abs(point.mean) + 1e-6)
                assert abs(now.mean - point.mean) <= margin, (chart.title, series.label, point.at)


def compared(one, two):
    """Pair the charts that do not depend on all seeds, as the best rates of `optimizers` do."""
    return list(zip(one.charts, two.charts, strict=True))[: 1 if one.name == "optimizers" else None]


def test_what_is_refused():
    with says(
        InputError,
        "experiment: expected one of moving, shuffling, shifting, depth, overfitting, transfer, optimizers, kernels, "
        'pooling, capsules, augmentation, leaking, got "shufling"; did you mean shuffling?',
    ):
        find("shufling")
    with says(OptionError, "experiment: expected seeds, each once, got (1, 1); give range(5), for instance"):
        shifting((1, 1))
    with says(OptionError, "experiment: expected seeds, each once, got (); give range(5), for instance"):
        shifting(())


# Claims that do not depend on chance


def test_a_convolution_moves_along_and_a_global_maximum_stays():
    change, misfit = shifting((0, 1), shifts=(1, 2), examples=5).charts
    for shift in (1.0, 2.0):
        assert misfit["convolution"].at(shift).mean < 1e-6 < change["convolution"].at(shift).mean
        assert change["global maximum"].at(shift).mean < 1e-6
    assert misfit["max pooling 2"].at(2.0).mean < 1e-6 < misfit["max pooling 2"].at(1.0).mean


def test_faces_have_the_parts_they_should():
    assert all(sorted(parts) == [EYE, EYE, NOSE, MOUTH] for parts in REARRANGED)
    assert all(parts[2] != NOSE and parts[3] != MOUTH for parts in REARRANGED)
    assert len(REARRANGED) == 7
    generator = np.random.default_rng(0)
    ink = {kind: faces(400, kind, generator).images.mean() for kind in ("face", "rearranged")}
    assert ink["face"] == pytest.approx(ink["rearranged"], rel=0.02)  # parts overlap hardly ever
    assert faces(3, "face", generator).labels.tolist() == [1, 1, 1]
    assert faces(3, "part missing", generator).labels.tolist() == [0, 0, 0]
