"""What scenes, quizzes and commands are about: options, checked once, and the traces made of them; no Manim.

Names are loaded when they are first used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Convolution": "cnnviz.subjects.convolution",
    "Dilation": "cnnviz.subjects.dilation",
    "Option": "cnnviz.subjects.option",
    "OutputSizes": "cnnviz.subjects.output_size",
    "Stride": "cnnviz.subjects.stride",
    "Subject": "cnnviz.subjects.option",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cnnviz.subjects' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
