"""Train the same nets from the same weights on the same batches with cnnviz and PyTorch, side by side in one run.

Also trains tiny-cnn from scratch and computes the numbers of every architecture. Each contender rests before its turn
and has several turns; times are medians. One thread each unless THREADS says otherwise.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ.get("THREADS", "1")  # read when numpy is loaded

import importlib.util
import sys
import time
from inspect import signature
from pathlib import Path
from statistics import median

import numpy as np

from cnnviz.data.split import Examples, digits_split
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.nn import SGD, Conv2d, Flatten, Linear, MaxPool2d, ReLU, evaluate, fit, zoo

try:
    import torch
except ImportError:
    torch = None

THREADS = int(os.environ["OPENBLAS_NUM_THREADS"])
TURNS, REST, BATCH = 5, 0.1, 32
MOST_TIME, MOST_LOSS, MOST_SECONDS, LEAST_ACCURACY = 2.5, 1e-4, 30.0, 0.98


def main() -> None:
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores / 4:
        print(f"This machine is at other work (load {busy:.1f} on {cores} cores): measure again when it is quiet.\n")
    missed = [numbers(), from_scratch()]
    if torch is None:
        print("PyTorch is not installed: not compared (scripts/test full installs it)")
    else:
        torch.set_num_threads(THREADS)
        print(f"\none epoch in batches of {BATCH}, SGD with momentum, {THREADS} thread(s), ms")
        missed += [beside_torch("tiny-cnn", digits_split().train), beside_torch("cnn", scaled(1_024))]
    print(f"\ntargets {'MISSED' if any(missed) else 'met'}")
    sys.exit(any(missed))


def numbers() -> bool:
    """Compute parameters, MACs and receptive field of every architecture beside what they must be."""
    path = Path(__file__).parents[2] / "tests" / "nn" / "zoo" / "test_numbers.py"
    spec = importlib.util.spec_from_file_location("test_numbers", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    off = 0
    print(f"{'':20}{'parameters':>14}{'MACs':>18}{'receptive field':>18}   expected")
    for name, expected in module.NUMBERS.items():
        entry = zoo.find("bench", name)
        found = entry.build().summary(entry.input)
        computed = (found.parameters, found.macs, found.receptive_field)
        off += computed != expected
        cells = f"{computed[0]:>14,}{computed[1]:>18,}{computed[2]:>18}"
        print(f"{name:20}{cells}   {'the same' if computed == expected else expected}")
    print(f"{len(module.NUMBERS)} architectures, {off} off")
    more = [
        check for name, check in vars(module).items() if name.startswith("test_") and not signature(check).parameters
    ]
    wrong = [check.__name__ for check in more if not holds(check)]
    print(f"{len(more)} checks layer by layer, {len(wrong)} off {' '.join(wrong)}\n")
    return off > 0 or bool(wrong)


def holds(check) -> bool:
    try:
        check()
    except AssertionError:
        return False
    return True


def from_scratch() -> bool:
    start = time.perf_counter()
    network, history = zoo.train_tiny()
    seconds = time.perf_counter() - start
    accuracy = evaluate(network, digits_split().test).accuracy
    print(
        f"tiny-cnn from scratch: {len(history)} epochs, {seconds:.1f} s (at most {MOST_SECONDS:.0f}), "
        f"{accuracy:.2%} of the held-out digits (at least {LEAST_ACCURACY:.0%})"
    )
    return seconds > MOST_SECONDS or accuracy < LEAST_ACCURACY


def scaled(count: int) -> Examples:
    """Real digits, enlarged to 28x28."""
    train = digits_split().train.take(slice(count))
    return Examples(
        np.pad(train.images.repeat(3, axis=2).repeat(3, axis=3), ((0, 0), (0, 0), (2, 2), (2, 2))), train.labels
    )


def beside_torch(name: str, data: Examples) -> bool:
    """Race one epoch, and compare the loss after 50 steps from the same weights."""
    ours = zoo.find("bench", name).build()
    ours.initialize(0)
    theirs = twin(ours)
    mine = lambda: fit(ours, data, epochs=1, seed=0, optimizer=SGD(1e-3, 0.9), batch_size=BATCH, keep_best=False)  # noqa: E731
    times: dict[str, list[float]] = {"ours": [], "torch": []}
    x, y = torch.from_numpy(data.images.copy()), torch.from_numpy(data.labels.copy())
    optimizer = torch.optim.SGD(theirs.parameters(), 1e-3, 0.9)

    def epoch() -> None:
        order = torch.randperm(len(y))
        for start in range(0, len(y), BATCH):
            part = order[start : start + BATCH]
            optimizer.zero_grad()
            scores = theirs(x[part])
            loss = torch.nn.functional.cross_entropy(scores, y[part])
            loss.backward()
            optimizer.step()
            loss.item(), (scores.argmax(1) == y[part]).sum().item()  # as ours does, for the history

    for _ in range(TURNS):
        for who, task in (("ours", mine), ("torch", epoch)):
            time.sleep(REST)
            start = time.perf_counter()
            task()
            times[who].append(time.perf_counter() - start)
    one, two = median(times["ours"]), median(times["torch"])
    first, second = fifty_steps(name, data)
    off = abs(first - second) / second
    print(
        f"{name:10} {1e3 * one:8.1f} PyTorch {1e3 * two:8.1f}  ratio {one / two:5.2f} (at most {MOST_TIME})   "
        f"loss after 50 steps {first:.6f}, {second:.6f}: {off:.1e} off (at most {MOST_LOSS})",
        flush=True,
    )
    return one > MOST_TIME * two or off > MOST_LOSS


def fifty_steps(name: str, data: Examples) -> tuple[float, float]:
    """Take the same 50 steps with both and return the losses on all the data."""
    network = zoo.find("bench", name).build()
    network.initialize(1)
    other = twin(network)
    mine, theirs = SGD(0.01, 0.9), torch.optim.SGD(other.parameters(), 0.01, 0.9)
    for step in range(50):
        part = np.arange(step * BATCH, (step + 1) * BATCH) % len(data)
        images, labels = data.images[part], data.labels[part]
        record = network.forward(images, record=True, training=True)
        gradients = network.backward(cross_entropy_vjp(1.0, record.output, labels)[0], record)
        mine.step(network.parameters(), gradients.parameters())
        theirs.zero_grad()
        torch.nn.functional.cross_entropy(other(torch.from_numpy(images)), torch.from_numpy(labels)).backward()
        theirs.step()
    first = float(cross_entropy(network.forward(data.images), data.labels))
    with torch.no_grad():
        scores = other(torch.from_numpy(data.images.copy()))
        second = float(torch.nn.functional.cross_entropy(scores, torch.from_numpy(data.labels.copy())))
    return first, second


def twin(network):
    """Build the same net with the same weights in PyTorch."""
    layers = []
    for layer in network:
        match layer:
            case Conv2d():
                made = torch.nn.Conv2d(layer.in_channels, layer.out_channels, layer.kernel_size, padding=layer.padding)
            case Linear():
                made = torch.nn.Linear(layer.in_features, layer.out_features)
            case MaxPool2d():
                made = torch.nn.MaxPool2d(layer.kernel_size, layer.stride)
            case Flatten():
                made = torch.nn.Flatten()
            case ReLU():
                made = torch.nn.ReLU()
        with torch.no_grad():
            for name, parameter in layer.own.items():
                getattr(made, name).copy_(torch.from_numpy(parameter.values.copy()))
        layers.append(made)
    return torch.nn.Sequential(*layers)


if __name__ == "__main__":
    main()
