import hashlib

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.errors import InputError
from cnnviz.nn import evaluate, zoo
from cnnviz.nn.zoo import tiny
from tests.engine.says import says


def test_small_enough_to_show_every_number():
    network = zoo.tiny_cnn()
    summary = network.summary((1, 8, 8))
    assert network.parameter_count == 3_818 <= 5_000
    kinds = [row.layer.split()[0] for row in summary]
    assert kinds == ["Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"]
    assert summary.output == (10,)


def test_shipped_weights_are_the_file_that_the_digest_names():
    assert hashlib.sha256(tiny.WEIGHTS.read_bytes()).hexdigest() == tiny.DIGEST
    assert tiny.WEIGHTS.stat().st_size < 20_000


def test_at_least_98_percent_of_the_held_out_digits():
    network, split = zoo.tiny_cnn(pretrained=True), digits_split()
    score = evaluate(network, split.test)
    assert score.accuracy >= 0.98
    assert round(score.accuracy * len(split.test)) == 352  # of 355
    scores = network.forward(split.test.images)
    assert (scores.argmax(axis=1) == split.test.labels).mean() == score.accuracy


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "tiny_cnn.npz"
    changed.write_bytes(tiny.WEIGHTS.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(tiny, "WEIGHTS", changed)
    with says(InputError, "tiny_cnn: expected the weights that ship with cnnviz, got another file; install it again"):
        zoo.tiny_cnn(pretrained=True)


def test_training_again_gives_the_same_bytes():
    (one, first), (two, second) = zoo.train_tiny(epochs=2), zoo.train_tiny(epochs=2)
    assert first.json() == second.json()
    for name, parameter in one.parameters().items():
        assert parameter.values.tobytes() == two.parameters()[name].values.tobytes()
    assert first[-1].validation.accuracy > 0.8  # it is learning


@pytest.mark.full
def test_training_from_scratch_gives_the_accuracy_of_the_shipped_weights():
    network, history = zoo.train_tiny()
    split = digits_split()
    shipped = evaluate(zoo.tiny_cnn(pretrained=True), split.test).accuracy
    found = evaluate(network, split.test).accuracy
    assert found >= 0.98
    assert abs(found - shipped) <= 0.005
    assert len(history) == tiny.EPOCHS


# The split


def test_the_split_is_stratified_and_holds_every_digit_once():
    split = digits_split()
    parts = (split.train, split.validation, split.test)
    assert [len(part) for part in parts] == [1_085, 357, 355]
    from cnnviz.data import digits

    whole = digits()
    rows = np.concatenate([part.images.reshape(-1, 64) for part in parts])
    everything = np.concatenate([rows * 16, np.concatenate([part.labels for part in parts])[:, None]], axis=1)
    original = np.concatenate([whole.images.reshape(-1, 64), whole.labels[:, None]], axis=1)
    assert sorted(map(tuple, everything.astype(int).tolist())) == sorted(map(tuple, original.tolist()))
    for label in range(10):
        total = (whole.labels == label).sum()
        for part, share in zip(parts, (0.6, 0.2, 0.2), strict=True):
            assert abs((part.labels == label).sum() - share * total) < 1.5


def test_the_split_cannot_be_changed_by_those_who_use_it():
    with pytest.raises(ValueError, match="read-only"):
        digits_split().train.images[0] = 0
    assert digits_split().train.images.dtype == np.float32
    assert (digits_split().train.images.min(), digits_split().train.images.max()) == (0, 1)
