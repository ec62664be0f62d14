"""Activation maximization, read back from the picture: pixels, scores and shares are those of the network."""

from functools import cache

import numpy as np
import pytest

from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects.number import share_text
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch10-s03-maximization")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_end(network):
    """The score that is said and the shares that are written are those of the picture on screen."""
    still = said("the score is now")
    (x,) = (sheet.grid for sheet in still.grids if sheet.grid.title == "picture")
    scores = network.forward(x.values[None, None].astype(np.float32))[0].astype(float)
    assert still.beat.fields["score"] == pytest.approx(scores[5], abs=1e-3)
    assert ("ups and downs" in still.beat.text) == (max(seen().scene.s.climb.scores) > still.beat.fields["score"])
    shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
    texts = " ".join(label.text for label in still.labels)
    assert share_text(float(shares[5])) in texts
    assert any(near(word, scores[5]) for word in texts.split() if word[0].isdigit() and word.count(".") == 1)


def test_score_and_shares_are_those_of_the_picture():
    check_end(zoo.texture_cnn(pretrained=True))


def test_other_weights_would_be_noticed():
    network = zoo.texture_cnn(pretrained=True)
    network.parameters()["dense1.weight"].values *= 1.1
    with pytest.raises(AssertionError):
        check_end(network)


def test_each_class_is_named_below_what_it_is_called():
    network = zoo.texture_cnn(pretrained=True)
    still = said("The same for the others")
    tiles = sorted((sheet.grid for sheet in still.grids), key=lambda tile: (-tile.box.top, tile.box.left))
    assert len(tiles) == 14
    for known, tile in zip(tiles[:7], tiles[7:], strict=True):
        assert known.box.center[0] == pytest.approx(tile.box.center[0])
        assert network.forward(known.values[None, None].astype(np.float32))[0].argmax() == tiles[:7].index(known)
        scores = network.forward(tile.values[None, None].astype(np.float32))[0]
        name = network.classes[int(scores.argmax())]
        below = [s.text for s in still.labels if 0 < tile.box.bottom - s.center[1] < 0.35]
        assert name in below


def test_what_is_called_rings_scores_more_than_rings():
    """Both scores at the end are those of the pictures above them."""
    network, still = zoo.texture_cnn(pretrained=True), said("As rings this scores")
    pictures = sorted((sheet.grid for sheet in still.grids), key=lambda grid: grid.box.left)
    known, made = (float(network.forward(x.values[None, None].astype(np.float32))[0][6]) for x in pictures)
    assert (still.beat.fields["known"], still.beat.fields["score"]) == pytest.approx((known, made), abs=1e-3)
    assert made > known


@pytest.mark.full
def test_another_network_can_be_asked():
    watched = watch(SCENE, network="1x8x8 > conv 4 k3 > relu > flatten > dense 3", answer=1, steps=24, theme="light")
    assert not [each for each in findings(watched) if not each.startswith("stillness")]
    assert any("random" in beat.text for beat in watched.scene.beats)
