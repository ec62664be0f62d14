import pytest

from cnnviz.stage.pooling import routes_narration
from cnnviz.subjects.pool_gradient import PoolGradient

LONGEST = 140


def test_an_overlap():
    assert routes_narration.overlap(1.0, 4.0) == (
        "This cell has won two windows, so 1 and 4 add up to 5; writing 4 over 1 is a common slip."
    )


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
