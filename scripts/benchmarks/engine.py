"""How long convolutions and their gradients take, beside PyTorch, a sliding-window einsum and scipy, all in one run.

Every contender rests before its turn, so that nobody's waiting threads slow down the next, and has several turns, so
that a slow moment of the machine meets all. Times are medians in milliseconds, float32.
"""

import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from statistics import geometric_mean, median

import numpy as np
from scipy import signal

from cnnviz.engine import conv2d, conv2d_vjp

try:
    import torch
except ImportError:
    torch = None

SHAPES = (  # examples, channels, filters, side, kernel
    (1, 3, 16, 224, 3),
    (32, 1, 16, 28, 3),
    (32, 16, 32, 14, 3),
    (32, 32, 64, 28, 3),
    (1, 64, 64, 56, 3),
    (1, 3, 64, 224, 7),
    (8, 64, 128, 28, 1),
)
TURNS, REST, TURN = 5, 0.06, 0.15
MOST_MEAN, MOST_ANY, LEAST_EINSUM = 2.0, 6.0, 5.0
ARRAYS, WORKSPACE = 3, 64 << 20

Task = Callable[[], object]


def main() -> None:
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores / 4:
        print(f"This machine is at other work (load {busy:.1f} on {cores} cores): measure when it is quiet, or with")
        print("OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1, because threads that wait for each other suffer most.\n")
    print("convolution (y) and its gradients (d), padding k // 2, ms\n")
    print(
        f"{'N, C, M, side, k':22}{'ours':>9}{'PyTorch':>9}{'einsum':>10}{'scipy':>10}   ratio to PyTorch, einsum / ours"
    )
    to_torch: list[float] = []
    to_einsum: list[float] = []
    memory: list[float] = []
    for shape in SHAPES:
        for part, tasks in zip("yd", contenders(*shape), strict=True):
            times = race(tasks)
            memory.append(share_of_memory(tasks["ours"], shape))
            ours, theirs, einsum, scipy = (times.get(name) for name in ("ours", "torch", "einsum", "scipy"))
            to_einsum.append(einsum / ours)
            if theirs:
                to_torch.append(ours / theirs)
            cells = "".join(f"{1e3 * value:>{width}.2f}" if value else f"{'-':>{width}}" for value, width in
                            ((ours, 9), (theirs, 9), (einsum, 10), (scipy, 10)))  # fmt: skip
            ratio = f"{to_torch[-1]:8.2f}" if theirs else f"{'-':>8}"
            print(f"{', '.join(map(str, shape)):20}{part:2}{cells}   {ratio}{to_einsum[-1]:12.0f}", flush=True)
    growth()
    imports()
    print()
    verdicts = [
        ("einsum's time / ours, geometric mean", geometric_mean(to_einsum), LEAST_EINSUM, True),
        ("peak memory / most allowed", max(memory), 1.0, False),
    ]
    if to_torch:
        verdicts += [
            ("ours / PyTorch's time, geometric mean", geometric_mean(to_torch), MOST_MEAN, False),
            ("ours / PyTorch's time, greatest", max(to_torch), MOST_ANY, False),
        ]
    else:
        print("PyTorch is not installed: not measured (scripts/test full installs it)")
    missed = False
    for name, value, bound, least in verdicts:
        met = value >= bound if least else value <= bound
        missed |= not met
        print(f"{name:40}{value:8.2f}   {'at least' if least else 'at most'} {bound:g}: {'met' if met else 'MISSED'}")
    sys.exit(missed)


def contenders(n: int, c: int, m: int, side: int, k: int) -> tuple[dict[str, Task], dict[str, Task]]:
    """Give each contender's convolution and its gradients; they must agree before they run."""
    rng = np.random.default_rng(1)
    x, weight, dy = (rng.standard_normal(s, np.float32) for s in ((n, c, side, side), (m, c, k, k), (n, m, side, side)))
    p = k // 2
    forward: dict[str, Task] = {
        "ours": lambda: conv2d(x, weight, padding=p),
        "einsum": lambda: np.einsum("nchwij,mcij->nmhw", sliding(x, k), weight),
        "scipy": lambda: by_scipy(x, weight),
    }
    backward: dict[str, Task] = {
        "ours": lambda: conv2d_vjp(dy, x, weight, padding=p),
        "einsum": lambda: (
            np.einsum("nmhwij,mcij->nchw", sliding(dy, k), weight[..., ::-1, ::-1]),
            np.einsum("nmhw,nchwij->mcij", dy, sliding(x, k)),
        ),
    }
    if torch:
        tx, tweight, tdy = map(torch.tensor, (x, weight, dy))
        leaves = tx.clone().requires_grad_(), tweight.clone().requires_grad_()
        ty = torch.nn.functional.conv2d(*leaves, padding=p)
        forward["torch"] = lambda: torch.nn.functional.conv2d(tx, tweight, padding=p)
        backward["torch"] = lambda: torch.autograd.grad(ty, leaves, tdy, retain_graph=True)
    agree(forward)
    agree(backward)
    return forward, backward


def sliding(x: np.ndarray, k: int) -> np.ndarray:
    padded = np.pad(x, [(0, 0), (0, 0), (k // 2, k // 2), (k // 2, k // 2)])
    return np.lib.stride_tricks.sliding_window_view(padded, (k, k), (2, 3))


def by_scipy(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    y = np.zeros((len(x), len(weight), *x.shape[2:]), x.dtype)
    for n, m in np.ndindex(y.shape[:2]):
        for picture, kernel in zip(x[n], weight[m], strict=True):
            y[n, m] += signal.correlate2d(picture, kernel, "same")
    return y


def agree(tasks: dict[str, Task]) -> None:
    ours = tasks["ours"]()
    ours = ours[:2] if isinstance(ours, tuple) else (ours,)
    for name in tasks.keys() - {"ours", "scipy"}:
        theirs = tasks[name]()
        for mine, other in zip(ours, theirs if isinstance(theirs, tuple) else (theirs,), strict=True):
            scale = float(abs(mine).max())
            assert np.allclose(mine / scale, np.asarray(other) / scale, atol=1e-4), f"{name} finds other numbers"


def race(tasks: dict[str, Task]) -> dict[str, float]:
    """Time all tasks by turns; a task slower than a turn runs once."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(TURNS):
        for name, task in tasks.items():
            if turn and times[name][0] > 1:
                continue
            time.sleep(REST)
            if not turn and name != "scipy":
                task()
            end = time.perf_counter() + TURN
            while True:
                start = time.perf_counter()
                task()
                now = time.perf_counter()
                times[name].append(now - start)
                if now > end:
                    break
    return {name: median(found) for name, found in times.items()}


def share_of_memory(task: Task, shape: tuple[int, ...]) -> float:
    """Measure a task's peak against three times its arrays and the workspace."""
    n, c, m, side, k = shape
    tracemalloc.start()
    given = task()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    results = [array for array in (given if isinstance(given, tuple) else (given,)) if array is not None]
    arrays = 4 * (n * c * side**2 + m * c * k**2) + sum(array.nbytes for array in results)
    return peak / (ARRAYS * arrays + WORKSPACE)


def growth() -> None:
    """Show that the time of one example does not depend on how many there are."""
    rng = np.random.default_rng(2)
    weight = rng.standard_normal((32, 16, 3, 3), np.float32)
    x = rng.standard_normal((256, 16, 28, 28), np.float32)
    counts = (4, 32, 256)
    found = race({str(n): lambda n=n: conv2d(x[:n], weight, padding=1) for n in counts})
    each = ", ".join(f"{1e3 * found[str(n)] / n:.3f} for {n}" for n in counts)
    print(f"\nms for each example of a batch (16 -> 32 channels, 28 x 28): {each}")


def imports() -> None:
    """Show what importing the engine costs beside numpy."""
    found = {}
    for name in ("numpy", "cnnviz.engine"):
        program = f"import time; start = time.perf_counter(); import {name}; print(time.perf_counter() - start)"
        runs = [
            subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
            for _ in range(9)
        ]
        found[name] = median(float(run.stdout) for run in runs)
    print(
        f"import cnnviz.engine {found['cnnviz.engine']:.3f} s, import numpy {found['numpy']:.3f} s, "
        f"ratio {found['cnnviz.engine'] / found['numpy']:.2f}"
    )


if __name__ == "__main__":
    main()
