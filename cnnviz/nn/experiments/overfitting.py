"""Experiment: what helps when there are few examples: dropout, weight decay, augmentation."""

from collections.abc import Sequence

from cnnviz.data.split import Split, digits_split
from cnnviz.nn.augment import move
from cnnviz.nn.experiments.result import Chart, Result, order
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, few, gather, train
from cnnviz.nn.optimizer import AdamW
from cnnviz.nn.training import evaluate

QUESTION = "With few examples, what keeps a network from learning them by heart?"
NOTHING, DROPOUT, DECAY, AUGMENT, ALL = "nothing", "dropout", "weight decay", "augmentation", "all three"
LABELS = (NOTHING, DROPOUT, DECAY, AUGMENT, ALL)
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten{} > dense 32 > relu{} > dense 10"
QUICK = {"sizes": (2,), "epochs": 1}


def overfitting(
    seeds: Sequence[int] = range(5), *, sizes: Sequence[int] = (5, 20), epochs: int = 80, progress: Progress = None
) -> Result:
    """Train on few digits with and without each remedy, and compare what is learned with what is known of others.

    Parameters
    ----------
    seeds
        Repetitions, each with other examples.
    sizes
        Examples of each digit.
    epochs
        Of each training; the weights behind the last one are taken.
    progress
        Called with (done, total).
    """
    chosen, split = checked(seeds), digits_split()

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        drop = " > dropout 0.3" if label in (DROPOUT, ALL) else ""
        network = built(NETWORK.format(drop, drop), seed)
        data = few(split.train, int(place), seed)
        train(
            network,
            Split(data, data, split.test),
            seed,
            epochs=epochs,
            batch_size=16,
            optimizer=AdamW(3e-3, weight_decay=0.3 if label in (DECAY, ALL) else 0.0),
            augment=move(shift=0.5, turn=10.0, grow=0.1) if label in (AUGMENT, ALL) else None,
            choose=False,
        )
        known, asked = evaluate(network, data), evaluate(network, split.test)
        return {"accuracy": asked.accuracy, "loss": asked.loss, "gap": known.accuracy - asked.accuracy}

    places = [float(size) for size in sizes]
    series = gather(LABELS, places, chosen, measure, progress)
    place = "examples of each digit"
    accuracy = Chart("on digits not seen", place, "test accuracy", series["accuracy"], share=True)
    gap = Chart("learned by heart", place, "training minus test accuracy", series["gap"], share=True)
    loss = Chart("how wrong, and how sure of it", place, "test loss, nats", series["loss"])
    found = []
    for size in places:
        points = {label: accuracy[label].at(size) for label in LABELS}
        better = ", ".join(f"{label} {points[label].above(points[NOTHING])}" for label in LABELS[1:])
        found.append(
            f"With {size:g} examples of each digit: {order(points)}; seeds of {len(chosen)} in which a remedy is "
            f"better than nothing: {better}."
        )
    finding = " ".join(found)
    setting = f"Digits of 8 × 8, {epochs} epochs of AdamW in batches of 16, the last weights taken."
    return Result("overfitting", QUESTION, setting, chosen, (accuracy, gap, loss), finding)
