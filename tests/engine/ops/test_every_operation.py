"""What holds for every operation, whatever it computes: how it treats the arrays it is given."""

import numpy as np
import pytest

from cnnviz import engine
from cnnviz.errors import OptionError

RNG = np.random.default_rng(0)


def draw(*shape):
    return RNG.normal(size=shape)


def scattered(n):
    """Places in a plane of 6 cells a side for each of 3 numbers a side, all of them others."""
    return np.stack([RNG.permutation(6**n)[: 3**n] for _ in range(4)]).reshape(2, 2, *(3,) * n)


SIGNAL, IMAGE, VOLUME = draw(2, 2, 7), draw(2, 2, 6, 5), draw(2, 2, 4, 3, 5)
SPATIAL = tuple(enumerate((SIGNAL, IMAGE, VOLUME), 1))

CALLS = [
    *(("relu", (x,)) for x in (SIGNAL, IMAGE)),
    *((name, (IMAGE,)) for name in ("elu", "gelu", "leaky_relu", "sigmoid", "softplus", "tanh")),
    *((name, (IMAGE, 1)) for name in ("log_softmax", "softmax", "squash")),
    *((name, (IMAGE,)) for name in ("dropout", "dynamic_routing", "flatten", "global_avg_pool", "global_max_pool")),
    *((f"{kind}_pool{n}d", (x, 2)) for kind in ("avg", "max") for n, x in SPATIAL),
    *((f"max_unpool{n}d", (draw(2, 2, *(3,) * n), scattered(n), 2)) for n in (1, 2, 3)),
    *((f"adaptive_{kind}_pool{n}d", (x, 3)) for kind in ("avg", "max") for n, x in SPATIAL),
    *((f"lp_pool{n}d", (x, 2, 2)) for n, x in SPATIAL),
    *((f"conv{n}d", (x, draw(3, 2, *(2,) * n), draw(3))) for n, x in SPATIAL),
    *((f"conv_transpose{n}d", (x, draw(2, 3, *(2,) * n), draw(3))) for n, x in SPATIAL),
    ("correlate2d", (draw(6, 5), draw(3, 2))),
    ("convolve2d", (draw(6, 5), draw(3, 2))),
    ("depthwise_separable_conv2d", (IMAGE, draw(2, 1, 3, 3), draw(4, 2, 1, 1), draw(4))),
    ("locally_connected2d", (IMAGE, draw(4, 3, 3, 2, 3, 3), draw(4, 3, 3))),
    ("linear", (draw(3, 4), draw(5, 4), draw(5))),
    ("batch_norm", (IMAGE, draw(2), draw(2) ** 2, draw(2), draw(2))),
    ("batch_norm", (IMAGE, draw(2), draw(2) ** 2, draw(2), draw(2), True)),
    ("layer_norm", (IMAGE, (6, 5), draw(6, 5), draw(6, 5))),
    ("local_response_norm", (IMAGE, 3)),
    ("cross_entropy", (IMAGE, RNG.integers(0, 2, size=(2, 6, 5)), draw(2) ** 2)),
    ("cross_entropy", (IMAGE, draw(2, 2, 6, 5) ** 2, draw(2) ** 2)),
    ("mse_loss", (IMAGE, draw(2, 2, 6, 5))),
]  # fmt: skip

each = pytest.mark.parametrize(("name", "args"), CALLS, ids=[f"{name}-{i}" for i, (name, _) in enumerate(CALLS)])


def mapped(change, args):
    """Change the arrays of floats among the arguments."""
    return [change(a) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in args]


def outcomes(name, args):
    """The output, and the gradients of an output gradient made of it."""
    y = getattr(engine, name)(*args)
    return y, *getattr(engine, f"{name}_vjp")(np.cos(y), *args)


def alike(left, right):
    for a, b in zip(left, right, strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12, strict=True)


def test_every_operation_is_here():
    operations = {name for name in engine.__all__ if f"{name}_vjp" in engine.__all__ and "trace" not in name}
    assert operations == {name for name, _ in CALLS}


@each
def test_the_gradient_is_that_of_the_values(name, args):
    engine.gradcheck(getattr(engine, name), getattr(engine, f"{name}_vjp"), *args)


@each
def test_the_precision_that_goes_in_comes_out(name, args):
    for dtype in (np.float32, np.float64):
        results = outcomes(name, mapped(lambda a, dtype=dtype: a.astype(dtype), args))
        assert {np.dtype(dtype)} == {result.dtype for result in results if result is not None}
        for result, exact in zip(results, outcomes(name, args), strict=True):
            if result is not None:
                np.testing.assert_allclose(result, exact, rtol=1e-4, atol=1e-4)


@each
def test_it_does_not_matter_how_the_arrays_lie_in_memory(name, args):
    expected = outcomes(name, args)

    def spread(a):
        wide = np.full([2 * n for n in a.shape], np.nan)
        view = wide[tuple(slice(None, None, 2) for _ in a.shape)]
        view[...] = a
        return view

    alike(outcomes(name, mapped(np.asfortranarray, args)), expected)
    alike(outcomes(name, mapped(spread, args)), expected)
    alike(outcomes(name, mapped(lambda a: a[::-1].copy()[::-1], args)), expected)


@each
def test_the_arrays_given_are_not_changed_and_may_be_read_only(name, args):
    def locked(a):
        copy = a.copy()
        copy.flags.writeable = False
        return copy

    alike(outcomes(name, mapped(locked, args)), outcomes(name, args))


@each
def test_results_do_not_share_memory_with_each_other(name, args):
    results = [result for result in outcomes(name, args) if result is not None]
    for i, left in enumerate(results):
        for right in results[:i]:
            assert not np.may_share_memory(left, right)


@each
@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128, object, bool])
def test_other_kinds_of_numbers_are_refused_with_the_remedy(name, args, dtype):
    first = args[0].astype(dtype)
    with pytest.raises(
        OptionError, match=rf"^{name}: expected (\w+) as float32 or float64, got {first.dtype};"
    ) as said:
        getattr(engine, name)(first, *args[1:])
    argument = str(said.value).split()[2]
    assert str(said.value).endswith(f"; convert it with {argument}.astype(np.float32)")
