"""The loss of a nudged network equals nested loops, and so does the slope."""

import math

import numpy as np
import pytest

from cnnviz.errors import InputError
from cnnviz.nn import zoo
from cnnviz.subjects import GradientCheck
from tests import helpers


def loss(subject, offset):
    """The loss of the small network, one number at a time."""
    values = {name: each.values.astype(float) for name, each in zoo.tiny_cnn(pretrained=True).parameters().items()}
    filters = values["conv1.weight"]
    number = next(i for i in range(8) if np.allclose(filters[i, 0], subject.filter))
    filters[(number, 0, *subject.cell)] += offset
    x = subject.ink[None, None] / 16
    for name in ("conv1", "conv2"):
        x = np.maximum(helpers.conv(x, values[f"{name}.weight"], values[f"{name}.bias"], padding=1), 0)
    flat = helpers.max_pool(x, 2).ravel()
    scores = [
        math.fsum(w * v for w, v in zip(row, flat, strict=True)) + bias
        for row, bias in zip(values["dense1.weight"], values["dense1.bias"], strict=True)
    ]
    return math.log(math.fsum(math.exp(score) for score in scores)) - scores[subject.truth]


@pytest.mark.few(1)
@pytest.mark.parametrize("options", [{}, {"image": "digit:3", "label": 8}])
def test_the_loss_and_its_slope_are_those_of_nested_loops(options):
    subject = GradientCheck(**options)
    assert subject.loss == pytest.approx(loss(subject, 0.0), rel=1e-10)
    for nudge in subject.nudges[:4]:
        up, down = loss(subject, nudge.h), loss(subject, -nudge.h)
        assert (nudge.up, nudge.down) == pytest.approx((up, down), rel=1e-10)
        assert nudge.slope == pytest.approx((up - down) / (2 * nudge.h), rel=1e-8)
    assert subject.gradient == pytest.approx(subject.nudges[3].slope, rel=1e-6)


def test_the_error_falls_with_the_square_of_the_nudge_and_rises_again():
    subject = GradientCheck()
    errors = [nudge.error for nudge in subject.nudges]
    assert 95 < errors[2] / errors[3] < 105
    best = int(np.argmin(errors))
    assert 3 < best < 8
    assert errors[-1] > 1e4 * errors[best]
    assert min(nudge.error for nudge in subject.coarse) > 1e4 * errors[best]


def test_nudges_leave_the_network_as_it_was():
    subject = GradientCheck()
    subject.view(1.0)
    assert subject.losses([0.0]) == [subject.loss]


def test_a_view_has_the_nudge_itself():
    subject = GradientCheck()
    view = subject.view(0.1)
    at = {round(offset, 9): value for offset, value in zip(view.offsets, view.losses, strict=True)}
    assert (at[1.0], at[-1.0]) == pytest.approx((subject.nudges[1].up, subject.nudges[1].down), rel=1e-12)


def test_a_gradient_of_0_is_refused(monkeypatch):
    monkeypatch.setattr(GradientCheck, "_gradients", lambda _: np.zeros((8, 1, 3, 3)))
    with pytest.raises(InputError) as caught:
        GradientCheck()
    assert str(caught.value) == (
        "gradient check: expected a picture whose loss can move, got a gradient of 0; choose another one"
    )
