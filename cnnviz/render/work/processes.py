"""Processes on this machine, which stop when told so, and when the one that started them is no more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from cnnviz.render.work.task import Crew, News, Result, Task, work

__all__ = ["processes"]

_STOPPED = 143  # 128 and the number of SIGTERM


@contextmanager
def processes(count: int) -> Iterator[Crew]:
    """Start workers. They hold the end of a leash and stop when the other end is let go, or is no more."""
    context = _context()
    held, leash = context.Pipe(duplex=False)
    heard, spoken = context.Pipe(duplex=False)
    begin = (held, spoken, context.Lock(), dict(os.environ))
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=begin)
    crew = _Processes(pool, _work, size=count, near=True)
    listener = threading.Thread(target=_listen, args=(heard, crew), daemon=True)
    listener.start()
    try:
        yield crew
    except BaseException:
        leash.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        spoken.close()  # the last one that could speak
        listener.join()
        for end in (held, leash, heard):
            end.close()


class _Processes(Crew):
    def start(self, task: Task) -> Future[Any]:
        with _deaf_children():
            return super().start(task)


def _listen(heard: Connection, crew: Crew) -> None:
    """Take in what the workers tell, at once, so that none has to wait."""
    with suppress(EOFError, OSError):
        while True:
            crew.told.put(heard.recv())


def _context() -> Any:
    """Return how processes are started: where possible from one that has loaded Manim once for all."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cnnviz.render.work.processes", "cnnviz.render.fast.share"])
    return context


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, which a terminal sends to all: the leash tells them in good order."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In a worker


@dataclass
class _Worker:
    spoken: Any = None
    turn: Any = None
    busy: bool = False
    leaving: bool = False


_worker = _Worker()


def _begin(held: Connection, spoken: Connection, turn: Any, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    _worker.spoken, _worker.turn = spoken, turn
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_heel, args=(held,), daemon=True).start()


def _heel(held: Connection) -> None:
    with suppress(EOFError, OSError):
        held.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End this process, after what it has begun is cleared away; that is not to be disturbed by a second signal."""
    if not _worker.busy:
        os._exit(_STOPPED)
    if not _worker.leaving:
        _worker.leaving = True
        raise SystemExit(_STOPPED)


def _tell(news: News) -> None:
    with _worker.turn:
        _worker.spoken.send(news)


def _work(task: Task) -> Result:
    try:
        _worker.busy = True
        return work(task, _tell)
    except SystemExit:
        os._exit(_STOPPED)
    finally:
        _worker.busy = False
