"""Write how long every operation and its gradient take beside PyTorch: scripts/bench ops [1] [2] [-o docs/engine.md].

Ours and PyTorch take turns in one run, and a ratio is the median over the turns, so that a slow moment of the machine
meets both. On one thread the processor's time is counted, which other work on the machine hardly touches; on two it is
the clock's. float32; numbers are compared before they are timed.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import geometric_mean, median

THREADS = os.environ.get("OPENBLAS_NUM_THREADS", "")  # read when numpy is loaded
TURNS, TURN, REST = 5, 0.008, 0.002
MOST_ANY, QUIET = 3.0, 0.5

REASONS = {
    "gelu": "numpy has no error function: a fraction of polynomials takes thirty passes",
    "sigmoid": "numpy's exponential takes longer than all of PyTorch's function",
    "softplus": "numpy's exponential and logarithm take longer than all of PyTorch's function",
    "leaky_relu": "a product and a comparison, a pass each, and five passes for the gradient",
    "relu": "writing fresh memory is all that there is to do",
    "elu": "numpy's hyperbolic tangent takes longer than all of PyTorch's function",
    "tanh": "numpy's hyperbolic tangent takes longer than PyTorch's",
    "softmax": "a pass for each of greatest, difference, exponential, sum and quotient",
    "cross_entropy": "a pass for each of greatest, difference, exponential, sum and logarithm",
    "squash": "a pass for each of square, sum, root and scale, and one for the greatest, so that nothing overflows",
    "dynamic_routing": "a pass for each of exponential, sum, quotient, product and squash in every round",
    "norm": "a pass for each of mean, distance, square, root, scale and shift",
    "avg_pool": "numpy begins anew for each map or part of a map that it adds up",
    "pool": "the greatest and its place are found in two passes",
    "conv": "the cells of a window are copied before they are multiplied",
    "kernel": "the cells of a window are copied before they are multiplied",
}
"""Why an operation takes more than three times as long, by a part of its name; what is small has one reason for all."""

Pair = tuple[float, float]
"""The ratios of the value alone, and of value and gradient together."""


def main() -> None:
    if "--measure" in sys.argv:
        json.dump(measured(), sys.stdout)
        return
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)  # before it works itself
    found = {threads: run(threads) for threads in sys.argv[1:] if threads in ("1", "2")} or {"1": run("1")}
    text = "\n".join(page(found, busy)) + "\n"
    if "-o" in sys.argv:
        Path(sys.argv[sys.argv.index("-o") + 1]).write_text(text, encoding="utf-8")
    print(text)


def run(threads: str) -> dict[str, dict[str, Pair]]:
    """Measure in a process of its own, since threads are counted when libraries are loaded."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
    command = [sys.executable, __file__, "--measure"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def measured() -> dict[str, dict[str, Pair]]:
    import torch
    from _op_cases import convolutions, operations

    torch.set_num_threads(int(THREADS))
    parts = {"convolutions": convolutions(), "small": operations(False), "large": operations(True)}
    chosen = os.environ.get("ONLY", "")
    return {
        part: {case.name: ratios(case) for case in cases if chosen in f"{part} {case.name}"}
        for part, cases in parts.items()
    }


def ratios(case) -> Pair:
    import numpy as np
    import torch

    tensors = [torch.tensor(array) for array in case.arrays]
    leaves = [tensor.requires_grad_() for tensor in tensors if tensor.is_floating_point()]
    with torch.no_grad():
        theirs = case.torch(*tensors)
    ours = case.ours()
    same(case, ours, theirs)
    dy = np.random.default_rng(3).standard_normal(ours.shape).astype(np.float32)
    y, cotangent = case.torch(*tensors), torch.tensor(dy)
    gradients = torch.autograd.grad(y, leaves, cotangent, retain_graph=True, allow_unused=True)
    mine = [gradient for gradient in case.ours_vjp(dy) if gradient is not None]
    for own, other in zip(mine, gradients, strict=True):
        if other is not None:
            same(case, own, other)

    def value() -> None:
        with torch.no_grad():
            case.torch(*tensors)

    def both() -> None:
        torch.autograd.grad(case.torch(*tensors), leaves, cotangent, allow_unused=True)

    found = race(case.ours, value), race(lambda: (case.ours(), case.ours_vjp(dy)), both)
    print(f"{case.name:45}{cell(found)}", file=sys.stderr)
    return found


def same(case, ours, theirs) -> None:
    import numpy as np

    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape, (case.name, ours.shape, theirs.shape)
    if not case.random:
        scale = float(abs(theirs).max()) or 1.0
        assert np.allclose(ours / scale, theirs / scale, atol=2e-4), case.name


def race(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    clock = time.process_time if THREADS == "1" else time.perf_counter
    counts = []
    for task in (ours, theirs):
        task()
        start = time.perf_counter()
        task()
        counts.append(max(1, int(TURN / (time.perf_counter() - start))))

    def turn(task: Callable[[], object], count: int) -> float:
        time.sleep(REST)  # until waiting threads of the other are asleep
        start = clock()
        for _ in range(count):
            task()
        return (clock() - start) / count

    return median(turn(ours, counts[0]) / turn(theirs, counts[1]) for _ in range(TURNS))


HEAD = """# How fast the engine is

The time of every operation over the time of PyTorch, made by `scripts/bench ops 1 -o docs/engine.md` (`1 2` also takes
two threads, on a machine that does nothing else): 1 is as fast, 2 takes twice as long. The first number is the
operation alone, the second with its gradient, as in training. float32; *small* is about 8 thousand cells, *large* 1.6
million.
"""


def page(found: dict[str, dict[str, dict[str, Pair]]], busy: float) -> Iterator[str]:
    yield HEAD
    heads = [f"{threads} thread{'s' * (threads != '1')}" for threads in found]
    yield "## Convolutions\n"
    yield f"| examples × channels → filters, picture | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}"
    first = next(iter(found.values()))
    for name in first["convolutions"]:
        yield f"| {name} | {' | '.join(cell(parts['convolutions'][name]) for parts in found.values())} |"
    for kind in ("depthwise", "other"):
        means = (mean_of(kind, parts["convolutions"]) for parts in found.values())
        yield f"| **geometric mean, {kind}** | {' | '.join(f'**{mean:.2f}**' for mean in means)} |"
    yield "\n## Every operation\n"
    columns = [f"{size}, {head}" for head in heads for size in ("small", "large")]
    yield f"| operation | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}"
    for name in first["small"]:
        cells = (cell(parts[size][name]) for parts in found.values() for size in ("small", "large"))
        yield f"| `{name}` | {' | '.join(cells)} |"
    yield f"\n## Above {MOST_ANY:g}\n"
    yield "On small arrays a call takes 10 to 100 microseconds of Python, checks above all, before numpy begins; one of"
    yield "PyTorch's takes a few. Outside products of matrices numpy works on one thread, so what is three times as"
    yield "slow on one is six times as slow on two. Of the others:\n"
    yield "| what | ratios | why |\n|---|---|---|"
    yield from above(found)
    if busy > QUIET:
        yield f"\nMeasured while others worked on the machine ({busy:.1f} processes waited for each processor), which"
        yield "two threads feel most: figures of two are to be had on a quiet machine alone."


def mean_of(kind: str, rows: dict[str, Pair]) -> float:
    """Take depthwise convolutions alone, or the others."""
    return geometric_mean(
        [it for name, pair in rows.items() if ("depthwise" in name) == (kind == "depthwise") for it in pair]
    )


def above(found: dict[str, dict[str, dict[str, Pair]]]) -> Iterator[str]:
    """Say what takes more than three times as long, and why; what has no reason is a fault."""
    for threads, parts in found.items():
        for part, rows in parts.items():
            for name, pair in rows.items():
                if max(pair) > MOST_ANY and part != "small":
                    reason = next((why for words, why in REASONS.items() if words in name), "NO REASON")
                    yield f"| `{name}`, {threads} thread{'s' * (threads != '1')} | {cell(pair)} | {reason} |"


def cell(pair: Pair) -> str:
    return " / ".join(f"{it:.2f}" for it in pair)


if __name__ == "__main__":
    main()
