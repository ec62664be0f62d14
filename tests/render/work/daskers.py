"""A Dask cluster of its own: a scheduler and workers, processes as its documentation says to start them."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def started(folder: Path, workers: int = 2):
    """Start a cluster, give its address, and stop it."""
    note = folder / "scheduler.json"
    settings = {**os.environ, "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h"}  # a busy machine is nothing to speak of
    local = ["--host", "127.0.0.1", "--no-dashboard"]
    log = (folder / "cluster.log").open("wb")
    running = []

    def start(*arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments]
        running.append(
            subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=settings, start_new_session=True)
        )

    try:
        start("scheduler", *local, "--port", "0", "--scheduler-file", str(note))
        while not note.exists():
            assert running[0].poll() is None, (folder / "cluster.log").read_text()
            time.sleep(0.05)
        for _ in range(workers):
            start("worker", *local, "--scheduler-file", str(note), "--nthreads", "1", "--local-directory", str(folder))
        address = json.loads(note.read_text())["address"]
        _wait(address, workers)
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)  # a worker that was just killed may not find the way out
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


def _wait(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=120)
