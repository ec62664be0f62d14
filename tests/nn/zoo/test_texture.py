"""The network of textures: its weights are the file that ships, and it knows textures that it never saw."""

import hashlib

import pytest

from cnnviz.data import textures, textures_split
from cnnviz.nn import evaluate, zoo
from cnnviz.nn.zoo import texture


def test_shipped_weights_are_the_file_that_the_digest_names():
    data = texture.WEIGHTS.read_bytes()
    assert hashlib.sha256(data).hexdigest() == texture.DIGEST
    assert len(data) < 400_000


def test_it_knows_textures_that_it_never_saw():
    network = zoo.texture_cnn(pretrained=True)
    assert evaluate(network, textures_split().test).accuracy == 1.0
    assert evaluate(network, textures(140, seed=99)).accuracy >= 0.99


@pytest.mark.full
def test_training_again_gives_the_accuracy_of_the_shipped_weights():
    network, history = zoo.train_texture()
    assert len(history) == texture.EPOCHS
    assert evaluate(network, textures_split().test).accuracy >= 0.99
