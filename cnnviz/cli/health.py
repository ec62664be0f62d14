"""What cnnviz needs of a machine: each need is declared once, with how to try it and what helps where it fails."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from shutil import disk_usage

__all__ = ["CHECKS", "Check", "Finding", "examine"]

REINSTALL = 'install cnnviz again, for instance: pip install --force-reinstall "cnnviz"'
MOST_NEEDED = 200_000_000
SCRIPTS = {
    "Cyrillic": "Ж",
    "Vietnamese": "ế",
    "Chinese": "卷",
    "Japanese": "み",
    "Korean": "합",
    "Arabic": "ع",
    "Hindi": "ह",
}
"""A character of each script that our font has not, and that a title may well have."""


@dataclass(frozen=True)
class Check:
    """A need: ``probe`` returns what was found, or raises, and then ``remedy`` helps."""

    name: str
    probe: Callable[[], str]
    remedy: str


@dataclass(frozen=True)
class Finding:
    """What a check came to."""

    name: str
    ok: bool
    detail: str
    remedy: str


def examine(check: Check) -> Finding:
    """Try one need; whatever goes wrong is a finding, in one line."""
    try:
        return Finding(check.name, True, check.probe(), "")
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        return Finding(check.name, False, reason, check.remedy)


def _python() -> str:
    return f"{platform.python_version()}, {sys.executable}"


def _numpy() -> str:
    import numpy as np

    np.linalg.norm(np.ones((2, 2)) @ np.ones((2, 2)))
    return version("numpy")


def _images() -> str:
    from cnnviz.data import builtin_names, load_image

    load_image("photo:china", size=8)
    return f"pillow {version('pillow')}, {len(builtin_names())} built-in pictures"


def _fonts() -> str:
    from cnnviz.stage.fallback import name_of
    from cnnviz.stage.font import WEIGHTS, font

    for weight in WEIGHTS:
        font(weight).lay_out("0123456789")
    found = {script: name_of(sample) for script, sample in SCRIPTS.items()}
    here = "".join(f"; {script}: {name}" for script, name in found.items() if name)
    none = ", ".join(script for script, name in found.items() if not name)
    lacking = f"; none here for {none}: a Noto font of that script would do" if none else ""
    return f"Inter, {len(WEIGHTS)} weights, shipped{here}{lacking}"


def _cairo() -> str:
    import cairo
    import manimpango

    return f"cairo {cairo.cairo_version_string()}, pango by manimpango {manimpango.__version__}"


def _manim() -> str:
    import manim

    return str(manim.__version__)


def _typst() -> str:
    import typst

    typst.compile(b"$ sum_i x_i $", format="svg")
    return f"{version('typst')}; LaTeX is not needed"


def _video() -> str:
    import av

    av.codec.Codec("gif", "w")
    return f"av {version('av')}; an ffmpeg program is not needed"


def _scenes() -> str:
    from cnnviz.render.catalog import scenes

    lost = [entry.slug for entry in scenes() if not Path(entry.path).is_file()]
    if lost:
        raise FileNotFoundError(f"no file for {', '.join(lost)}")
    return f"{len(scenes())} in the catalog"


def _disk() -> str:
    with tempfile.NamedTemporaryFile(dir=Path.cwd(), prefix=".cnnviz-"):
        free = disk_usage(Path.cwd()).free
    if free < MOST_NEEDED:
        raise OSError(f"{free / 1e6:.0f} MB free in {Path.cwd()}")
    return f"{free / 1e9:.1f} GB free, and writable, here"


_BUILD = (
    "install pkg-config, a C compiler and the headers of cairo and pango "
    "(Debian, Ubuntu: apt-get install pkg-config gcc libcairo2-dev libpango1.0-dev python3-dev; "
    "Fedora: dnf install pkgconf gcc cairo-devel pango-devel python3-devel; macOS: brew install pkgconf cairo pango), "
    "then: pip install --force-reinstall --no-binary :all: --no-deps pycairo manimpango"
)
CHECKS = (
    Check("python", _python, "install Python 3.11 or newer and make a new environment with it"),
    Check("numpy", _numpy, "pip install --force-reinstall numpy"),
    Check("pictures", _images, REINSTALL),
    Check("fonts", _fonts, REINSTALL),
    Check("cairo", _cairo, _BUILD),
    Check("manim", _manim, 'pip install --force-reinstall "manim[typst]>=0.22,<0.23"'),
    Check("formulas", _typst, 'pip install --force-reinstall "manim[typst]>=0.22,<0.23"'),
    Check("video", _video, "pip install --force-reinstall av"),
    Check("scenes", _scenes, REINSTALL),
    Check("disk", _disk, "change to a folder you may write to, with at least 200 MB free"),
)
