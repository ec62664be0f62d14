"""DeepDream, read back from the picture: what is drawn is what the climb made, and its strength is the layer's."""

from functools import cache

import numpy as np
import pytest

from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch10-s04-deep-dream")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@cache
def seen():
    return watch(SCENE, size="40")


def check_strength(network):
    """Half the mean square of the last maps, for the picture that is drawn last."""
    x = seen().scene.dream.values[None, None].astype(np.float32)
    maps = network.forward(x, record=True)["relu3"].output
    (beat,) = [beat for beat in seen().scene.beats if "half the mean square" in beat.text]
    assert beat.fields["after"] == pytest.approx(float((maps.astype(float) ** 2).mean() / 2), rel=1e-4)


def test_the_strength_is_that_of_the_picture_on_screen():
    check_strength(zoo.texture_cnn(pretrained=True))
    assert np.allclose(seen().scene.dream.values, seen().scene.s.frames[-1][0])


def test_other_weights_would_be_noticed():
    network = zoo.texture_cnn(pretrained=True)
    network.parameters()["conv3.weight"].values *= 1.1
    with pytest.raises(AssertionError):
        check_strength(network)


@pytest.mark.full
def test_another_layer_and_picture():
    watched = watch(SCENE, image="photo:flower", size="32", layer="relu2", aspect="9:16", theme="light")
    assert not findings(watched)
    assert any("layer relu2" in beat.text for beat in watched.scene.beats)
