"""What a clip depends on, as one checksum: two calls with the same fingerprint would draw the same bytes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cnnviz.render.kept.inputs import digest

__all__ = ["drawn_by", "fingerprint"]

_DRAWERS = ("manim", "numpy", "pycairo", "manimpango", "pillow", "av", "fonttools", "typst")
_DATA = (".py", ".otf", ".toml", ".npz", ".jpg", ".png")


def fingerprint(source: Path, options: Mapping[str, Any], *asked: Any) -> str | None:
    """Return the checksum of a scene file, its options, whatever else was asked for, and all the code that draws it.

    An option that names a file stands for what is in it. None where an option is something whose value cannot be told,
    or where the scene file is missing.
    """
    scene = digest(source)
    plain = [[name, _plain(value)] for name, value in sorted(options.items())]
    if scene is None:
        return None
    try:
        text = json.dumps([scene, plain, [_plain(value) for value in asked], drawn_by(), sys.version])
    except TypeError:
        return None
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it, with its type; what JSON refuses is refused there."""
    if isinstance(value, (str, Path)):
        return [type(value).__name__, str(value), digest(value) if str(value) else None]
    if isinstance(value, (tuple, list)):
        return [type(value).__name__, [_plain(part) for part in value]]
    if is_dataclass(value) and not isinstance(value, type):  # a picture or a kernel
        return [type(value).__name__, [_plain(getattr(value, each.name)) for each in fields(value)]]
    if type(value).__module__ == "numpy" and hasattr(value, "tobytes") and not getattr(value, "dtype", value).hasobject:
        return ["numpy", value.dtype.str, value.shape, hashlib.sha256(value.tobytes()).hexdigest()]
    return [type(value).__name__, value]


@cache
def drawn_by() -> list[Any]:
    """Return the checksum of this package as it was when first asked, and the versions of what it draws with."""
    package = Path(__file__).resolve().parents[2]
    files = sorted(path for path in package.rglob("*") if path.suffix in _DATA)
    own = hashlib.sha256(repr([(path.relative_to(package).as_posix(), digest(path)) for path in files]).encode())
    return [own.hexdigest(), *(_version(name) for name in _DRAWERS)]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
