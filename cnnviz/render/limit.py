"""An end to what does not end by itself."""

from __future__ import annotations

import ctypes
import math
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from cnnviz.errors import OptionError

__all__ = ["TimeUpError", "checked", "limited"]

_AGAIN = 0.5  # seconds, for those who catch everything


class TimeUpError(BaseException):
    """The time is over; no `Exception`, so that few catch it on the way. ``place`` says where it came."""

    place = ""


def checked(seconds: float | None) -> float | None:
    """Return a limit in seconds, None for none.

    Examples
    --------
    >>> checked(0)
    Traceback (most recent call last):
    cnnviz.errors.OptionError: timeout: expected a number of seconds above 0, got 0
    """
    if seconds is not None and not 0 < seconds < math.inf:
        raise OptionError(f"timeout: expected a number of seconds above 0, got {seconds:g}")
    return seconds


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Stop the block by `TimeUpError` when it takes longer; None lets it take its time.

    On the main thread an alarm does that, even in the midst of waiting; on another, Python between two of its steps.

    Examples
    --------
    >>> try:
    ...     with limited(0.01):
    ...         while True:
    ...             pass
    ... except TimeUpError:
    ...     print("stopped")
    stopped
    """
    if seconds is None:
        yield
    elif threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        with _alarm(seconds):
            yield
    else:
        with _injection(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TimeUpError


@contextmanager
def _injection(seconds: float) -> Iterator[None]:
    current = threading.current_thread()
    thread = ctypes.c_ulong(threading.get_ident())
    done, lock = threading.Event(), threading.Lock()
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set() and current.is_alive():  # else its number may be another thread's by now
                    raise_in(thread, ctypes.py_object(TimeUpError))
            wait = _AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        ended = False
        while not ended:
            with suppress(TimeUpError):  # it may come even here
                done.set()
                with lock:
                    raise_in(thread, None)  # one that is still on its way
                ended = True
