"""``cnnviz trace``: the steps of an operation as text, for checking by hand or for a program to read."""

import click

from cnnviz.cli.lazy import LazyGroup

__all__ = ["trace"]


@click.group(cls=LazyGroup, places={"conv": "cnnviz.cli.trace_conv:conv"})
def trace() -> None:
    """Write out the steps of one operation.

    \b
    cnnviz trace conv digit:3 --kernel sobel-x
    """
