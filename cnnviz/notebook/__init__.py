"""cnnviz in notebooks: a player for scenes, layers to explore, and cells that are scenes.

``player("ch04-s02-max-pooling")`` shows a scene that stops at beats, ``explore("digit:3", "sobel-x")`` a convolution to
point at. After ``%load_ext cnnviz.notebook`` a cell that begins with ``%%cnnviz`` renders the scene class in it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnnviz.notebook.explore import explore
    from cnnviz.notebook.screen import player

__all__ = ["explore", "load_ipython_extension", "player"]

_PLACES = {"explore": "cnnviz.notebook.explore", "player": "cnnviz.notebook.screen"}


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook the magic ``%%cnnviz``; ``%load_ext cnnviz.notebook`` calls this."""
    from cnnviz.notebook.cell import magic

    shell.register_magic_function(magic, "cell", "cnnviz")


def __getattr__(name: str) -> Any:
    """Load what draws when it is asked for."""
    if name not in _PLACES:
        raise AttributeError(f"module 'cnnviz.notebook' has no attribute {name!r}")
    try:
        found = getattr(import_module(_PLACES[name]), name)
    except ModuleNotFoundError as missing:
        if missing.name not in ("anywidget", "traitlets"):
            raise
        raise ImportError("explore: expected anywidget, found none; pip install 'cnnviz[notebook]'") from None
    globals()[name] = found  # not the module of that name, which the import has put here
    return found
