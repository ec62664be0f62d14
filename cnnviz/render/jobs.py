"""Many scenes at once, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from cnnviz.errors import CnnvizError, OptionError, RenderError
from cnnviz.render.runner import Render, plan

__all__ = ["Order", "render_all"]

Progress = Callable[[int, int, int], None]
"""Called with the number of an order, its frames done, and its frames expected."""

Outcome = Render | CnnvizError | OSError

T = TypeVar("T")

MOST = 64
_STOPPED = 143  # 128 and the number of SIGTERM
_LESS = "free some memory or take fewer jobs"
_TRIES = 3  # of an order whose process dies
_TICK = 0.1  # seconds between looks at the progress


@dataclass(frozen=True)
class Order:
    """What to render: the arguments of `render`, `progress` aside."""

    target: str | Path
    options: dict[str, Any] = field(default_factory=dict)


def render_all(orders: Sequence[Order], *, jobs: int = 1, progress: Progress | None = None) -> Iterator[Outcome]:
    """Render scenes, several at once, and yield what came of each in the order they were given.

    A scene that fails does not stop the others: its error is yielded in place of its `Render`. The files are the same
    byte by byte, however many jobs there are. When the caller stops, by Ctrl-C or by closing the iterator, the workers
    stop and clear away what they had begun; so they do when the caller is killed.

    Parameters
    ----------
    orders : sequence of Order
        What to render.
    jobs : int
        How many processes, 1 to 64; 1 renders here, without any.
    progress : callable, optional
        Called as frames are done.

    Raises
    ------
    OptionError
        If ``jobs`` is out of range.
    """
    if not 1 <= jobs <= MOST:
        raise OptionError(f"jobs: expected 1 to {MOST} processes, got {jobs}")
    return _in_order(orders, jobs, progress)


def _in_order(orders: Sequence[Order], jobs: int, progress: Progress | None) -> Iterator[Outcome]:
    outcomes: dict[int, Outcome] = {}
    shown = 0
    for number, outcome in _as_done(orders, jobs, progress):
        outcomes[number] = outcome
        while shown in outcomes:
            yield outcomes.pop(shown)
            shown += 1


def _as_done(orders: Sequence[Order], jobs: int, progress: Progress | None) -> Iterator[tuple[int, Outcome]]:
    """Take what is kept, and draw the rest: in processes where that is more than one."""
    left = dict(enumerate(orders))
    if jobs > 1:
        for number, order in enumerate(orders):
            if (outcome := _tried(_kept, order)) is not None:
                del left[number]
                yield number, outcome
    if min(jobs, len(left)) <= 1:
        for number, order in left.items():
            yield number, _drawn(order, progress and _numbered(progress, number))
        return
    for _ in range(_TRIES):
        try:
            for number, outcome in _in_processes(left, min(jobs, len(left)), progress):
                del left[number]
                yield number, outcome
        except BrokenProcessPool:
            continue  # a worker was killed: what was not done by then is drawn again
        return
    for number, order in left.items():
        yield number, RenderError(f"render: the process that drew {order.target} was killed {_TRIES} times; {_LESS}")


def _drawn(order: Order, progress: Callable[[int, int], None] | None) -> Outcome:
    def draw(order: Order) -> Render:
        clip = plan(order.target, **order.options)
        return clip.kept() or clip.drawn(progress)

    return _tried(draw, order)


def _kept(order: Order) -> Render | None:
    return plan(order.target, **order.options).kept()


def _tried(make: Callable[[Order], T], order: Order) -> T | CnnvizError | OSError:
    try:
        return make(order)
    except (CnnvizError, OSError) as error:
        return error


def _numbered(progress: Progress, number: int) -> Callable[[int, int], None]:
    return lambda done, expected: progress(number, done, expected)


def _in_processes(orders: Mapping[int, Order], jobs: int, progress: Progress | None) -> Iterator[tuple[int, Outcome]]:
    """Draw in a pool of workers. They hold the end of a leash and stop when the other end is let go, or is no more."""
    context = _context()
    held, leash = context.Pipe(duplex=False)
    news = context.SimpleQueue()
    begin = (held, news if progress else None, dict(os.environ))
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=begin)
    try:
        with _deaf_children():
            numbers = {pool.submit(_work, number, order): number for number, order in orders.items()}
        running: set[Future[Outcome]] = set(numbers)
        while running:
            done, running = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
            while progress and not news.empty():
                progress(*news.get())
            for future in done:
                yield numbers[future], future.result()
    except BaseException:
        leash.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        for end in (held, leash, news):
            end.close()


def _context() -> Any:
    """Return how processes are started: where possible from one that has loaded Manim once for all."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cnnviz.render.jobs", "cnnviz.render.fast.renderer"])
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
    news: Any = None
    busy: bool = False
    leaving: bool = False


_worker = _Worker()


def _begin(held: Connection, news: Any, environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    _worker.news = news
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


def _work(number: int, order: Order) -> Outcome:
    news = _worker.news
    try:
        _worker.busy = True
        return _drawn(order, news and (lambda done, expected: news.put((number, done, expected))))
    except SystemExit:
        os._exit(_STOPPED)
    finally:
        _worker.busy = False
