"""What can stop a file from being written: errors of the system, in words that tell what to do, and signals."""

import contextlib
import errno
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from cnnviz.errors import RenderError

__all__ = ["DISK", "explained", "terminable", "uninterrupted"]

_WORDS = {
    errno.ENOSPC: ("room on the disk", "a full one", "free some space or choose another folder"),
    errno.EDQUOT: ("room in your disk quota", "none left", "free some space or choose another folder"),
    errno.EFBIG: ("to write the whole file", "a limit on file sizes", "raise it (ulimit -f) or make a smaller picture"),
    errno.EIO: ("a disk that works", "an input/output error", "choose another folder"),
    errno.EACCES: ("a folder that may be written to", "one that may not", "choose another folder"),
    errno.EPERM: ("a folder that may be written to", "one that may not", "choose another folder"),
    errno.EROFS: ("a folder that may be written to", "a read-only file system", "choose another folder"),
    errno.ENOTDIR: ("only folders before the last name", "a file among them", "choose another path"),
    errno.EEXIST: ("a name that is free", "one that is taken", "choose another path"),
    errno.ENAMETOOLONG: ("a name the file system can hold", "a longer one", "shorten it"),
    errno.ELOOP: ("a path that leads somewhere", "symbolic links in a circle", "choose another path"),
    errno.ENOENT: ("a folder that stays", "one that was removed meanwhile", "run it again"),
}

DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Errors that can only come from writing."""


@contextlib.contextmanager
def explained(path: str | Path, only: frozenset[int] = frozenset(_WORDS)) -> Iterator[None]:
    """Turn the system's errors about writing `path` into a `RenderError` of one line.

    Examples
    --------
    >>> with explained("a.gif"):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    cnnviz.errors.RenderError: a.gif: expected room on the disk, got a full one; free some space or choose another ...
    """
    try:
        yield
    except OSError as error:
        if error.errno not in only:
            raise
        expected, got, remedy = _WORDS[error.errno]
        raise RenderError(f"{path}: expected {expected}, got {got}; {remedy}") from error


@contextlib.contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the stack as Ctrl-C does, where nobody else handles them.

    The process then ends with the code a shell gives for the signal, 128 and its number.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C, a polite kill and an alarm wait until the block is done.

    An exception in the midst of loading native code can end the process on the spot, with whatever is half done.

    Examples
    --------
    >>> try:
    ...     with uninterrupted():
    ...         signal.raise_signal(signal.SIGINT)
    ...         print("this first")
    ... except KeyboardInterrupt:
    ...     print("then that")
    this first
    then that
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGALRM")
    before = {number: signal.getsignal(number) for name in names if (number := getattr(signal, name, None)) is not None}
    for number in before:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
