import hashlib

import numpy as np
import pytest

from cnnviz.data import Examples, digits_split, scattered_split
from cnnviz.errors import InputError
from cnnviz.nn import evaluate, zoo
from cnnviz.nn.zoo import scattered
from tests.engine.says import says


def test_shipped_weights_are_the_file_that_the_digest_names():
    assert hashlib.sha256(scattered.WEIGHTS.read_bytes()).hexdigest() == scattered.DIGEST
    assert zoo.scattered_cnn().parameter_count == 6_218


def test_at_least_98_percent_of_held_out_digits_wherever_they_stand():
    network = zoo.scattered_cnn(pretrained=True)
    split = scattered_split(16)
    assert round(evaluate(network, split.test).accuracy * len(split.test)) == 350  # of 355
    for seed in (1, 2, 3):  # at places that were in no part before
        assert evaluate(network, scattered_split(16, seed=seed).test).accuracy >= 0.975


def test_it_reads_digits_at_every_place():
    network, test = zoo.scattered_cnn(pretrained=True), digits_split().test
    for top in (0, 4, 8):
        for left in (0, 4, 8):
            canvas = np.zeros((len(test), 1, 16, 16), np.float32)
            canvas[:, :, top : top + 8, left : left + 8] = test.images
            assert evaluate(network, Examples(canvas, test.labels)).accuracy >= 0.96, (top, left)


def test_the_same_weights_read_larger_canvases():
    network = zoo.scattered_cnn(pretrained=True, size=20)
    assert network.output_shape((1, 20, 20)) == (10,)
    assert evaluate(network, scattered_split(20).test).accuracy >= 0.97


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "scattered_cnn.npz"
    changed.write_bytes(scattered.WEIGHTS.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(scattered, "WEIGHTS", changed)
    with says(
        InputError, "scattered_cnn: expected the weights that ship with cnnviz, got another file; install it again"
    ):
        zoo.scattered_cnn(pretrained=True)


@pytest.mark.full
def test_training_again_gives_the_same_bytes_and_the_accuracy_of_the_shipped_weights(tmp_path):
    (one, history), (two, _) = zoo.train_scattered(), zoo.train_scattered()
    for name, parameter in one.parameters().items():
        assert parameter.values.tobytes() == two.parameters()[name].values.tobytes()
    test = scattered_split(16).test
    shipped = evaluate(zoo.scattered_cnn(pretrained=True), test).accuracy
    assert abs(evaluate(one, test).accuracy - shipped) <= 0.005
    assert len(history) == scattered.EPOCHS
