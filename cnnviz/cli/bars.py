"""A progress bar for each scene that is being drawn, and one for all of them."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from cnnviz.cli.session import Session

__all__ = ["bars"]


@contextmanager
def bars(session: Session, names: Sequence[str]) -> Iterator[Callable[[int, int, int], None] | None]:
    """Show bars on stderr while scenes are drawn; yields what to call with (number, done, expected), or None."""
    if len(names) == 1:
        with session.progress(f"Drawing {names[0]}") as one:
            yield one and (lambda _, done, expected: one(done, expected))
        return
    if session.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        whole = shown.add_task(f"Drawing {len(names)} scenes", total=len(names))
        tasks: dict[int, TaskID] = {}
        shares: dict[int, float] = {}

        def update(number: int, done: int, expected: int) -> None:
            if number not in tasks:
                tasks[number] = shown.add_task(f"  {names[number]}", total=expected)
            shares[number] = min(done / max(expected, 1), 1.0)
            shown.update(tasks[number], completed=done, total=expected, visible=done < expected)
            shown.update(whole, completed=sum(shares.values()))

        yield update
