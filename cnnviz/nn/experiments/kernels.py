"""Experiment: two convolutions of 3 × 3 against one of 5 × 5, which see as much."""

from collections.abc import Sequence

from cnnviz.data.canvas import scattered_split
from cnnviz.nn.experiments.result import Chart, Result, order, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, cut, gather, train
from cnnviz.nn.notation import parse_network
from cnnviz.nn.training import evaluate

QUESTION = "Are two 3 × 3 convolutions better than one of 5 × 5?"
ONE, TWO, LINEAR, WIDE = "one 5×5", "two 3×3", "two 3×3, no ReLU between", "two 3×3, as many weights"
_NET = "1x16x16 > conv 16 k3 p1 > relu > pool 2 > {} > relu > pool 8 > flatten > dense 10"
NETWORKS = {
    ONE: _NET.format("conv 16 k5 p2"),
    TWO: _NET.format("conv 16 k3 p1 > relu > conv 16 k3 p1"),
    LINEAR: _NET.format("conv 16 k3 p1 > conv 16 k3 p1"),
    WIDE: _NET.format("conv 22 k3 p1 > relu > conv 16 k3 p1"),
}
QUICK = {"sizes": (60,), "epochs": 1, "asked": 20}


def kernels(
    seeds: Sequence[int] = range(5),
    *,
    sizes: Sequence[int] = (1085,),
    epochs: int = 15,
    asked: int = 357,
    progress: Progress = None,
) -> Result:
    """Train networks that differ in one stage only: 6,416 parameters in one 5 × 5, 4,640 in two 3 × 3.

    Without the ReLU between them two convolutions are one of 5 × 5 that is not free; with 22 channels between them they
    have as many weights as the one.

    Parameters
    ----------
    seeds
        Repetitions, each with other places of the digits.
    sizes
        Examples to learn from.
    epochs
        Of each training with the most examples; with fewer, as many steps.
    asked
        To choose by, and to be asked about, at most.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        count = int(place)
        split = cut(scattered_split(16, seed=seed), count, asked)
        network = built(NETWORKS[label], seed)
        train(network, split, seed, epochs=round(epochs * max(sizes) / count))
        return {"accuracy": evaluate(network, split.test).accuracy}

    series = gather(NETWORKS, [float(size) for size in sizes], chosen, measure, progress)["accuracy"]
    chart = Chart("digits anywhere on a 16 × 16 canvas", "examples", "test accuracy", series, share=True)
    counts = ", ".join(f"{label} {parse_network(text)[1].parameter_count:,}" for label, text in NETWORKS.items())
    most = chart.places[-1]
    at = {label: chart[label].at(most) for label in NETWORKS}
    finding = (
        f"With {most:g} examples: {order(at)}; {versus(TWO, at[TWO], ONE, at[ONE])}, and "
        f"{versus(TWO, at[TWO], LINEAR, at[LINEAR])}."
    )
    setting = f"Parameters of the whole networks: {counts}. {epochs} epochs of the largest set."
    return Result("kernels", QUESTION, setting, chosen, (chart,), finding)
