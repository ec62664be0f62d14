"""What Manim imports at its start and few scenes use: it is there when it is used, and it is the library itself."""

import importlib
import subprocess
import sys

import numpy as np
import pytest
from scipy.spatial.transform import Rotation as Scipys

from cnnviz.render.fast import load_manim
from cnnviz.render.fast.later import later
from cnnviz.render.fast.turn import Rotation

LATER = ("scipy", "av", "networkx", "bs4", "isosurfaces", "IPython")


def test_loading_manim_loads_none_of_them_and_nobody_meets_a_stand_in_afterwards():
    code = f"""
import sys
from cnnviz.render.fast import load_manim
load_manim()
assert not [name for name in {LATER!r} if name in sys.modules]
import bs4, networkx
from scipy.spatial.transform import Rotation
assert bs4.Tag.__module__ == "bs4.element" and networkx.is_tree(networkx.path_graph(3))
assert Rotation.__module__.startswith("scipy") and hasattr(Rotation, "from_euler")
from manim import Code, Graph, Square
graph = Graph([1, 2, 3], [(1, 2), (2, 3)], layout="tree", root_vertex=1)
assert type(graph._graph) is networkx.Graph and len(graph.vertices) == 3
assert Code(code_string="a = 1", language="python").code_lines
Square().rotate(1.0)
import av
from manim.scene import scene_file_writer
assert scene_file_writer.av.error.EOFError is av.error.EOFError and scene_file_writer.av.__version__ == av.__version__
"""
    subprocess.run([sys.executable, "-W", "error::RuntimeWarning", "-c", code], check=True)


def test_a_gif_needs_no_codecs(tmp_path):
    code = """
import sys
from cnnviz.cli import run
run(["gif", "conv", "digit:3", "-o", sys.argv[1]])
print(*[name for name in ("av", "scipy", "matplotlib") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.gif"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "a.gif")]


def test_what_is_there_already_is_left_alone():
    real = importlib.import_module("networkx")
    with later():
        assert importlib.import_module("networkx") is real
    assert sys.modules["networkx"] is real


@pytest.mark.parametrize("seed", range(3))
def test_a_turn_is_scipys_to_the_last_bit(seed):
    load_manim()
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(2000, 3)) * 10.0 ** random.uniform(-9, 2, (2000, 1))
    corners = [[0.0, 0.0, quarter * np.pi / 2] for quarter in range(-8, 9)] + [[0.0, 1e-3, 0.0], [-0.0, 0.0, 1.0]]
    for vector in [*vectors, *np.array(corners)]:
        assert Rotation.from_rotvec(vector).as_matrix().tobytes() == Scipys.from_rotvec(vector).as_matrix().tobytes()
