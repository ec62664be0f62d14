"""A clip to be drawn on another machine: all that is needed for it, and what comes back."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cnnviz.errors import CnnvizError, InputError, RenderError
from cnnviz.render.kept.fingerprint import drawn_by
from cnnviz.render.plan import Digests, Plan

__all__ = ["Parcel", "Sent"]

LIMIT = 64 << 20
"""Bytes that the scene and the files it is given may have."""

_SCENE = ""  # what the scene's own file is called among the options


@dataclass(frozen=True)
class Sent:
    """A finished clip on its way back."""

    about: dict[str, Any]
    inputs: Digests
    data: bytes


@dataclass(frozen=True)
class Parcel:
    """A plan with the scene's source and the files that its options name.

    Attributes
    ----------
    plan : Plan
        As it is where the parcel comes from.
    files : dict
        For each option that names a file, and for the scene itself, the file's path and its bytes.
    code : list
        What draws there; the same must draw here, or the pictures may differ.
    """

    plan: Plan
    files: dict[str, tuple[Path, bytes]]
    code: list[Any]

    @classmethod
    def pack(cls, plan: Plan) -> Parcel:
        """Take in all that is needed.

        Raises
        ------
        InputError
            If the scene does not exist, or the files are too large to be sent around.
        """
        if not plan.file.is_file():
            raise InputError(f"render: expected a Python file with a Manim scene, but {plan.file} does not exist")
        paths = {_SCENE: plan.file}
        for name, value in plan.request.options.items():
            if isinstance(value, (str, Path)) and _is_file(value):
                paths[name] = Path(value)
        size = sum(path.stat().st_size for path in paths.values())
        if size > LIMIT:
            raise InputError(
                f"cluster: expected at most {LIMIT} bytes of files for a scene, got {size}; make them smaller"
            )
        return cls(plan, {name: (path, path.read_bytes()) for name, path in paths.items()}, _code())

    @property
    def inputs(self) -> dict[str, str | None]:
        """The checksums of the files, by their paths."""
        return {str(path): hashlib.sha256(data).hexdigest() for path, data in self.files.values()}

    @contextmanager
    def unpacked(self) -> Iterator[tuple[Plan, Path]]:
        """Lay the files into a folder that vanishes; gives the plan as it is here, and a path for the clip.

        Raises
        ------
        RenderError
            If this machine draws with other code.
        """
        if self.code != _code():
            raise RenderError(
                "cluster: expected workers with the same versions of cnnviz, Manim and Python as here, got others; "
                "install the same there"
            )
        with tempfile.TemporaryDirectory(prefix="cnnviz-parcel-") as folder:
            options = dict(self.plan.request.options)
            plan = self.plan
            for number, (name, (path, data)) in enumerate(self.files.items()):
                place = Path(folder, str(number), path.name)  # its name may be shown
                place.parent.mkdir()
                place.write_bytes(data)
                if name == _SCENE:
                    plan = replace(plan, file=place)
                else:
                    options[name] = type(options[name])(place)
            try:
                asked = replace(plan.request, options=options)
                yield replace(plan, request=asked), Path(folder, f"out.{asked.format}")
            except CnnvizError as error:
                raise type(error)(self._named(str(error), Path(folder))) from error

    def home(self, inputs: Digests) -> Digests:
        """Return what is known of the files that a scene read there: those of the parcel; None if there are more."""
        if inputs is None or any("cnnviz-parcel-" not in path for path in inputs):
            return None
        return self.inputs

    def _named(self, text: str, folder: Path) -> str:
        """Put the names that files have at home into a message."""
        for number, (path, _) in enumerate(self.files.values()):
            text = text.replace(str(folder / str(number) / path.name), str(path))
        return text


def _is_file(value: str | Path) -> bool:
    try:
        return bool(str(value)) and Path(value).is_file()
    except (OSError, ValueError):
        return False


def _code() -> list[Any]:
    return [drawn_by(), sys.version_info[:2]]
