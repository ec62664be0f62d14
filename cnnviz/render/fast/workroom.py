"""A folder for the files that Manim cannot do without, in memory where the machine allows."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

NAME = "cnnviz-room-"
MEMORY = Path("/dev/shm")
ENOUGH = 256 * 2**20
"""Bytes that must be free in memory for the folder to be there."""


@contextmanager
def workroom() -> Iterator[Path]:
    """Lend an empty folder that vanishes afterwards, and clear away those of renderings that were killed.

    Manim writes each text to a file and reads it back, twice. On a disk that costs some milliseconds each time, for a
    file that is written anew is flushed at once; in memory it costs nothing.

    Examples
    --------
    >>> with workroom() as folder:
    ...     _ = (folder / "note").write_text("here")
    >>> folder.exists()
    False
    """
    base = _base()
    clear_deserted(base)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=NAME, dir=base))
        with (folder / "lock").open("w") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / "lock").exists():  # else it was taken for deserted before it was locked
                try:
                    yield folder
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                return


def clear_deserted(base: Path) -> None:
    """Remove workrooms in a folder whose process is gone: its lock went with it."""
    if fcntl is None:
        return
    for folder in base.glob(NAME + "*"):
        with suppress(OSError), (folder / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def _base() -> Path:
    """Return where temporary folders go: memory if there is enough, else where the system says."""
    with suppress(OSError):
        if os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH:
            return MEMORY
    return Path(tempfile.gettempdir())
