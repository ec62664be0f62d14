"""Private folders for files in the making, and what becomes of them when their process dies.

A nest is called ``.cnnviz-PID-RANDOM`` and holds a locked file. The lock goes with the process, however it ends, so the
next run knows which nests are abandoned. A process number alone would not do: it is given again, and is another one in
every container that shares the folder.
"""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where files that are open cannot be removed
    fcntl = None  # type: ignore[assignment]

__all__ = ["PREVIOUS", "nest", "sweep"]

PREVIOUS = "previous"
"""A folder in the nest for what had to make room; it goes back where nothing took its place."""

_PREFIX = ".cnnviz-"
_LOCK = "lock"
_STALE = 24 * 3600  # seconds, for file systems without locks


@contextlib.contextmanager
def nest(folder: Path) -> Iterator[Path]:
    """Make a nest in `folder` and remove it with all that is left in it.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with nest(folder) as private:
    ...     private.parent == folder, private.is_dir()
    (True, True)
    >>> private.exists()
    False
    """
    path, lock = _make(folder)
    try:
        yield path
    finally:
        _restore(path)
        os.close(lock)
        _remove(path)


def sweep(folder: Path) -> None:
    """Remove the nests of dead processes from `folder`; those of living ones stay."""
    with os.scandir(folder) as entries:
        paths = [Path(entry.path) for entry in entries if entry.name.startswith(_PREFIX)]
    for path in paths:
        with contextlib.suppress(OSError):  # another process may be sweeping too
            _sweep(path)


def _make(folder: Path) -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=folder))
        try:
            lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except FileNotFoundError:
            continue  # a sweeper took it for abandoned
        if fcntl is not None:
            with contextlib.suppress(OSError):  # no locks here; age decides
                fcntl.flock(lock, fcntl.LOCK_EX)
        if (path / _LOCK).exists():
            return path, lock
        os.close(lock)


def _sweep(path: Path) -> None:
    try:
        lock = os.open(path / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        path.rmdir()  # killed before the lock was made, or after it was removed; nothing else is in it then
        return
    try:
        if _abandoned(path, lock):
            _restore(path)
            _remove(path)
    finally:
        os.close(lock)


def _abandoned(path: Path, lock: int) -> bool:
    try:
        if fcntl is None:
            raise OSError
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - path.stat().st_mtime > _STALE
    return True


def _remove(path: Path) -> None:
    """Remove a nest, its lock last: a sweeper must know it as long as there is something in it."""
    with contextlib.suppress(OSError):
        for entry in path.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != _LOCK:
                entry.unlink(missing_ok=True)
    shutil.rmtree(path, ignore_errors=True)


def _restore(path: Path) -> None:
    for previous in (path / PREVIOUS).glob("*"):
        if not (path.parent / previous.name).exists():
            previous.rename(path.parent / previous.name)
