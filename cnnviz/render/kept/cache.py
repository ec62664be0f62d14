"""Clips made before, kept so that the same one need not be drawn again.

An entry is one file, named by the fingerprint of what was asked for: the checksum of a line, that line (what is known
of the clip, the files its scene read, the checksum of the clip), and the clip. Entries appear whole or not at all, so
any number of processes may share the folder; what is damaged is noticed, removed and drawn again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import platformdirs

from cnnviz.errors import RenderError
from cnnviz.render.files.output import staged
from cnnviz.render.kept.inputs import digest

__all__ = ["Cache", "default_cache"]

LIMIT = 1 << 30
"""Bytes that all entries together may have; those used longest ago go first."""

_BLOCK = 1 << 20
_LONGEST = 1 << 24  # bytes of the line


class _DamagedError(Exception):
    pass


class Cache:
    """A folder of clips.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> clip = folder / "a.gif"
    >>> _ = clip.write_bytes(b"GIF89a")
    >>> cache = Cache(folder / "kept")
    >>> cache.keep("12ab", clip, {"frames": 3}, inputs={})
    >>> cache.fetch("12ab", folder / "b.gif"), (folder / "b.gif").read_bytes()
    ({'frames': 3}, b'GIF89a')
    >>> cache.fetch("34cd", folder / "c.gif")
    """

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        self.folder, self.limit = folder, limit

    def fetch(self, key: str, target: Path) -> dict[str, Any] | None:
        """Write the clip kept under ``key`` to ``target`` and return what is known of it, or None if there is none.

        Raises
        ------
        RenderError
            If ``target`` cannot be written.
        """
        place = self.folder / key
        try:
            entry = place.open("rb")
        except OSError:
            return None
        with entry:
            try:
                facts = _open(entry)
                if any(digest(path) != known for path, known in facts["inputs"].items()):
                    return None
                with staged(target) as temporary, temporary.open("wb") as file:
                    if _copy(entry, file) != facts["clip"]:
                        raise _DamagedError
            except _DamagedError:
                with contextlib.suppress(OSError):
                    place.unlink()
                return None
        with contextlib.suppress(OSError):
            os.utime(place)  # used now
        about: dict[str, Any] = facts["about"]
        return about

    def keep(self, key: str, clip: Path, about: Mapping[str, Any], *, inputs: Mapping[str, str | None]) -> None:
        """Keep a clip under ``key`` with what is known of it; where that is not possible, do without."""
        with contextlib.suppress(OSError, RenderError):
            if clip.stat().st_size > self.limit // 4:  # one clip should not drive out all others
                return
            with clip.open("rb") as source:
                line = json.dumps({"about": about, "inputs": inputs, "clip": _copy(source)}).encode()
                source.seek(0)
                with staged(self.folder / key) as temporary, temporary.open("wb") as entry:
                    entry.write(hashlib.sha256(line).hexdigest().encode() + b"\n" + line + b"\n")
                    _copy(source, entry)
            self._prune()

    def _prune(self) -> None:
        """Remove the entries used longest ago while there is too much; others may be doing the same."""
        found = []
        with os.scandir(self.folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.is_file(follow_symlinks=False):
                        facts = entry.stat(follow_symlinks=False)
                        found.append((facts.st_mtime_ns, facts.st_size, entry.path))
        excess = sum(size for _, size, _ in found) - self.limit
        for _, size, path in sorted(found):
            if excess <= 0:
                break
            Path(path).unlink(missing_ok=True)
            excess -= size


def default_cache() -> Cache:
    """Return the cache of this user: in the folder that the system has for such, or in that of ``CNNVIZ_CACHE``."""
    folder = os.environ.get("CNNVIZ_CACHE") or platformdirs.user_cache_dir("cnnviz", appauthor=False)
    return Cache(Path(folder).expanduser() / "clips")


def _open(entry: BinaryIO) -> dict[str, Any]:
    """Read the first two lines of an entry."""
    checksum, line = entry.readline(_LONGEST), entry.readline(_LONGEST)
    if checksum != hashlib.sha256(line[:-1]).hexdigest().encode() + b"\n":
        raise _DamagedError
    facts: dict[str, Any] = json.loads(line)
    return facts


def _copy(source: BinaryIO, target: BinaryIO | None = None) -> str:
    """Copy the rest of a file, or only read it, and return its checksum."""
    checksum = hashlib.sha256()
    read: Callable[[], bytes] = partial(source.read, _BLOCK)
    for block in iter(read, b""):
        checksum.update(block)
        if target is not None:
            target.write(block)
    return checksum.hexdigest()
