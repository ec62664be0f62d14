"""From a scene to a file.

The way of a frame:

1. `request` says what is asked for, `plan` what will be made of it: which scene of the `catalog`, how large (`quality`,
   `look`), in which file. What was made before comes from `kept`.
2. `drawing` lets `fast` play the scene, picture by picture, and hands each to a sink.
3. The sink is one of `writers`: a GIF, a movie. It writes into a private folder of `files`, looks at what it wrote, and
   the file is renamed into its place. Captions and a voice go beside or into it.

`work` has several processes do that, `lecture` makes one movie of many scenes, and `paper` puts a scene on a sheet.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnnviz.render.result import Render
    from cnnviz.render.runner import render

__all__ = ["Render", "render"]


def __getattr__(name: str) -> Any:
    """Load what draws when it is asked for: the catalogue alone needs none of it."""
    homes = {"Render": "result", "render": "runner"}
    if name not in homes:
        raise AttributeError(f"module 'cnnviz.render' has no attribute {name!r}")
    return getattr(import_module(f"cnnviz.render.{homes[name]}"), name)
