"""The recorded training is the one that made the shipped weights, and the script makes it again."""

import subprocess
import sys

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.engine import softmax
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import evaluate, zoo
from cnnviz.subjects import Training, run
from tests.engine.says import says

ALIKE = 8  # epochs; later, the last bits in which processors differ have grown to what can be seen


@pytest.fixture(scope="module")
def recorded():
    return run.recorded()


@pytest.fixture(scope="module")
def one_epoch():
    return run.record(epochs=1)


def test_its_best_epoch_is_the_shipped_network(recorded):
    network, split, best = zoo.tiny_cnn(pretrained=True), digits_split(), recorded.best
    assert np.array_equal(recorded.filters[best], network.parameters()["conv1.weight"].array("test")[:, 0])
    for column, part in enumerate((split.train, split.validation)):
        score = evaluate(network, part)
        assert recorded.loss[best, column] == pytest.approx(score.loss, rel=1e-5)
        assert recorded.accuracy[best, column] == pytest.approx(score.accuracy)
    shares = softmax(network.forward(split.test.images))
    assert recorded.right[best] == (shares.argmax(axis=1) == split.test.labels).sum()
    for ink, label, own in zip(recorded.ink, recorded.labels, recorded.shares[best], strict=True):
        (place,) = np.flatnonzero((split.test.images[:, 0] * 16 == ink).all(axis=(1, 2)))
        assert label == split.test.labels[place]
        assert own == pytest.approx(shares[place], abs=1e-5)


def test_training_again_begins_as_the_recording_does(recorded, one_epoch):
    assert one_epoch.filters == pytest.approx(recorded.filters[:2], abs=1e-4)
    assert one_epoch.loss == pytest.approx(recorded.loss[:2], rel=1e-3)
    assert one_epoch.right.tolist() == pytest.approx(recorded.right[:2].tolist(), abs=1)


@pytest.mark.full
def test_the_script_makes_the_recording_again(recorded, tmp_path):
    made = run.record()
    for name in ("loss", "accuracy", "filters", "shares"):
        same = pytest.approx(getattr(recorded, name)[: ALIKE + 1], abs=1e-4)
        assert getattr(made, name)[: ALIKE + 1] == same, name
    assert made.loss == pytest.approx(recorded.loss, abs=0.01)
    assert made.accuracy == pytest.approx(recorded.accuracy, abs=0.01)
    assert made.right == pytest.approx(recorded.right, abs=4)
    assert made.labels.tolist() == recorded.labels.tolist()
    made.save(tmp_path / "once.npz")
    made.save(tmp_path / "twice.npz")
    assert (tmp_path / "once.npz").read_bytes() == (tmp_path / "twice.npz").read_bytes()


def test_it_begins_with_chance_and_ends_with_knowledge(recorded):
    assert recorded.epochs == 40
    assert recorded.loss[0, 1] > np.log(10)  # worse than ten equal shares
    assert recorded.accuracy[0, 1] < 0.2
    assert recorded.accuracy[-1, 1] > 0.97
    assert recorded.right[-1] == 352


def test_the_digits_are_learned_early_halfway_late_and_never(recorded):
    settled = [recorded.settled(digit) for digit in range(4)]
    assert settled == [1, 17, 33, None]
    for digit, epoch in enumerate(settled):
        right = recorded.answers[:, digit] == recorded.labels[digit]
        if epoch is None:
            assert not right[-1]
        else:
            assert right[epoch:].all()
            assert not right[epoch - 1]


def test_a_training_of_somebodys_own_is_made_now(one_epoch):
    again = Training(epochs=1).run
    assert again.loss.tobytes() == one_epoch.loss.tobytes()
    other = Training(seed=5, epochs=1).run
    assert other.loss.tobytes() != one_epoch.loss.tobytes()
    assert other.shares.shape[::2] == (2, 10)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"epochs": 0}, "epochs: expected a whole number from 1 to 100, got 0"),
        ({"epochs": 101}, "epochs: expected a whole number from 1 to 100, got 101"),
        ({"seed": -1}, "seed: expected a whole number from 0 to 1000000, got -1"),
    ],
)
def test_bad_options_are_one_line(options, text):
    with says(OptionError, text):
        Training(**options)


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "run.npz"
    changed.write_bytes(run.FILE.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(run, "FILE", changed)
    with says(
        InputError, "training: expected the recording that ships with cnnviz, got another file; install it again"
    ):
        run.recorded()


def test_a_run_does_not_load_manim():
    code = "import sys; from cnnviz.subjects import Training; Training(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
