"""Files that appear whole or not at all: written beside their place, flushed, and renamed into it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(path: str | Path) -> Iterator[BinaryIO]:
    """Give a binary file to write to, and put it at `path` when the block ends well.

    Whatever stops the block leaves an existing file as it was. A symbolic link is followed, permissions are kept.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "note.txt"
    >>> with whole(path) as file:
    ...     _ = file.write(b"done")
    >>> path.read_bytes(), [entry.name for entry in path.parent.iterdir()]
    (b'done', ['note.txt'])
    """
    target = Path(path).resolve()
    if target.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
