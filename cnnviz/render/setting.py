"""Manim's settings while a scene is loaded and drawn: those asked for, and those that its own file makes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from cnnviz.errors import InputError
from cnnviz.render.look import Look
from cnnviz.render.request import Request

__all__ = ["config_files", "lent", "settled"]

Measures = tuple[int, int, float]
"""Pixels across and down, and frames for a second of the scene."""

_USUAL = (1920, 1080, 60.0)
"""Pixels and rate of Manim where nobody says anything."""


@contextmanager
def lent() -> Iterator[None]:
    """Undo afterwards what files set that are loaded meanwhile."""
    from cnnviz.render.fast import load_manim

    load_manim()
    from cnnviz.render.fast.settings import borrowed

    with borrowed():
        yield


@contextmanager
def settled(look: Look, request: Request, *, foreign: bool) -> Iterator[Callable[[], Look]]:
    """Set what is asked for, load a scene within, and then ask how it is to look.

    A ``foreign`` scene may say itself how large it is and how many frames it has a second, in its file or in a
    ``manim.cfg``; that holds as far as the request says nothing else. Whatever it sets is undone afterwards.

    Raises
    ------
    InputError
        If the file asks for OpenGL.
    """
    from manim import RendererType, config

    from cnnviz.render.fast.settings import borrowed

    with borrowed():
        first = _own(look, request, _measures(config), _USUAL) if foreign else look
        _set(config, first)
        if not foreign and config.renderer is not RendererType.CAIRO:
            config.renderer = "cairo"

        def decided() -> Look:
            """Return the look, once the file was loaded."""
            if not foreign:
                return first
            if config.renderer is not RendererType.CAIRO:
                raise InputError(
                    "render: expected a scene for Manim's Cairo renderer, got one for OpenGL; take the setting of the "
                    "renderer out of its file or manim.cfg, or render it with Manim itself"
                )
            last = _own(first, request, _measures(config), _measures_of(first))
            _set(config, last)
            return last

        yield decided


def config_files() -> tuple[Path, ...]:
    """Return the files that may say for all scenes how they look, where there are such."""
    home = Path.home() / ("AppData/Roaming/Manim" if sys.platform == "win32" else ".config/manim")
    return tuple(path for path in (home / "manim.cfg", Path("manim.cfg")) if path.is_file())


def _own(look: Look, request: Request, measures: Measures, before: Measures) -> Look:
    """Take what changed of a scene's measures into a look, as far as nothing else was asked for."""
    wide, high, rate = measures
    if request.fps is None and request.quality is None and rate != before[2]:
        look = replace(look, fps=rate)
    if request.aspect is not None or (wide, high) == before[:2]:
        return look
    if request.quality is None and request.width is None:
        return replace(look, width=wide, height=high)
    scale = look.width / wide if request.width is not None else min(look.width, look.height) / min(wide, high)
    return replace(look, width=2 * round(wide * scale / 2), height=2 * round(high * scale / 2))


def _measures(config: Any) -> Measures:
    return config.pixel_width, config.pixel_height, float(config.frame_rate)


def _measures_of(look: Look) -> Measures:
    return look.width, look.height, look.pace


def _set(config: Any, look: Look) -> None:
    config.pixel_width, config.pixel_height, config.frame_rate = _measures_of(look)
    if look.frame is not None:
        config.frame_width, config.frame_height = look.frame
