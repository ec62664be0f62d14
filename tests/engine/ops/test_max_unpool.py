import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz import engine
from cnnviz.engine import max_pool2d, max_unpool2d, max_unpool2d_vjp, trace_max_unpool
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import fixed, per_axis, same, whole


@st.composite
def pooled(draw):
    """The map and the places of a max pooling, and the options that bring it back; windows may overlap."""
    ndim = draw(st.integers(1, 3))
    kernel, stride = per_axis(draw, 1, 3, ndim), per_axis(draw, 1, 3, ndim)
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    size = [max(draw(st.integers(1, 5 if ndim < 3 else 4)), k) for k in kernel]
    x = whole(np.random.default_rng(draw(st.integers(0, 10**6))), 2, draw(st.integers(1, 2)), *size)
    pool = getattr(engine, f"max_pool{ndim}d")
    y, places = pool(x, kernel, stride, padding=padding, ceil_mode=draw(st.booleans()), return_indices=True)
    whole_shape = draw(st.booleans())
    options = {"stride": stride, "padding": padding, "output_size": x.shape if whole_shape else tuple(size)}
    return y, places, kernel, tuple(size), options


def operation(x, suffix=""):
    return getattr(engine, f"max_unpool{x.ndim - 2}d{suffix}")


@fixed
@given(pooled())
def test_three_witnesses(case):
    x, places, kernel, size, options = case
    y = operation(x)(x, places, kernel, **options)
    same(y, helpers.max_unpool(x, places, kernel, **{**options, "output_size": size}))
    for example in (0, 1):
        trace = trace_max_unpool(x, places, kernel, **options, example=example)
        same(trace.fold(), y[example])
        assert all(np.ravel_multi_index(step.output_index[1:], size) == step.place for step in trace)


@fixed
@given(pooled())
def test_the_gradient_is_what_nested_loops_find(case):
    x, places, kernel, _, options = case
    dy = whole(np.random.default_rng(5), *operation(x)(x, places, kernel, **options).shape)
    same(operation(x, "_vjp")(dy, x, places, kernel, **options)[0], helpers.max_unpool_vjp(dy, x, places))


@pytest.mark.parametrize("stride", [2, (1, 2), 3])
def test_without_a_size_it_is_as_large_as_what_the_windows_cover(stride):
    x, places = np.ones((1, 1, 2, 3)), np.arange(6).reshape(1, 1, 2, 3)
    y = max_unpool2d(x, places, 2, stride)
    same(y, helpers.max_unpool(x, places, 2, stride))
    down, across = np.broadcast_to(stride, 2)
    assert y.shape == (1, 1, down + 2, 2 * across + 2)


def test_many_pictures_have_one_pooled_map_and_the_places_tell_them_apart():
    y = np.array([[[[6.0, 8.0], [3.0, 9.0]]]])
    found = set()
    for first in range(4):
        for last in range(4):
            x = np.zeros((4, 4))
            x[divmod(first, 2)], x[0, 3], x[2, 0] = 6, 8, 3
            x[2 + last // 2, 2 + last % 2] = 9
            again, places = max_pool2d(x[None, None], 2, return_indices=True)
            same(again, y)
            same(max_unpool2d(again, places, 2)[0, 0], x)
            found.add(places.tobytes())
    assert len(found) == 16


def test_of_several_at_one_place_the_last_stands_there_and_alone_gets_the_gradient():
    x, places = np.array([[[[1.0, 2.0]]]]), np.array([[[[0, 0]]]])
    assert max_unpool2d(x, places, 1).tolist() == [[[[2, 0]]]]
    assert trace_max_unpool(x, places, 1).fold().tolist() == [[[2, 0]]]
    assert max_unpool2d_vjp(np.array([[[[7.0, 5.0]]]]), x, places, 1)[0].tolist() == [[[[0, 7]]]]


def test_a_place_that_is_one_off_would_be_noticed():
    x = np.array([[[[7.0, 8.0]]]])
    wrong = helpers.max_unpool(x, np.array([[[[1, 2]]]]), 2)
    assert not np.array_equal(max_unpool2d(x, np.array([[[[1, 3]]]]), 2), wrong)


X, AT = np.ones((1, 1, 2, 2)), np.array([[[[0, 2], [8, 10]]]])


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "text"),
    [
        (
            (X, AT.astype(float), 2),
            {},
            OptionError,
            "max_unpool2d: expected indices as an array of whole numbers, got float64; "
            "take those of a max pooling with return_indices=True",
        ),
        (
            (X, [[0]], 2),
            {},
            OptionError,
            "max_unpool2d: expected indices as an array of whole numbers, got list; "
            "take those of a max pooling with return_indices=True",
        ),
        (
            (X, AT[:, :, :1], 2),
            {},
            ShapeError,
            "max_unpool2d: expected indices of shape (N=1, C=1, H=2, W=2), got (N=1, C=1, H=1, W=2); "
            "each number of x has its place; take both from one pooling",
        ),
        (
            (X, AT + 6, 2),
            {},
            ShapeError,
            "max_unpool2d: expected indices from 0 to 15, the cells of the plane, got 16; "
            "pass the size of what was pooled as output_size",
        ),
        (
            (X, AT - 1, 2),
            {},
            ShapeError,
            "max_unpool2d: expected indices from 0 to 15, the cells of the plane, got -1; "
            "pass the size of what was pooled as output_size",
        ),
        (
            (X, AT, 2),
            {"output_size": (4, 6)},
            OptionError,
            "max_unpool2d: expected output_size less than a stride of (2, 2) from (4, 4) along every axis, got (4, 6); "
            "give the size of what was pooled",
        ),
        (
            (X, AT, 2, 2**22),
            {"output_size": 2**22},
            ShapeError,
            "max_unpool2d: expected output_size of at most 1,099,511,627,776 cells, got (4194304, 4194304); "
            "use a smaller stride",
        ),
    ],
)
def test_what_does_not_fit_is_one_line(arguments, options, kind, text):
    with says(kind, text):
        max_unpool2d(*arguments, **options)


@pytest.mark.full
def test_torch_puts_them_where_we_do():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    for ndim, size in ((1, (9,)), (2, (7, 8)), (3, (4, 5, 6))):
        x = rng.normal(size=(2, 3, *size))
        y, places = getattr(engine, f"max_pool{ndim}d")(x, 2, return_indices=True)
        theirs = torch.tensor(y, requires_grad=True)
        unpool = getattr(torch.nn.functional, f"max_unpool{ndim}d")
        out = unpool(theirs, torch.tensor(places), 2, output_size=size)
        same(operation(y)(y, places, 2, output_size=size), out.detach().numpy())
        dy = rng.normal(size=x.shape)
        out.backward(torch.tensor(dy))
        same(operation(y, "_vjp")(dy, y, places, 2, output_size=size)[0], theirs.grad.numpy())
