"""What is asked of the renderer, in one piece."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["Request", "takes_a_request"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Request:
    """All that `cnnviz.render.render` takes, `progress` aside; what each means is said there.

    It is checked when it becomes a plan, so one that makes no sense can be made, and sent around.
    """

    target: str | Path
    format: str = "gif"
    quality: str | None = None
    fps: float | None = None
    width: int | None = None
    aspect: str | None = None
    speed: float = 1.0
    transparent: bool = False
    captions: str | None = None
    path: str | Path | None = None
    renderer: str = "fast"
    max_size: str | int | None = None
    voice: str | None = None
    variable_rate: bool = False
    cache: bool = True
    timeout: float | None = None
    options: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, target: str | Path, **arguments: Any) -> Request:
        """Take arguments as `render` does: what is none of its own is an option of the scene.

        Examples
        --------
        >>> Request.of("ch02-s01-slide", width=640, image="digit:3").options
        {'image': 'digit:3'}
        """
        own = {name: arguments.pop(name) for name in list(arguments) if name in NAMES}
        return cls(target, **own, options=arguments)


NAMES = tuple(each.name for each in fields(Request) if each.name not in ("target", "options"))
"""The arguments that are the renderer's own; a scene cannot have options of these names."""


def takes_a_request(function: _Function) -> _Function:
    """Let help and notebooks show the fields of a request as the keyword arguments of a function that takes one."""
    first, *others = inspect.signature(function).parameters.values()
    known = [
        inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default, annotation=each.type)
        for each in fields(Request)
        if each.name in NAMES
    ]
    function.__signature__ = inspect.Signature([first, *known, *others])  # type: ignore[attr-defined]
    return function
