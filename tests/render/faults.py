"""Write files in child processes, do them harm, and look at what is left. Run as a script; prints its findings as JSON.

The writers are deterministic, so a file is right when it has exactly the bytes of an undisturbed run.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from cnnviz.errors import RenderError
from cnnviz.render.writers import open_writer

FORMATS = ("gif", "webp", "apng", "mp4", "frames")
SIZE = 160, 90


def make(target, seed):
    """Write a clip that takes a moment: a square that wanders over noise."""
    width, height = SIZE
    frame = np.random.default_rng(seed).integers(0, 3, (height, width, 1), np.uint8) * np.uint8([60, 70, 80, 0])
    frame[..., 3] = 255
    with open_writer(target, format=target.suffix[1:], width=width, height=height, fps=25) as sink:
        for step in range(40):
            frame[10 + step : 20 + step, 3 * step : 3 * step + 12, seed % 3] = 5 * step
            sink.write(frame)


def content(target):
    """Return all bytes at a path: of a file, of a folder's files by name, or None."""
    if target.is_dir():
        return {file.name: file.read_bytes() for file in target.iterdir()}
    return target.read_bytes() if target.exists() else None


def start(target, seed, limit=None):
    """Fork a child that writes; its exit code says how that ended."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        make(target, seed)
        code = 0
    except RenderError as error:
        expected = ("got a limit on file sizes", "got a full one")
        code = 1 if any(words in str(error) for words in expected) and "\n" not in str(error) else 2
    except KeyboardInterrupt:
        code = 130
    except SystemExit as error:
        code = error.code
    finally:
        os._exit(code)


def end(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def put(target, whole):
    """Have exactly this at a path."""
    shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    if isinstance(whole, dict):
        target.mkdir()
        for name, data in whole.items():
            (target / name).write_bytes(data)
    elif whole is not None:
        target.write_bytes(whole)


def nests(folder):
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".cnnviz-")]


class Stable:
    """A folder with what undisturbed runs give, and a tally of what harm did."""

    def __init__(self, folder, seed):
        self.folder, self.random, self.tally = folder, random.Random(seed), Counter()
        self.known = {}
        make(folder / "warm.gif", 0)  # so that children need not import anything
        (folder / "warm.gif").unlink()

    def undisturbed(self, name, number):
        """Return what an undisturbed run gives, and its seconds."""
        if (name, number) not in self.known:
            self.known[name, number] = self._undisturbed(name, number)
        return self.known[name, number]

    def _undisturbed(self, name, number):
        target = self.folder / f"undisturbed.{name}"
        began = time.perf_counter()
        assert end(start(target, number)) == 0
        seconds = time.perf_counter() - began
        whole = content(target)
        put(target, None)
        return whole, seconds

    def whole(self, name, number):
        return self.undisturbed(name, number)[0]

    def round(self, number, harm):
        """Write over an earlier file, or where there was none, under harm; tally what is there afterwards."""
        name = FORMATS[number % len(FORMATS)]
        target = self.folder / f"a.{name}"
        earlier = self.whole(name, 0) if number // len(FORMATS) % 2 else None
        put(target, earlier)
        code = harm(target, name)
        found = content(target)
        self.tally[f"exit {code}"] += 1
        if found == self.whole(name, 1):
            self.tally["new"] += 1
        elif found == earlier or (name == "frames" and found is None):
            self.tally["earlier" if earlier else "none"] += 1
        else:
            self.tally["broken"] += 1
        return target

    def settle(self):
        """Let an undisturbed run follow; nothing may be left of the others but the files."""
        target = self.folder / "last.gif"
        assert end(start(target, 2)) == 0
        self.tally["left over"] = len(nests(self.folder))
        return dict(self.tally)


def signals(stable, rounds, number):
    def harm(target, name):
        whole = stable.undisturbed(name, 1)[1]
        late = stable.random.random() < 0.5
        child = start(target, 1)
        time.sleep(stable.random.uniform(max(0, whole - 0.3) if late else 0, whole))
        os.kill(child, number)
        return end(child)

    stable.tally["lost"] = 0
    for n in range(rounds):
        target = stable.round(n, harm)
        if content(target) is None and n // len(FORMATS) % 2:
            # A folder may be killed between its two renames; the next run in the same place brings it back.
            assert end(start(stable.folder / "last.gif", 2)) == 0
            stable.tally["lost"] += content(target) != stable.whole("frames", 0)
    return stable.settle()


def limits(stable, rounds):
    def harm(target, name):
        whole = stable.whole(name, 1)
        size = max(map(len, whole.values())) if isinstance(whole, dict) else len(whole)
        return end(start(target, 1, limit=stable.random.randrange(size)))

    for n in range(rounds):
        stable.round(n, harm)
        stable.tally["left at once"] += len(nests(stable.folder))
    return stable.settle()


def disks(stable, rounds):
    """The folder is a small file system of its own, filled so far that the clip does not fit."""

    def harm(target, name):
        whole = stable.whole(name, 1)
        size = sum(map(len, whole.values())) if isinstance(whole, dict) else len(whole)
        free = os.statvfs(stable.folder).f_bavail * os.statvfs(stable.folder).f_bsize
        filler = stable.folder / "filler"
        filler.write_bytes(bytes(max(0, free - stable.random.randrange(max(1, size - 4096)))))
        code = end(start(target, 1))
        filler.unlink()
        return code

    for n in range(rounds):
        stable.round(n, harm)
        stable.tally["left at once"] += len(nests(stable.folder))
    return stable.settle()


def crowds(stable, rounds):
    """Four at once in one folder: each at a file of its own, then all at the same."""
    for n in range(rounds):
        name = FORMATS[n % (len(FORMATS) - 1)]  # two that replace the same folder of frames: one of them says so
        children = [start(stable.folder / f"{number}.{name}", number) for number in range(4)]
        stable.tally["failed"] += sum(end(child) != 0 for child in children)
        for number in range(4):
            stable.tally["right"] += content(stable.folder / f"{number}.{name}") == stable.whole(name, number)
        shared = stable.folder / f"shared.{name}"
        children = [start(shared, number) for number in range(4)]
        stable.tally["failed"] += sum(end(child) != 0 for child in children)
        stable.tally["shared"] += content(shared) in [stable.whole(name, number) for number in range(4)]
    return stable.settle()


def main(kind, rounds, folder):
    stable = Stable(Path(folder), seed=int(rounds))
    harms = {
        "kill": lambda: signals(stable, rounds, signal.SIGKILL),
        "interrupt": lambda: signals(stable, rounds, signal.SIGINT),
        "terminate": lambda: signals(stable, rounds, signal.SIGTERM),
        "limits": lambda: limits(stable, rounds),
        "disks": lambda: disks(stable, rounds),
        "crowds": lambda: crowds(stable, rounds),
    }
    print(json.dumps(harms[kind]()))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
