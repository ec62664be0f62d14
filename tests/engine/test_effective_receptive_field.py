import numpy as np
import pytest

from cnnviz.engine import (
    conv2d,
    conv2d_vjp,
    effective_receptive_field,
    global_avg_pool,
    linear,
    linear_vjp,
    max_pool2d,
    max_pool2d_vjp,
    receptive_field,
    relu,
    relu_vjp,
)
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

BOX = np.ones((1, 1, 3, 3))


def chain(*layers):
    """Put (f, f_vjp) one after the other."""

    def f(x):
        for forward, _ in layers:
            x = forward(x)
        return x

    def f_vjp(dy, x):
        inputs = [x]
        for forward, _ in layers[:-1]:
            inputs.append(forward(inputs[-1]))
        for (_, backward), value in zip(reversed(layers), reversed(inputs), strict=True):
            dy = backward(dy, value)[0]
        return (dy,)

    return f, f_vjp


def blur(padding=1):
    return (
        lambda x: conv2d(x, BOX, padding=padding),
        lambda dy, x: conv2d_vjp(dy, x, BOX, padding=padding),
    )


def test_three_blurs_weigh_the_middle_most():
    weights = np.array([1, 3, 6, 7, 6, 3, 1.0])
    field = effective_receptive_field(*chain(blur(0), blur(0), blur(0)), np.zeros((1, 1, 7, 7)))
    np.testing.assert_allclose(field, np.outer(weights, weights) / 49, rtol=1e-15)


def test_it_lies_within_the_receptive_field_and_reaches_its_corners():
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(2, 2, 3, 3))
    pair = (lambda x: conv2d(x, weight, padding=1), lambda dy, x: conv2d_vjp(dy, x, weight, padding=1))
    layers = chain(pair, (relu, relu_vjp), (lambda x: max_pool2d(x, 2), lambda dy, x: max_pool2d_vjp(dy, x, 2)), pair)
    field = effective_receptive_field(*layers, rng.normal(size=(200, 2, 20, 20)), position=(4, 5))
    *_, row = receptive_field(
        [{"kernel_size": 3, "padding": 1}, {"kernel_size": 2, "stride": 2}, {"kernel_size": 3, "padding": 1}]
    )
    rows, columns = np.nonzero(field)
    for found, place in ((rows, 4), (columns, 5)):
        first = row.start + place * row.jump
        assert (found.min(), found.max()) == (first, first + row.size - 1)
    assert field.max() == 1


def test_what_does_not_matter_is_zero():
    dead = (lambda x: relu(x - 5), lambda dy, x: relu_vjp(dy, x - 5))
    assert not effective_receptive_field(*dead, np.zeros((1, 1, 3, 3))).any()


def test_what_cannot_be_done_is_said():
    x = np.zeros((1, 1, 7, 7))
    text = (
        "effective_receptive_field: expected position as one index for each axis of a map of (7, 7), got (7, 0); "
        "count from 0, or leave it out for the middle"
    )
    with says(OptionError, text):
        effective_receptive_field(*blur(), x, position=(7, 0))
    with pytest.raises(OptionError, match=r"got \(3,\)"):
        effective_receptive_field(*blur(), x, position=(3,))
    dense = (
        lambda x: linear(global_avg_pool(x)[..., 0, 0], np.ones((2, 1))),
        lambda dy, x: linear_vjp(dy, x, np.ones((2, 1))),
    )
    text = (
        "effective_receptive_field: expected f to return (N, C, *spatial), got shape (1, 2); "
        "leave out layers that end the maps"
    )
    with says(ShapeError, text):
        effective_receptive_field(*dense, x)
