"""Every case of the ONNX backend suite that touches an operation of ours."""

from collections import Counter

import numpy as np
import pytest

from cnnviz.errors import CnnvizError
from tests.outside import onnx_graph
from tests.outside.onnx_adapter import OPERATORS, NotOursError
from tests.outside.onnx_cases import KINDS, Case, cases
from tests.outside.onnx_scope import OUT_OF_SCOPE, PASSES, WITHHELD

pytestmark = pytest.mark.xdist_group("onnx")

OURS = frozenset(OPERATORS)
SKIPPED = frozenset(name for names in OUT_OF_SCOPE.values() for name in names)


def touching(kind: str, operators=OURS) -> list[Case]:
    return [case for case in cases(kind) if case.operators & operators]


def check(case: Case) -> Counter:
    """Run a case and compare every output that our operations give; return which outputs they do not give."""
    withheld = Counter()
    assert case.data
    for inputs, expected in case.data:
        outputs, ran = onnx_graph.run(case.model, inputs)
        assert ran, "no operation of ours ran"
        assert outputs[0] is not None
        for i, (got, want) in enumerate(zip(outputs, expected, strict=True)):
            if got is None:
                withheld[next(iter(ran)), i] += 1
                continue
            assert got.dtype == want.dtype
            assert got.shape == want.shape
            np.testing.assert_allclose(got, want, case.rtol, case.atol)
    return withheld


def outcomes(kind: str, operators=OURS) -> tuple[list[str], dict[str, str], Counter]:
    """Which cases in scope pass, why the others do not, and which outputs were not compared."""
    passed, failed, withheld = [], {}, Counter()
    for case in touching(kind, operators):
        if case.name in SKIPPED:
            continue
        try:
            withheld += check(case)
        except Exception as error:
            failed[case.name] = f"{type(error).__name__}: {error}"
        else:
            passed.append(case.name)
    return passed, failed, withheld


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_all_cases_of_ours_pass(kind, tally):
    passed, failed, withheld = outcomes(kind)
    tally(f"onnx {kind}", len(passed), len(passed) + len(failed))
    assert failed == {}
    assert len(passed) == PASSES[kind]
    assert withheld == WITHHELD.get(kind, Counter())


def test_at_least_280_cases_pass():
    assert sum(PASSES.values()) >= 280


@pytest.mark.full
def test_what_is_out_of_scope_is_there_touches_ours_and_cannot_pass():
    named = [name for names in OUT_OF_SCOPE.values() for name in names]
    assert len(named) == len(SKIPPED)
    there = {case.name: case for kind in KINDS for case in touching(kind)}
    assert there.keys() >= SKIPPED
    for name in SKIPPED:
        with pytest.raises((AssertionError, CnnvizError, NotOursError)):
            check(there[name])
