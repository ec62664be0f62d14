"""How long a GIF takes and how large it is, beside plain Manim: both in one run, whole processes, medians.

Ours is an 8 x 8 digit under a 3 x 3 kernel; plain Manim draws a 7 x 7 table without words (see _plain_conv.py).
"""

import sys
import tempfile
from pathlib import Path

from _process import Cost, measure, typical

RUNS = 3
HERE = Path(__file__).parent
OURS = [
    sys.executable,
    "-m",
    "cnnviz",
    "gif",
    "conv",
    "digit:3",
    "--kernel",
    "sobel-x",
    "--fps",
    "15",
    "--width",
    "1280",
]
PLAIN = [sys.executable, "-m", "manim", "render", "--resolution", "1280,720", "--fps", "15", "--format", "gif"]
MOST_TIME, MOST_BYTES, MOST_KB = 1 / 3, 1 / 20, 600


def main() -> None:
    ours: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(RUNS):  # by turns, so that a slow moment of the machine meets both
        with tempfile.TemporaryDirectory() as folder:
            ours.append(measure([*OURS, "-o", "ours.gif"], Path(folder), "ours.gif"))
        with tempfile.TemporaryDirectory() as folder:
            scene = [str(HERE / "_plain_conv.py"), "PlainConv"]
            plain.append(measure([*PLAIN, "--disable_caching", "--media_dir", folder, *scene], Path(folder), "*.gif"))
    report(typical(ours), typical(plain))


def report(ours: Cost, plain: Cost) -> None:
    print(f"GIF at 720p15, medians of {RUNS} whole processes\n")
    print(f"{'':16}{'cnnviz':>10}{'plain Manim':>14}{'ratio':>8}   target")
    rows = (
        ("seconds", 1, ours.seconds, plain.seconds, f"at most {MOST_TIME:.3f}"),
        ("kB", 1e3, ours.bytes, plain.bytes, f"at most {MOST_BYTES:.3f}, and {MOST_KB} kB"),
        ("peak memory, MB", 1e6, ours.memory, plain.memory, ""),
    )
    for name, unit, mine, theirs, target in rows:
        print(f"{name:16}{mine / unit:>10.1f}{theirs / unit:>14.1f}{mine / theirs:>8.3f}   {target}".rstrip())
    met = (
        ours.seconds <= plain.seconds * MOST_TIME
        and ours.bytes <= plain.bytes * MOST_BYTES
        and ours.bytes <= MOST_KB * 1e3
    )
    print(f"\ntargets {'met' if met else 'MISSED'}")
    sys.exit(not met)


if __name__ == "__main__":
    main()
