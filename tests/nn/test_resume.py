# ruff: noqa: ARG005
"""Trainings that are stopped and go on, to the same bytes whenever the stop comes; files that are no such thing."""

import importlib.util
import json
import signal
from pathlib import Path

import numpy as np
import pytest

from cnnviz.errors import CnnvizError, InputError, OptionError
from cnnviz.nn import SGD, Adam, AdamW, CosineDecay, PlateauDecay, fit
from cnnviz.nn.augment import noise
from cnnviz.nn.resume import FORM
from tests.engine.says import says


def _load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


training = _load(Path(__file__).parent / "test_training.py")
hostile_npz = _load(Path(__file__).parents[1] / "data" / "hostile_npz.py")
corners, small, values = training.corners, training.small, training.values

OPTIMIZERS = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.1, 0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda: Adam(0.01),
    "adamw": lambda: AdamW(0.01),
}
STEPS, EPOCHS = 7, 4  # 48 examples in batches of 7


class Stop:
    """An augmentation that presses Ctrl-C in its call of this number."""

    def __init__(self, at=None, error=KeyboardInterrupt):
        self.at, self.calls, self.error = at, 0, error

    def __call__(self, x, generator):
        self.calls += 1
        y = noise(0.1)(x, generator)
        if self.calls == self.at:
            raise self.error
        return y


def run(stop, *, optimizer="adam", start=0, **options):
    data, network = corners(), small(start)
    settings = {"schedule": CosineDecay(EPOCHS), "snapshots": ("conv.weight",), "validation": data.take(slice(20))}
    history = fit(
        network, data, epochs=EPOCHS, seed=3, optimizer=OPTIMIZERS[optimizer](), batch_size=7,
        augment=stop, **{**settings, **options},
    )  # fmt: skip
    return network, history


def same(one, two):
    (network, history), (other, others) = one, two
    for name, array in values(network).items():
        assert array.tobytes() == values(other)[name].tobytes(), name
    assert history.json() == others.json()
    for epoch, twin in zip(history, others, strict=True):
        assert epoch.weights.keys() == twin.weights.keys()
        assert all(epoch.weights[name].tobytes() == twin.weights[name].tobytes() for name in epoch.weights)


@pytest.mark.few(6)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("at", [1, 2, 7, 8, 20, 28])
def test_a_training_that_was_stopped_goes_on_to_the_same_bytes(tmp_path, optimizer, at):
    whole = run(Stop(), optimizer=optimizer)
    path = tmp_path / "stopped.npz"
    with pytest.raises(KeyboardInterrupt):
        run(Stop(at), optimizer=optimizer, checkpoint=path)
    same(whole, run(Stop(), optimizer=optimizer, start=9, resume=path))
    assert [file.name for file in tmp_path.iterdir()] == ["stopped.npz"]


def test_stopped_twice_and_in_a_callback(tmp_path):
    path, seen = tmp_path / "stopped.npz", []

    def press(epoch):
        seen.append(epoch.number)
        if epoch.number == 2:
            raise KeyboardInterrupt

    options = {"schedule": PlateauDecay(0.5, 0), "snapshots": (), "validation": None, "keep_best": False, "patience": 3}
    whole = run(Stop(), **options)
    with pytest.raises(KeyboardInterrupt):
        run(Stop(), checkpoint=path, callback=press, **options)
    with pytest.raises(SystemExit):
        run(Stop(3, SystemExit), checkpoint=path, resume=path, callback=press, **options)
    same(whole, run(Stop(), resume=path, callback=press, **options))
    assert seen == [1, 2, 3, 4]


def test_the_step_under_way_is_undone_in_the_network_too(tmp_path):
    data, network, optimizer = corners(), small(), Adam(0.01)
    moments = []

    class Watch(Stop):
        def __call__(self, x, generator):
            moments.append({name: array.tobytes() for name, array in values(network).items()})
            return super().__call__(x, generator)

    class Late(Adam):  # moves half of the parameters and is stopped then
        def _moved(self, name, *others):
            if self.steps[name] == 5 and name.startswith("dense"):
                raise KeyboardInterrupt
            return super()._moved(name, *others)

    optimizer = Late(0.01)
    with pytest.raises(KeyboardInterrupt):
        fit(network, data, epochs=2, seed=0, batch_size=7, optimizer=optimizer, augment=Watch())
    assert {name: array.tobytes() for name, array in values(network).items()} == moments[4]
    assert set(optimizer.steps.values()) == {4}


def test_a_finished_training_goes_on_with_more_epochs(tmp_path):
    def press(epoch):
        if epoch.number == 2:
            raise KeyboardInterrupt

    def train(epochs, **options):
        network = small()
        return network, fit(network, corners(), epochs=epochs, seed=0, **options)

    with pytest.raises(KeyboardInterrupt):
        train(2, callback=press, checkpoint=tmp_path / "two.npz")
    same(train(3), train(3, resume=tmp_path / "two.npz"))
    same(train(2), train(2, resume=tmp_path / "two.npz"))


@pytest.mark.full
@pytest.mark.parametrize("lost", ["memory", "chance", "order", "weights", "best"])
def test_the_comparison_sees_whatever_is_lost(stopped, lost):
    def change(words, arrays):
        match lost:
            case "chance":
                words["chance"] = np.random.default_rng(5).bit_generator.state
            case "order":
                arrays["order"] = arrays["order"][::-1]
            case "best":
                words["best"]["loss"] = 0.0  # as if nothing better could come
            case _:
                arrays |= {name: a * np.float32(0.99) for name, a in arrays.items() if name.startswith(lost)}

    forged(stopped, change)
    with pytest.raises(AssertionError):
        same(run(Stop()), run(Stop(), resume="forged.npz"))


@pytest.mark.full
def test_stopped_at_any_moment_at_all(tmp_path):
    """An alarm in the midst of whatever is being done, two hundred times, each training going on until it is done."""
    whole, chance, stops = run(None), np.random.default_rng(0), 0

    def press(number, frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, press)
    try:
        while stops < 200:
            path, resume = tmp_path / f"{stops}.npz", None
            for _ in range(1000):
                try:
                    try:
                        signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.001, 0.1))
                        again = run(None, checkpoint=path, resume=resume)
                    finally:
                        signal.setitimer(signal.ITIMER_REAL, 0)
                    same(whole, again)
                    break
                except KeyboardInterrupt:
                    stops += 1
                    resume = path if path.exists() else None
            assert not list(tmp_path.glob(".*"))
    finally:
        signal.signal(signal.SIGALRM, before)


# What is refused


@pytest.fixture
def stopped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        run(Stop(10), checkpoint="stopped.npz")
    return Path("stopped.npz")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"schedule": CosineDecay(5)}, 'schedule of the training that was stopped, "CosineDecay(epochs=4, floor=0.0)", '
         'got "CosineDecay(epochs=5, floor=0.0)"'),
        ({"patience": 2}, 'patience of the training that was stopped, "None", got "2"'),
        ({"snapshots": ()}, 'snapshots of the training that was stopped, "conv.weight", got "none"'),
        ({"validation": None}, "validation of the training that was stopped, the examples it began with, got others"),
        ({"optimizer": "sgd"}, 'optimizer of the training that was stopped, '
         '"Adam lr=0.01 weight_decay=0.0 betas=(0.9, 0.999) eps=1e-08", '
         'got "SGD lr=0.1 weight_decay=0.0 momentum=0.0 nesterov=False"'),
    ],
)  # fmt: skip
def test_other_arguments_are_refused(stopped, options, words):
    with pytest.raises(OptionError) as caught:
        run(Stop(), resume=stopped, **options)
    assert str(caught.value) == (
        f"fit: expected to go on with the {words}; give the same, or start anew without resume"
    )


DAMAGED = (
    'fit: expected a training of this network that was stopped, got "{}", which is damaged or something else; '
    "start anew without resume"
)


def test_weights_alone_are_no_training(stopped):
    small().save("weights.npz")
    with says(InputError, DAMAGED.format("weights.npz")):
        run(Stop(), resume="weights.npz")


def test_other_names_of_files():
    with says(OptionError, "fit: expected a file name that ends in .npz, got 'a.pt'; add .npz"):
        run(Stop(), checkpoint="a.pt")


def forged(path, change):
    """The file with something else in it."""
    with np.load(path) as archive:
        arrays = dict(archive)
    words = json.loads(bytes(arrays["words"]))
    change(words, arrays)
    np.savez("forged.npz", **{**arrays, "words": np.frombuffer(json.dumps(words).encode(), np.uint8)})


FORGERIES = {
    "form": lambda words, arrays: words.update(form=FORM + "1"),
    "no settings": lambda words, arrays: words.pop("settings"),
    "fewer settings": lambda words, arrays: words["settings"].pop("seed"),
    "settings": lambda words, arrays: words.update(settings=3),
    "generator": lambda words, arrays: words["chance"].update(bit_generator="MT19937"),
    "state": lambda words, arrays: words["chance"]["state"].update(state=-1),
    "order": lambda words, arrays: arrays.update(order=arrays["order"] * 0),
    "floats": lambda words, arrays: arrays.update(order=arrays["order"] * 1.0),
    "step": lambda words, arrays: words["started"].update(step=-1),
    "far step": lambda words, arrays: words["started"].update(step=10**9),
    "true step": lambda words, arrays: words["started"].update(step=True),
    "right": lambda words, arrays: words["started"].update(right=0.5),
    "steps": lambda words, arrays: words["steps"].update({"dense.bias": 0}),
    "other steps": lambda words, arrays: words["steps"].update({"x": 1}),
    "best": lambda words, arrays: words["best"].update(number=7),
    "no best": lambda words, arrays: words.update(best=None),
    "epochs": lambda words, arrays: words.update(epochs=[]),
    "numbers": lambda words, arrays: words["epochs"][0].update(number=2),
    "scores": lambda words, arrays: words["epochs"][0].update(train="good"),
    "shape": lambda words, arrays: arrays.update({"weights/dense.bias": np.zeros(4, np.float32)}),
    "kind": lambda words, arrays: arrays.update({"weights/dense.bias": np.zeros(3, np.int64)}),
    "nan": lambda words, arrays: arrays.update({"weights/dense.bias": np.full(3, np.nan, np.float32)}),
    "no weights": lambda words, arrays: arrays.pop("weights/dense.bias"),
    "less best": lambda words, arrays: arrays.pop("best/dense.bias"),
    "memory": lambda words, arrays: arrays.update({"memory/dense.bias": arrays["memory/dense.bias"][:1]}),
    "less memory": lambda words, arrays: arrays.pop("memory/dense.bias"),
    "flat memory": lambda words, arrays: arrays.update({"memory/dense.bias": np.float32(3)}),
    "snapshots": lambda words, arrays: arrays.update({"snapshots/conv.weight": np.zeros((0, 4, 1, 3, 3), np.float32)}),
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_forged_files_are_refused_and_change_nothing(stopped, change):
    forged(stopped, change)
    network = small()
    before = values(network)
    with says(InputError, DAMAGED.format("forged.npz")):
        fit(
            network, corners(), epochs=EPOCHS, seed=3, optimizer=Adam(0.01), batch_size=7, augment=Stop(),
            schedule=CosineDecay(EPOCHS), snapshots=("conv.weight",), validation=corners().take(slice(20)),
            resume="forged.npz",
        )  # fmt: skip
    assert all(array is before[name] for name, array in values(network).items())


@pytest.mark.parametrize("text", [b"", b"[" * 100_000, b"{}", b"null", b"\xff\xfe", b'{"form": 1e999}', b"9" * 5000])
def test_words_that_are_no_json_of_ours(stopped, text):
    with np.load(stopped) as archive:
        np.savez("forged.npz", **{**dict(archive), "words": np.frombuffer(text, np.uint8)})
    with says(InputError, DAMAGED.format("forged.npz")):
        run(Stop(), resume="forged.npz")


def test_hostile_archives_are_refused(stopped):
    count = 0
    for name, content in hostile_npz.files(every=9):
        Path(name).write_bytes(content)
        with pytest.raises(CnnvizError, match=r"^fit: expected [^\n]+$"):
            run(Stop(), resume=name)
        Path(name).unlink()
        count += 1
    assert count == 12
    assert [path.name for path in Path().iterdir()] == ["stopped.npz"]  # no pickle ran
