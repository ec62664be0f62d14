"""The engine where there is numpy and nothing else."""

EXAMPLE = """
import numpy as np
from cnnviz.engine import correlate2d, conv2d, max_pool2d, relu, trace_conv

board = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5]], dtype=float)
kernel = np.array([[1, 0, -1]] * 3, dtype=float)
out = correlate2d(board, kernel)
assert (conv2d(board[None, None], kernel[None, None])[0, 0] == out).all()
assert trace_conv(board[None, None], kernel[None, None])[0].result == out[0, 0]
print(max_pool2d(relu(out)[None, None], 3)[0, 0, 0, 0])
"""


def test_there_is_numpy_and_nothing_else(bare):
    code = "from importlib.metadata import distributions; print(*sorted({d.name for d in distributions()}))"
    assert bare.python(code) == "cnnviz numpy"
    done = bare.run("python", "-I", "-c", "import manim")
    assert done.stderr.endswith("ModuleNotFoundError: No module named 'manim'\n")


def test_the_engine_works_there(bare):
    assert bare.python(EXAMPLE) == "14.0"


def test_every_module_of_the_engine_loads_there(bare):
    code = (
        "import importlib, pkgutil, cnnviz.engine\n"
        "names = [m.name for m in pkgutil.walk_packages(cnnviz.engine.__path__, 'cnnviz.engine.')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names))"
    )
    assert int(bare.python(code)) > 10
