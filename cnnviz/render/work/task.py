"""A piece of work for another process, and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any

from cnnviz.errors import CnnvizError
from cnnviz.render.plan import Plan
from cnnviz.render.result import Render
from cnnviz.render.work.parcel import Parcel, Sent
from cnnviz.render.work.part import Played, draw_part

__all__ = ["Crew", "News", "Result", "Task", "work"]

News = tuple[int, str, Any, Any]
"""The number of a request and what is new: "frames", those done and expected; or "block", its number and its reel."""

Result = Render | Sent | Played | CnnvizError | OSError


@dataclass(frozen=True)
class Task:
    """Draw a clip, or one of the shares of a clip; a plan is for this machine, a parcel for any."""

    number: int
    clip: Plan | Parcel
    part: int = 0
    parts: int = 1


class Crew:
    """Processes that work on tasks, here or elsewhere.

    Parameters
    ----------
    executor : concurrent.futures.Executor
        Runs the tasks.
    entry : callable
        What it is to run with a task.
    size : int
        How many tasks run at a time.
    near : bool
        Whether the processes see the same files as this one.
    """

    def __init__(self, executor: Executor, entry: Callable[[Task], Any], *, size: int, near: bool) -> None:
        self._executor, self._entry = executor, entry
        self.size, self.near = size, near
        self.told: SimpleQueue[News] = SimpleQueue()

    def start(self, task: Task) -> Future[Any]:
        """Have a task done when its turn comes."""
        return self._executor.submit(self._entry, task)

    def result(self, future: Future[Any]) -> Result:
        """Return what came of a task that is done."""
        result: Result = future.result()
        return result

    def news(self) -> Iterator[News]:
        """Give what was told since the last time."""
        while True:
            try:
                yield self.told.get_nowait()
            except Empty:
                return


def work(task: Task, tell: Callable[[News], None]) -> Result:
    """Do a task in this process; what fails comes back as an error."""

    def progress(done: int, expected: int) -> None:
        if task.part == 0:  # the others play the same
            tell((task.number, "frames", done, expected))

    def emit(block: int, reel: bytes) -> None:
        tell((task.number, "block", block, reel))

    def draw(plan: Plan) -> Played:
        return draw_part(plan, task.part, task.parts, emit, progress)

    try:
        if isinstance(task.clip, Plan):
            return draw(task.clip) if task.parts > 1 else task.clip.kept() or task.clip.drawn(progress)
        with task.clip.unpacked() as (plan, path):
            if task.parts > 1:
                played = draw(plan)
                return replace(played, inputs=task.clip.home(played.inputs))
            about, inputs = plan.draw(path, progress)
            return Sent(about, task.clip.home(inputs), path.read_bytes())
    except (CnnvizError, OSError) as error:
        return error
