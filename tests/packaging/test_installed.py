"""The wheel at work, far from the checkout."""

from pathlib import Path

import pytest
from PIL import Image

from cnnviz import __version__

ROOT = Path(__file__).parents[2]


def test_it_is_the_installed_package_that_runs(installed):
    place = Path(installed.python("import cnnviz; print(cnnviz.__file__)"))
    assert place == installed.site / "cnnviz" / "__init__.py"


def test_the_program_says_its_version(installed):
    assert installed.run("cnnviz", "--version").stdout == f"cnnviz, version {__version__}\n"


def test_the_scenes_come_with_it(installed):
    code = "from cnnviz.render.catalog import scenes; print(*(entry.path for entry in scenes()), sep='\\n')"
    paths = [Path(line) for line in installed.python(code).splitlines()]
    assert paths
    assert all(path.is_relative_to(installed.site / "cnnviz" / "_scenes") and path.is_file() for path in paths)


def test_no_module_called_scenes(installed):
    code = "import importlib.util; print(importlib.util.find_spec('scenes'))"
    assert installed.python(code) == "None"


@pytest.mark.full
def test_it_makes_a_gif(installed):
    before = {*installed.folder.iterdir()}  # other tests work here, too
    done = installed.run("cnnviz", "gif", "conv", "digit:3", "--kernel", "sobel-x", "--width", "320", "-o", "sobel.gif")
    assert (done.returncode, done.stdout, done.stderr) == (0, "sobel.gif\n", "")
    with Image.open(installed.folder / "sobel.gif") as image:
        assert (image.format, image.size) == ("GIF", (320, 180))
        assert image.n_frames > 50
    made = {*installed.folder.iterdir()} - before
    assert sorted(path.name for path in made) == ["sobel.alt.txt", "sobel.gif"]


def test_nothing_of_the_checkout_is_used(installed):
    code = (
        "import sys; sys.argv = ['cnnviz', 'gif', 'conv', 'no.png']\n"
        "from cnnviz.cli import run; run(); import cnnviz.render.catalog as c; c.scenes()\n"
        "print(*(m.__file__ for m in sys.modules.values() if getattr(m, '__file__', None)), sep='\\n')"
    )
    files = [Path(line) for line in installed.python(code).splitlines()]
    ours = [file for file in files if "cnnviz" in file.parts]
    assert ours
    assert not [file for file in ours if file.is_relative_to(ROOT / "cnnviz")]
