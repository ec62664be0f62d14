"""Whole processes, measured from outside."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run of a program took, and the size of the file it made."""

    seconds: float
    memory: int
    bytes: int


def measure(command: list[str], folder: Path, pattern: str) -> Cost:
    """Run a command in a fresh folder and weigh the one file of this pattern that it leaves; no cache helps."""
    with (folder / "log.txt").open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment(folder))
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}:\n{(folder / 'log.txt').read_text()}")
    (made,) = folder.rglob(pattern)
    return Cost(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), made.stat().st_size)


def environment(folder: Path) -> dict[str, str]:
    """Return the settings to measure with: a cache of its own, and programs that are compiled once as usual."""
    passed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**passed, "CNNVIZ_CACHE": str(folder / "cache")}


def typical(costs: list[Cost]) -> Cost:
    """Return the medians."""
    return Cost(*(median(column) for column in zip(*costs, strict=True)))
