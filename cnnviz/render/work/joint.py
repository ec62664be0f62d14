"""One clip from blocks that several processes draw."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Self

import numpy as np

from cnnviz.render.drawing import concluded, opened
from cnnviz.render.plan import Digests, Plan
from cnnviz.render.result import Render
from cnnviz.render.work.part import Played
from cnnviz.render.work.reel import replay

__all__ = ["Joint", "UnlikeError"]


class UnlikeError(Exception):
    """The shares of a scene do not fit together: it does not do the same each time, or looks at its own pixels."""


class Joint:
    """Write blocks into a clip in their order, as they come in any.

    The file is the one that a single process writes, byte by byte: a writer looks at the pixels that a picture changes
    and not at how it was handed over.

    Parameters
    ----------
    plan : Plan
        The clip.
    parts : int
        How many processes draw it.
    """

    def __init__(self, plan: Plan, parts: int) -> None:
        self._plan, self._parts = plan, parts
        self._waiting: dict[int, bytes] = {}
        self._next = 0
        self._told: list[Played] = []
        self._stack = ExitStack()
        self._screen = np.zeros((plan.look.height, plan.look.width, 4), np.uint8)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._path = stack.enter_context(self._plan.place())
            asked, title = self._plan.request, self._plan.title
            rate = {"variable_rate": asked.variable_rate}
            clip = opened(asked.format, self._path, self._plan.look, title, **rate)
            self._writer = stack.enter_context(clip)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        """Give up what was written, if it is not a clip by now."""
        given_up = UnlikeError()
        self._stack.__exit__(UnlikeError, given_up, None)

    def take(self, block: int, reel: bytes) -> None:
        """Take a block; one that came before, from a process that was killed later, is the same."""
        if block >= self._next:
            self._waiting[block] = reel
        while (reel_now := self._waiting.pop(self._next, None)) is not None:
            replay(reel_now, self._screen, self._writer)
            self._next += 1

    def told(self, played: Played) -> None:
        """Take what a process says that played all of the scene.

        Raises
        ------
        UnlikeError
            If it did not play the same as another.
        """
        self._told.append(played)
        first = self._told[0]
        if played.drawn is None or played.drawn != first.drawn or played.marks != first.marks:
            raise UnlikeError

    @property
    def complete(self) -> bool:
        """Whether all is there."""
        return len(self._told) == self._parts and self._next == len(self._told[0].marks)

    def finish(self) -> Render:
        """Complete the clip."""
        about = concluded(self._writer, self._told[0].drawn, self._path, self._plan.look)
        self._plan.keep(self._path, about, self._inputs())
        self._stack.close()
        return self._plan.finished(about)

    def _inputs(self) -> Digests:
        """Return the files that any of them read."""
        found: dict[str, str | None] = {}
        for played in self._told:
            if played.inputs is None or any(found.get(path, known) != known for path, known in played.inputs.items()):
                return None
            found |= played.inputs
        return found
