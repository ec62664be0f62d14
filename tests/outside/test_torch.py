"""PyTorch's own samples: values, refusals and gradients. Without PyTorch these fail; they do not skip."""

import warnings

import numpy as np
import pytest

from cnnviz.errors import CnnvizError
from tests.outside.torch_scope import AGREE, GRADIENTS, RAISE, REFUSED

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def opinfo():
    from tests.outside import opinfo

    return opinfo


@pytest.fixture(scope="module")
def translate():
    from tests.outside.torch_adapter import translate

    return lambda entry, theirs: translate(entry.name, theirs.input, theirs.args, theirs.kwargs)


def is_empty(ours) -> bool:
    """Whether an array has no cells; windows and statistics refuse that, on purpose, where PyTorch takes it."""
    return any(isinstance(value, np.ndarray) and value.size == 0 for value in ours.call.args)


def test_every_operation_of_ours_is_counted(opinfo):
    assert list(opinfo.operations()) == sorted(AGREE, key=list(opinfo.operations()).index)
    assert sum(AGREE.values()) >= 2996


@pytest.mark.parametrize("name", AGREE)
def test_values(name, opinfo, translate, tally):
    import torch

    entry = opinfo.operations()[name]
    agreed, refused, wrong = 0, 0, []
    for i, theirs in enumerate(opinfo.samples(entry)):
        ours = translate(entry, theirs)
        with torch.no_grad(), warnings.catch_warnings(action="ignore"):  # of a copy, for even kernels and "same"
            expected = entry(theirs.input, *theirs.args, **theirs.kwargs)
        try:
            got = ours.value()
        except CnnvizError as error:
            if is_empty(ours):
                refused += 1
            else:
                wrong.append(f"sample {i}: {error}")
            continue
        try:
            compare(entry.name, got, expected, ours)
        except AssertionError as error:
            wrong.append(f"sample {i} {ours}: {error}")
        else:
            agreed += 1
    tally("torch OpInfo, values", agreed, agreed + len(wrong))
    assert wrong == []
    assert agreed == AGREE[name]
    assert refused == REFUSED.get(name, 0)


def first(y):
    return y[0] if isinstance(y, tuple) else y


def compare(name, got, expected, ours):
    got = got if isinstance(got, tuple) else (got,)
    expected = expected if isinstance(expected, tuple) else (expected,)
    if name == "native_layer_norm":
        expected = expected[:1]  # the statistics are not ours
    for mine, theirs in zip(got, expected, strict=True):
        assert mine.shape == theirs.shape
        assert mine.dtype == theirs.numpy().dtype
        if name == "nn.functional.dropout":  # which cells go is each library's own dice; what becomes of them is not
            x, p = ours.call.args
            kept = mine != 0
            np.testing.assert_allclose(
                mine[kept], x[kept] / ((1 - p) if ours.call.options["training"] else 1), rtol=1e-9
            )
            if p in (0, 1) or not ours.call.options["training"]:
                np.testing.assert_array_equal(mine, theirs)
        else:
            np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", RAISE)
def test_refusals(name, opinfo, translate, tally):
    entry = opinfo.operations()[name]
    raised, taken = 0, []
    for theirs in opinfo.errors(entry):
        ours = translate(entry, theirs)
        try:
            ours.value()
        except CnnvizError:
            raised += 1
        else:
            taken.append(str(ours))
    tally("torch OpInfo, inputs that must raise", raised, raised + len(taken))
    assert taken == []
    assert raised == RAISE[name]


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients(name, opinfo, translate, tally):
    import torch

    from tests.outside.torch_adapter import Ours, variables

    entry = opinfo.operations()[name]
    right, wrong = 0, []
    for i, theirs in enumerate(opinfo.samples(entry, gradients=True)):
        ours = translate(entry, theirs)
        if is_empty(ours):  # nothing to differentiate
            continue
        leaves = variables(ours)
        numbers = np.size(first(ours.value())) + sum(leaf.numel() for leaf in leaves)
        # Then not each number is moved but random sums of them; indices only repeat a sample without.
        fast = numbers > 300 or ours.call.options.get("return_indices", False)
        try:
            assert torch.autograd.gradcheck(
                lambda *x, ours=ours: Ours.apply(ours, *x), leaves, fast_mode=fast, check_undefined_grad=False
            )
        except Exception as error:
            wrong.append(f"sample {i} {ours}: {error}")
        else:
            right += 1
    tally("torch gradcheck of our gradients", right, right + len(wrong))
    assert wrong == []
    assert right == GRADIENTS[name]
