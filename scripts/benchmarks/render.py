"""Files beside those of stock Manim, several scenes at once, the cache, and whether files are the same byte by byte.

``scripts/bench render [PART ...] [--scene FILE.py:Class]``; all parts take some minutes. What is compared is
measured in one run by turns, whole processes with an empty cache, and the medians count.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import NamedTuple

from _fidelity import fidelity
from _process import Cost, environment, measure, typical

from cnnviz.render.catalog import scenes

HERE = Path(__file__).parent
SIZES = {"480p15": (854, 480, 15), "720p30": (1280, 720, 30), "1080p60": (1920, 1080, 60)}
LEAST_PSNR, MOST_OFF = 46.0, 0.02


class Line(NamedTuple):
    """A target: what it is about, the figure found, and the one to reach."""

    target: str
    figure: float
    bound: float
    at_least: bool = False
    note: str = ""

    @property
    def held(self) -> bool:
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound

    def __str__(self) -> str:
        bound = f"at {'least' if self.at_least else 'most'} {self.bound:.4g}"
        return f"{self.target:52}{self.figure:>10.4g}   {bound:16}{'held' if self.held else 'MISSED':8}{self.note}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench render", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if left out")
    parser.add_argument("--scene", default=f"{HERE / '_plain_conv.py'}:PlainConv", help="of plain Manim, for both")
    parser.add_argument("--runs", type=int, default=3, help="of each; 3 if left out")
    asked = parser.parse_args()
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"expected parts of {', '.join(PARTS)}, got {unknown[0]}")
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    print(f"load {busy:.1f} on {cores} cores{': measure when it is quiet' if busy > cores / 4 else ''}\n")
    print(f"{'target':52}{'figure':>10}   {'to reach':16}", flush=True)
    missed = 0
    for name in asked.parts or PARTS:
        for line in PARTS[name](asked.scene, asked.runs):
            missed += not line.held
            print(line, flush=True)
    print(f"\ntargets {f'MISSED: {missed}' if missed else 'met'}")
    sys.exit(missed > 0)


# Beside stock Manim


class Beside(NamedTuple):
    """The medians of both, and how true our file is, and for a movie theirs."""

    ours: Cost
    stock: Cost
    psnr: float
    off: float
    stock_psnr: float

    @property
    def seconds(self) -> str:
        return f"{self.ours.seconds:.2f} s beside {self.stock.seconds:.2f} s"


def beside(kind: str, size: str, scene: str, runs: int) -> Beside:
    """Render the scene with both by turns, so that a slow moment of the machine meets both."""
    look = SIZES[size]
    ours: list[Cost] = []
    stock: list[Cost] = []
    psnr = off = stock_psnr = 0.0
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            ours.append(measure([sys.executable, "-m", *ours_command(kind, size, scene)], Path(folder), f"ours.{kind}"))
            if run == 0:
                psnr, off = fidelity(Path(folder, f"ours.{kind}"), scene, *look)
        with tempfile.TemporaryDirectory() as folder:
            pattern = f"{scene.rpartition(':')[2]}*.{kind}"
            stock.append(measure([sys.executable, "-m", *stock_command(kind, size, scene)], Path(folder), pattern))
            if run == 0 and kind == "mp4":
                (clip,) = Path(folder).rglob(pattern)
                stock_psnr, _ = fidelity(clip, scene, *look)
    return Beside(typical(ours), typical(stock), psnr, off, stock_psnr)


def ours_command(kind: str, size: str, scene: str) -> list[str]:
    width, _, fps = SIZES[size]
    return ["cnnviz", "render", scene, "--width", str(width), "--fps", str(fps), "--no-cache", "-o", f"ours.{kind}"]


def stock_command(kind: str, size: str, scene: str) -> list[str]:
    width, height, fps = SIZES[size]
    look = ["--resolution", f"{width},{height}", "--fps", str(fps), "--format", kind]
    file, _, name = scene.rpartition(":")
    return ["manim", "render", *look, "--disable_caching", "--media_dir", "media", file, name]


def gif(size: str, time: float, bytes_: float | None = None, memory: float | None = None) -> "Part":
    def part(scene: str, runs: int) -> Iterator[Line]:
        found = beside("gif", size, scene, runs)
        yield share(f"GIF {size}: time", found.ours.seconds, found.stock.seconds, time, found.seconds)
        if bytes_:
            note = f"{found.ours.bytes / 1e6:.2f} MB beside {found.stock.bytes / 1e6:.1f} MB"
            yield share(f"GIF {size}: bytes", found.ours.bytes, found.stock.bytes, bytes_, note)
        if memory:
            note = f"{found.ours.memory / 1e6:.0f} MB beside {found.stock.memory / 1e6:.0f} MB"
            yield share(f"GIF {size}: memory", found.ours.memory, found.stock.memory, memory, note)
        yield Line(f"GIF {size}: PSNR of the shown frames, dB", found.psnr, LEAST_PSNR, at_least=True)
        yield Line(f"GIF {size}: seconds its length is off", found.off, MOST_OFF)

    return part


def gif_without_import(size: str, time: float) -> "Part":
    def part(scene: str, runs: int) -> Iterator[Line]:
        ours, stock = [], []
        for _ in range(runs):
            ours.append(imported(ours_command("gif", size, scene)))
            stock.append(imported(stock_command("gif", size, scene)))
        mine, theirs = median(ours), median(stock)
        yield share(f"GIF {size}: time without import", mine, theirs, time, f"{mine:.2f} s beside {theirs:.2f} s")

    return part


def imported(command: list[str]) -> float:
    """Return the seconds a program takes when Manim is there already."""
    with tempfile.TemporaryDirectory() as folder:
        measure([sys.executable, str(HERE / "_imported.py"), "seconds.txt", *command], Path(folder), "seconds.txt")
        return float(Path(folder, "seconds.txt").read_text())


def mp4(scene: str, runs: int) -> Iterator[Line]:
    size = "1080p60"
    found = beside("mp4", size, scene, runs)
    yield share(f"MP4 {size}: time", found.ours.seconds, found.stock.seconds, 1 / 3, found.seconds)
    note = f"{found.ours.bytes / 1e6:.2f} MB beside {found.stock.bytes / 1e6:.2f} MB"
    yield share(f"MP4 {size}: bytes", found.ours.bytes, found.stock.bytes, 1, note)
    yield Line(f"MP4 {size}: PSNR, dB", found.psnr, found.stock_psnr, at_least=True)
    yield Line(f"MP4 {size}: seconds its length is off", found.off, MOST_OFF)


def share(target: str, ours: float, theirs: float, bound: float, note: str) -> Line:
    return Line(target, ours / theirs, bound, note=note)


# Several scenes


def jobs(_: str, runs: int) -> Iterator[Line]:
    slugs = [entry.slug for entry in scenes()][:12]
    times: dict[str, list[float]] = {"1": [], "2": []}
    for _ in range(runs):
        for count, found in times.items():
            with tempfile.TemporaryDirectory() as folder:
                found.append(render(folder, *slugs, "--no-cache", "--jobs", count))
    one, two = (median(found) for found in times.values())
    yield Line(
        f"{len(slugs)} scenes: --jobs 1 by --jobs 2", one / two, 1.7, at_least=True, note=f"{one:.1f} s and {two:.1f} s"
    )


def shares(_: str, runs: int) -> Iterator[Line]:
    """Let two processes draw one scene."""
    slug = scenes()[0].slug
    for kind in ("gif", "mp4"):
        times: dict[str, list[float]] = {"1": [], "2": []}
        for _ in range(runs):
            for count, found in times.items():
                with tempfile.TemporaryDirectory() as folder:
                    found.append(render(folder, slug, "-q", "film", "--format", kind, "--no-cache", "--jobs", count))
        one, two = (median(found) for found in times.values())
        note = f"{one:.1f} s and {two:.1f} s"
        yield Line(f"one scene as {kind}: --jobs 1 by --jobs 2", one / two, 1, at_least=True, note=note)


def cached(_: str, runs: int) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        first = render(folder, "--all", "-q", "draft", "--jobs", "2")
        again = median(render(folder, "--all", "-q", "draft", "--jobs", "2") for _ in range(runs))
    yield Line(f"all {len(scenes())} scenes again, from the cache: s", again, 3, note=f"{first:.1f} s the first time")


def same(_: str, __: int) -> Iterator[Line]:
    """Compare what one process makes with what others make: again, two, two for one scene, those of a cluster."""
    slugs = [entry.slug for entry in scenes()][:3]
    for kind in ("gif", "mp4"):
        usual = ["-q", "draft", "--no-cache", "--format", kind]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            first = files(folder, "one", *slugs, *usual)
            with daskers().started(folder) as address:
                others = {
                    "a second run": files(folder, "again", *slugs, *usual),
                    "two processes": files(folder, "two", *slugs, *usual, "--jobs", "2"),
                    "two processes for one scene": files(folder, "shares", slugs[0], *usual, "--jobs", "2"),
                    "a cluster of two workers": files(folder, "cluster", *slugs, *usual, "--cluster", address),
                    "a cluster for one scene": files(folder, "all", slugs[0], *usual, "--cluster", address),
                }
        for what, found in others.items():
            differ = sum(data != first[file] for file, data in found.items())
            note = f"{len(found)} files, {sum(map(len, found.values())) / 1e6:.1f} MB"
            yield Line(f"{kind}, {what}: files that differ", differ, 0, note=note)


def files(folder: Path, name: str, *arguments: str) -> dict[str, bytes]:
    """Render into a folder and return all that is in it."""
    render(str(folder), *arguments, "-o", name)
    return {path.name: path.read_bytes() for path in sorted((folder / name).iterdir())}


def daskers() -> ModuleType:
    """Load what the tests start clusters with."""
    path = HERE.parents[1] / "tests" / "render" / "daskers.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def render(folder: str, *arguments: str) -> float:
    """Return the seconds that ``cnnviz render`` takes."""
    settings = environment(Path(folder))
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cnnviz", "render", *arguments],
        cwd=folder,
        env=settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


Part = Callable[[str, int], Iterator[Line]]
PARTS: dict[str, Part] = {
    "gif-1080": gif("1080p60", 1 / 15, 1 / 50, 1 / 20),
    "gif-720": gif("720p30", 1 / 7),
    "gif-480": gif("480p15", 1 / 3),
    "gif-480-imported": gif_without_import("480p15", 1 / 12),
    "mp4-1080": mp4,
    "jobs": jobs,
    "shares": shares,
    "cached": cached,
    "same": same,
}

if __name__ == "__main__":
    main()
