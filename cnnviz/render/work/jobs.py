"""Many scenes at once, and one scene by many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any, TypeVar

from cnnviz.errors import CnnvizError, RenderError
from cnnviz.render.plan import Plan, plan
from cnnviz.render.request import Request
from cnnviz.render.result import Render
from cnnviz.render.runner import make
from cnnviz.render.trouble import terminable
from cnnviz.render.work.cluster import cluster
from cnnviz.render.work.crew import check_crew
from cnnviz.render.work.joint import Joint, UnlikeError
from cnnviz.render.work.parcel import Parcel, Sent
from cnnviz.render.work.part import Played
from cnnviz.render.work.processes import processes
from cnnviz.render.work.task import Crew, Result, Task

__all__ = ["render_all", "rendered"]

Progress = Callable[[int, int, int], None]
"""Called with the number of a request, its frames done, and its frames expected."""

Outcome = Render | CnnvizError | OSError

T = TypeVar("T")

_LESS = "free some memory or take fewer jobs"
_TRIES = 3  # of a clip whose process dies
_TICK = 0.1  # seconds between looks at the progress


def render_all(
    requests: Sequence[Request], *, jobs: int = 1, cluster: str | None = None, progress: Progress | None = None
) -> Iterator[Outcome]:
    """Render scenes, several at once, and yield what came of each in the order they were given.

    Where there are more processes than scenes, several draw one scene together. A scene that fails does not stop the
    others: its error is yielded in place of its `Render`. The files are the same byte by byte, however many processes
    there are and wherever they are. When the caller stops, by Ctrl-C or by closing the iterator, the workers stop and
    clear away what they had begun; so they do when the caller is killed. What a worker was at when it was killed, is
    done again.

    Parameters
    ----------
    requests : sequence of Request
        What to render.
    jobs : int
        How many processes, 1 to 64; 1 renders here, without any.
    cluster : str, optional
        The address of the scheduler of a Dask cluster whose workers do it instead. They get the source of the scene
        and the files that its options name, and no others, and send back the file.
    progress : callable, optional
        Called as frames are done.

    Raises
    ------
    OptionError
        If ``jobs`` is out of range, or ``cluster`` no address.
    """
    check_crew(jobs, cluster)
    return _in_order(requests, jobs, cluster, progress)


def rendered(
    requests: Sequence[Request], *, jobs: int = 1, cluster: str | None = None, progress: Progress | None = None
) -> Iterator[Render]:
    """Render scenes as `render_all` does, where each is needed: the first that fails ends it.

    Raises
    ------
    CnnvizError, OSError
        What went wrong with the first scene that failed.
    """
    for outcome in render_all(requests, jobs=jobs, cluster=cluster, progress=progress):
        if isinstance(outcome, Exception):
            raise outcome
        yield outcome


def _in_order(
    requests: Sequence[Request], jobs: int, address: str | None, progress: Progress | None
) -> Iterator[Outcome]:
    outcomes: dict[int, Outcome] = {}
    shown = 0
    found = _as_done(requests, jobs, address, progress) if jobs > 1 or address else _one_by_one(requests, progress)
    for number, outcome in found:
        outcomes[number] = outcome
        while shown in outcomes:
            yield outcomes.pop(shown)
            shown += 1


def _one_by_one(requests: Sequence[Request], progress: Progress | None) -> Iterator[tuple[int, Outcome]]:
    for number, request in enumerate(requests):
        yield number, _tried(partial(make, request, progress and _numbered(progress, number)))


def _as_done(
    requests: Sequence[Request], jobs: int, address: str | None, progress: Progress | None
) -> Iterator[tuple[int, Outcome]]:
    """Take what is kept, and have the rest drawn."""
    left: dict[int, Plan] = {}
    for number, request in enumerate(requests):
        clip = _tried(partial(plan, request))
        outcome = _tried(clip.kept) if isinstance(clip, Plan) else clip
        if outcome is None and isinstance(clip, Plan):
            left[number] = clip
        elif not isinstance(outcome, Plan) and outcome is not None:
            yield number, outcome
    for _ in range(_TRIES):
        if not left:
            return
        try:
            with _crew(left, jobs, address) as crew:
                for number, outcome in _together(crew, left, progress):
                    del left[number]
                    yield number, outcome
        except BrokenProcessPool:
            continue  # a worker was killed: what was not done by then is drawn again
    for number in left:
        target = requests[number].target
        yield number, RenderError(f"render: the process that drew {target} was killed {_TRIES} times; {_LESS}")


def _crew(left: Mapping[int, Plan], jobs: int, address: str | None) -> AbstractContextManager[Crew]:
    if address:
        return cluster(address)
    whole = not any(clip.divisible for clip in left.values())
    return processes(min(jobs, len(left)) if whole else jobs)


def _together(crew: Crew, clips: Mapping[int, Plan], progress: Progress | None) -> Iterator[tuple[int, Outcome]]:
    """Have clips drawn by a crew, by several of it each if there are enough, and yield what came of each."""
    clips = dict(clips)
    parts = max(1, crew.size // len(clips))
    tasks: dict[Future[Any], int] = {}
    joints: dict[int, Joint] = {}
    with terminable(), ExitStack() as stack:

        def start(number: int, parts: int) -> None:
            clip = clips[number]
            sent = clip if crew.near else Parcel.pack(clip)
            if parts > 1:
                joints[number] = stack.enter_context(Joint(clip, parts))
            for part in range(parts):
                tasks[crew.start(Task(number, sent, part, parts))] = number

        for number, clip in list(clips.items()):
            failed = _tried(partial(start, number, parts if clip.divisible else 1))
            if failed is not None:
                del clips[number]
                yield number, failed
        while clips:
            done, _ = wait(tasks, timeout=_TICK, return_when=FIRST_COMPLETED)
            if not tasks:
                time.sleep(_TICK / 10)  # some news is still on its way
            came = [(tasks.pop(future), crew.result(future)) for future in done]
            for number, kind, first, second in crew.news():
                if kind == "frames":
                    if progress:
                        progress(number, first, second)
                elif number in joints:
                    joints[number].take(first, second)
            for number, result in came:
                if number not in clips:
                    continue  # it failed elsewhere already
                try:
                    outcome = _come(clips[number], result, joints.get(number))
                except UnlikeError:
                    del joints[number]
                    start(number, 1)
                    continue
                if outcome is not None:
                    joints.pop(number, None)
                    del clips[number]
                    yield number, outcome
            for number, joint in list(joints.items()):
                if joint.complete:
                    del joints[number], clips[number]
                    yield number, _tried(joint.finish)


def _come(clip: Plan, result: Result, joint: Joint | None) -> Outcome | None:
    """Take what a process gave back, and return what became of the clip if that is known now."""
    if isinstance(result, Sent):
        return _tried(partial(_received, clip, result))
    if isinstance(result, Played):
        if joint is not None:
            joint.told(result)
        return None
    return result


def _received(clip: Plan, sent: Sent) -> Render:
    """Write a clip that comes from elsewhere."""
    with clip.place() as temporary:
        temporary.write_bytes(sent.data)
        clip.keep(temporary, sent.about, sent.inputs)
    return clip.finished(sent.about)


def _tried(make: Callable[[], T]) -> T | CnnvizError | OSError:
    try:
        return make()
    except (CnnvizError, OSError) as error:
        return error


def _numbered(progress: Progress, number: int) -> Callable[[int, int], None]:
    return lambda done, expected: progress(number, done, expected)
