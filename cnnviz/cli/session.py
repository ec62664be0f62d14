"""What holds for one run of the program: how much it says, and where."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

__all__ = ["Session", "pass_session"]


@dataclass
class Session:
    """How one run of the program talks to the person who called it."""

    quiet: bool = False
    debug: bool = False

    @contextmanager
    def progress(self, what: str) -> Iterator[Callable[[int, int], None] | None]:
        """Show a bar on stderr while something is made; yields what to call with (done, total), or None for silence."""
        if self.quiet or not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


pass_session = click.make_pass_decorator(Session)
