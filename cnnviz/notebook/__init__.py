"""cnnviz in notebooks: a player for scenes, and cells that are scenes.

``player("ch04-s02-max-pooling")`` shows a scene that stops at beats. After ``%load_ext cnnviz.notebook`` a cell that
begins with ``%%cnnviz`` renders the scene class in it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnnviz.notebook.screen import player

__all__ = ["load_ipython_extension", "player"]


def load_ipython_extension(shell: Any) -> None:
    """Give a notebook the magic ``%%cnnviz``; ``%load_ext cnnviz.notebook`` calls this."""
    from cnnviz.notebook.cell import magic

    shell.register_magic_function(magic, "cell", "cnnviz")


def __getattr__(name: str) -> Any:
    """Load what draws when it is asked for."""
    if name != "player":
        raise AttributeError(f"module 'cnnviz.notebook' has no attribute {name!r}")
    return import_module("cnnviz.notebook.screen").player
