import pytest

from cnnviz.stage.pooling import narration, routes_narration
from cnnviz.subjects.pool_gradient import PoolGradient
from cnnviz.subjects.pooling import Pooling

LONGEST = 140


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, ""),
        ({"stride": 1}, "With steps of 1, there are 3 × 3 windows."),
        ({"kernel_size": 3, "stride": 2}, "With steps of 2, there is one window."),
        ({"padding": 1}, "With −∞ around the map, which never wins, there are 3 × 3 windows."),
        (
            {"padding": 1, "mode": "avg", "stride": (1, 2)},
            "With steps of 1 × 2 and zeros around the map, there are 5 × 3 windows.",
        ),
        (
            {"kernel_size": 3, "stride": 2, "ceil_mode": True},
            "With steps of 2 and a last window that reaches over the edge, there are 2 × 2 windows.",
        ),
    ],
)
def test_settings(options, sentence):
    assert narration.settings(Pooling("pooling-a", **options)) == sentence


def test_a_tie_and_an_overlap():
    trace = Pooling("pooling-a").trace
    assert narration.tie(trace[2]) == "3 is there twice. The answer is the same; the first one counts as the winner."
    assert routes_narration.overlap(1.0, 4.0) == (
        "This cell has won two windows, so 1 and 4 add up to 5; writing 4 over 1 is a common slip."
    )


@pytest.mark.parametrize("mode", ["max", "avg"])
@pytest.mark.parametrize(
    ("image", "size", "kernel_size"), [("pooling-a", None, 2), ("photo:china", 20, (7, 5)), ("photo:china", 100, 12)]
)
@pytest.mark.parametrize("channels", ["gray", "rgb"])
def test_every_sentence_is_short_enough_to_read(mode, image, size, kernel_size, channels):
    made = Pooling(image, mode, kernel_size, size=size, channels=channels)
    step = made.trace[0]
    sentences = [
        narration.opening(made),
        narration.lay(made),
        narration.decide(made, step),
        narration.again(made),
        narration.rest(made),
        narration.ask_whole(made),
        narration.whole(made),
        narration.takeaway(made),
        narration.takeaway_whole(made),
    ]
    if mode == "max":
        sentences += [narration.tie(step), narration.winner_again(step)]
    assert all(0 < len(sentence) <= LONGEST for sentence in sentences)


@pytest.mark.parametrize(
    "options", [{}, {"mode": "avg", "padding": 1, "kernel_size": 3}, {"mode": "max", "image": "digit:3"}]
)
def test_every_sentence_on_gradients_is_short_enough(options):
    made = PoolGradient(**options)
    sentences = [
        routes_narration.balance(made),
        routes_narration.takeaway(made),
        routes_narration.overlap(-0.125, 2048),
    ]
    for kind, trace in made.traces.items():
        tell = (routes_narration.route, routes_narration.tie) if kind == "max" else (routes_narration.share,)
        sentences += [say(trace[0]) for say in tell]
    assert all(0 < len(sentence) <= LONGEST for sentence in sentences)
