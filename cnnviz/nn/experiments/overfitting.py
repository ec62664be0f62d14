"""Experiment: what helps when there are few examples: dropout, weight decay, augmentation."""

from collections.abc import Callable, Sequence

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn.augment import move
from cnnviz.nn.experiments.result import Chart, Result, order
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, few, gather, lines, train
from cnnviz.nn.optimizer import AdamW
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import evaluate

QUESTION = "With few examples, what keeps a network from learning them by heart?"
NOTHING, DROPOUT, DECAY, AUGMENT, ALL = "nothing", "dropout", "weight decay", "augmentation", "all three"
LABELS = (NOTHING, DROPOUT, DECAY, AUGMENT, ALL)
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten{} > dense 32 > relu{} > dense 10"
KNOWN, ASKED = "learned from", "not seen"
MOMENTS = 20
"""How often a training is looked at while it goes on."""

MOVE = move(shift=0.5, turn=10.0, grow=0.1)

QUICK = {"sizes": (2,), "epochs": 1}

Look = Callable[[int, Sequential], None]


def taught(label: str, data: Examples, seed: int, epochs: int, look: Look = lambda *_: None) -> Sequential:
    """Train a network on few digits with a remedy, and let it be looked at before the first epoch and after each."""
    drop = " > dropout 0.3" if label in (DROPOUT, ALL) else ""
    network = built(NETWORK.format(drop, drop), seed)
    look(0, network)
    train(
        network,
        Split(data, data, data),
        seed,
        epochs=epochs,
        batch_size=16,
        optimizer=AdamW(3e-3, weight_decay=0.3 if label in (DECAY, ALL) else 0.0),
        augment=MOVE if label in (AUGMENT, ALL) else None,
        choose=False,
        callback=lambda epoch: look(epoch.number, network),
    )
    return network


def overfitting(
    seeds: Sequence[int] = range(5), *, sizes: Sequence[int] = (5, 20), epochs: int = 80, progress: Progress = None
) -> Result:
    """Train on few digits with and without each remedy, and compare what is learned with what is known of others.

    Of the trainings on the fewest examples without a remedy, the course of both losses is kept as well.

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
    courses: dict[str, list[dict[Place, float]]] = {KNOWN: [], ASKED: []}

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        data = few(split.train, int(place), seed)
        watched = label == NOTHING and place == min(places)
        course: dict[str, dict[Place, float]] = {name: {} for name in courses}

        def look(number: int, network: Sequential) -> None:
            if watched and number % max(1, epochs // MOMENTS) == 0:
                for name, part in ((KNOWN, data), (ASKED, split.test)):
                    course[name][float(number)] = evaluate(network, part).loss

        network = taught(label, data, seed, epochs, look)
        for name in courses if watched else ():
            courses[name].append(course[name])
        known, asked = evaluate(network, data), evaluate(network, split.test)
        return {"accuracy": asked.accuracy, "loss": asked.loss, "gap": known.accuracy - asked.accuracy}

    places = [float(size) for size in sizes]
    series = gather(LABELS, places, chosen, measure, progress)
    place = "examples of each digit"
    accuracy = Chart("on digits not seen", place, "test accuracy", series["accuracy"], share=True)
    gap = Chart("learned by heart", place, "training minus test accuracy", series["gap"], share=True)
    loss = Chart("how wrong, and how sure of it", place, "test loss, nats", series["loss"])
    title = f"nothing done, {min(places):g} examples of each digit"
    course = Chart(title, "epoch", "loss, nats", lines(courses, courses), log=True)
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
    return Result("overfitting", QUESTION, setting, chosen, (accuracy, gap, loss, course), finding)
