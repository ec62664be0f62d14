"""Workers of a Dask cluster, on any machines: they get the scene's source and send back the bytes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Any

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.work.task import Crew, News, Result, Task, work

__all__ = ["check_address", "cluster"]

_PATIENCE = 10  # seconds until somebody answers
_SCHEMES = "tcp|tls|ws|wss|inproc"


def check_address(address: str) -> str:
    """Return the address of a Dask scheduler.

    Examples
    --------
    >>> check_address("tcp://node1:8786")
    'tcp://node1:8786'
    >>> check_address("node1")
    Traceback (most recent call last):
    cnnviz.errors.OptionError: cluster: expected the address of a Dask scheduler, such as tcp://host:8786, got 'node1'
    """
    if not re.fullmatch(rf"({_SCHEMES})://\S+", address):
        raise OptionError(
            f"cluster: expected the address of a Dask scheduler, such as tcp://host:8786, got {address!r}"
        )
    return address


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """Work with the cluster whose scheduler is at an address.

    Raises
    ------
    OptionError
        If Dask is not installed here.
    RenderError
        If nobody answers there, or nobody works there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise OptionError(
            "cluster: expected Dask's distributed to be installed, and it is not; run: pip install 'cnnviz[cluster]'"
        ) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise RenderError(
            f"cluster: expected a Dask scheduler at {address}, and nobody answers; start it with: dask scheduler"
        ) from error
    with client:
        size = sum(client.nthreads().values())
        if not size:
            raise RenderError(
                f"cluster: expected workers at {address}, got none; start some with: dask worker {address}"
            )
        topic = f"cnnviz-{uuid.uuid4().hex}"
        executor = client.get_executor(pure=False)
        crew = _Cluster(executor, partial(_work, topic), size=size, near=False)
        client.subscribe_topic(topic, lambda event: crew.told.put(tuple(event[1])))
        try:
            yield crew
        finally:
            client.unsubscribe_topic(topic)
            executor.shutdown(wait=False)  # which takes back what has not begun


class _Cluster(Crew):
    def result(self, future: Future[Any]) -> Result:
        """Return what came of a task; Dask itself gives it to another worker when one is killed, several times."""
        from distributed import KilledWorker

        try:
            result, reels = future.result()
        except KilledWorker:
            return RenderError("cluster: the workers that drew a scene were killed; give them more memory")
        for news in reels:
            self.told.put(news)
        known: Result = result
        return known


# In a worker


def _work(topic: str, task: Task) -> tuple[Result, list[News]]:
    """Do a task; progress is told at once, pixels come with the result, for they do not belong on a notice board."""
    from distributed import get_worker
    from distributed.worker import thread_state

    worker: Any = get_worker()
    known = worker.state.tasks.get(thread_state.key)
    reels: list[News] = []

    def tell(news: News) -> None:
        if known is not None and known.state == "cancelled":
            raise RenderError("cluster: expected somebody to wait for this clip, and nobody does; it was given up")
        if news[1] == "block":
            reels.append(news)
        else:
            worker.log_event(topic, news)

    return work(task, tell), reels
