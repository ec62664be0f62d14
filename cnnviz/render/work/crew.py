"""Who is to draw: checks of what was said about it."""

from __future__ import annotations

from cnnviz.errors import OptionError
from cnnviz.render.work.cluster import check_address

__all__ = ["check_crew"]

MOST = 64


def check_crew(jobs: int, cluster: str | None) -> None:
    """Refuse a number of processes out of range, or what is no address of a cluster.

    Raises
    ------
    OptionError
        For one of them.
    """
    if not 1 <= jobs <= MOST:
        raise OptionError(f"jobs: expected 1 to {MOST} processes, got {jobs}")
    if cluster is not None:
        check_address(cluster)
