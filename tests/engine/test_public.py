"""What `cnnviz.engine` offers, and what importing it costs."""

import inspect
import subprocess
import sys

import pytest

from cnnviz import engine

HEAVY = ("manim", "click", "PIL", "scipy", "rich", "matplotlib", "av", "cairo", "platformdirs")

CONTRACT = """
conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d locally_connected2d depthwise_separable_conv2d
max_pool1d max_pool2d max_pool3d avg_pool1d avg_pool2d avg_pool3d lp_pool2d adaptive_avg_pool2d adaptive_max_pool2d
global_avg_pool global_max_pool
relu leaky_relu elu gelu sigmoid tanh softplus softmax log_softmax
linear flatten dropout batch_norm layer_norm local_response_norm cross_entropy mse_loss squash dynamic_routing
correlate2d convolve2d
"""
OTHERS = """
trace_conv trace_conv_transpose trace_pool trace_linear trace_conv_vjp trace_pool_vjp
output_shape same_padding parameter_count macs receptive_field effective_receptive_field gradcheck
low_pass high_pass spectrum
"""


def test_the_contract_is_kept():
    operations = CONTRACT.split()
    assert {*operations, *(f"{name}_vjp" for name in operations), *OTHERS.split()} <= set(engine.__all__)


def test_the_list_is_in_order_and_true():
    assert engine.__all__ == sorted(set(engine.__all__))
    for name in engine.__all__:
        assert getattr(engine, name).__name__ == name


@pytest.mark.parametrize("name", [name for name in engine.__all__ if name.endswith("_vjp") and "trace" not in name])
def test_a_vjp_takes_the_gradient_and_then_the_arguments_of_its_operation(name):
    forward = list(inspect.signature(getattr(engine, name.removesuffix("_vjp"))).parameters.values())
    backward = list(inspect.signature(getattr(engine, name)).parameters.values())
    assert backward[0].name == "dy"
    arrays = [p.name for p in forward if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert [p.name for p in backward[1:] if p.kind is p.POSITIONAL_OR_KEYWORD] == arrays


@pytest.mark.parametrize("name", [name for name in engine.__all__ if inspect.isfunction(getattr(engine, name))])
def test_every_function_says_what_it_does_and_shows_it(name):
    doc = inspect.getdoc(getattr(engine, name))
    first, *rest = doc.splitlines()
    assert first.endswith(".")
    assert not rest[:1] or not rest[0]
    assert ">>> " in doc


LIGHT = f"import cnnviz.engine, sys; print([name for name in {HEAVY!r} if name in sys.modules])"


def loaded(program, path=None):
    environment = None if path is None else {"PYTHONPATH": str(path)}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    return run.stdout.strip()


def test_importing_the_engine_loads_numpy_alone():
    assert loaded(LIGHT) == "[]"


def test_a_heavy_import_would_be_seen(tmp_path):
    (tmp_path / "manim.py").touch()
    assert loaded(f"import manim; {LIGHT}", tmp_path) == "['manim']"


CLOCK = """
from time import perf_counter
start = perf_counter()
import numpy
middle = perf_counter()
{engine}
print((perf_counter() - start) / (middle - start))
"""


def ratio(engine_import):
    """How many times `import numpy` the import of numpy and then the engine takes, at best of seven."""
    return min(float(loaded(CLOCK.format(engine=engine_import))) for _ in range(7))


def test_importing_the_engine_takes_little_more_than_numpy():
    assert ratio("import cnnviz.engine") <= 2.5


@pytest.mark.full
def test_a_slow_import_would_be_seen():
    assert ratio("import cnnviz.engine\nwhile perf_counter() < 3 * middle - 2 * start: pass") > 2.5
