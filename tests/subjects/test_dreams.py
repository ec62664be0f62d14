"""Climbs: every frame is a step along the gradient, and scores are those of the network."""

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.nn import inside, zoo
from cnnviz.subjects import Dreaming, Maximized


def test_scores_are_those_of_the_frames():
    s = Maximized(network="tiny-cnn", answer=3, steps=6)
    network = zoo.tiny_cnn(pretrained=True)
    for frame, score, shares in zip(s.climb.frames[-1:], s.climb.scores[-1:], s.climb.shares[-1:], strict=True):
        scores = network.forward(frame[None])[0].astype(float)
        assert score == pytest.approx(scores[3], abs=1e-4)
        assert shares.tolist() == pytest.approx((np.exp(scores) / np.exp(scores).sum()).tolist(), abs=1e-5)
    assert len(s.climb.frames) == len(s.climb.scores) == 7
    assert s.climb.scores[-1] > s.climb.scores[0]
    assert s.examples == {}


def test_frames_are_those_of_shorter_climbs():
    network = zoo.tiny_cnn(pretrained=True)
    frames = []
    inside.maximize_activation(network, (1, 8, 8), unit=2, steps=5, each=frames.append)
    for steps in (1, 3):
        short = inside.maximize_activation(network, (1, 8, 8), unit=2, steps=steps)
        assert np.array_equal(short.image, frames[steps])


def test_a_dream_goes_through_three_sizes_and_grows_in_strength():
    s = Dreaming(size=48, steps=8)
    assert [s.frames[octave[0]].shape[1:] for octave in s.octaves] == [(16, 24), (23, 34), (32, 48)]
    assert s.strengths[-1] > s.strengths[0]
    assert s.frames[-1].shape == s.photo.shape


def test_a_network_of_few_classes_is_asked_about_its_last():
    s = Maximized(network="1x8x8 > conv 2 k3 > relu > flatten > dense 3", steps=2)
    assert (s.asked, s.climb.name, len(s.others)) == (2, "2", 2)


@pytest.mark.parametrize(
    ("subject", "options", "line"),
    [
        (Maximized, {"answer": 7}, "answer: expected a class of texture-cnn, 0 to 6, got 7"),
        (Maximized, {"network": "vgg16"}, "gives 1000 numbers"),
        (Dreaming, {"network": "1x8x8 > flatten > dense 2"}, "network: expected one with maps of 3 × 3 cells"),
        (
            Dreaming,
            {"network": "googlenet", "steps": 1},
            "size: expected one at which, and at two smaller ones, 5b of",
        ),
        (Dreaming, {"layer": "nope"}, "deep_dream: expected layer as the name of one"),
    ],
)
def test_what_is_refused(subject, options, line):
    with pytest.raises(OptionError, match=line):
        subject(**options)


def test_pieces_of_a_dream_are_read_by_the_network():
    s, network = Dreaming(size=72, steps=4), zoo.texture_cnn(pretrained=True)
    assert s.readings
    for one in s.readings:
        (top, left), (rows, columns) = one.at, one.shape
        for picture, (name, share) in ((s.photo, one.before), (s.frames[-1], one.after)):
            scores = network.forward(picture[None, :, top : top + rows, left : left + columns])[0].astype(float)
            shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
            assert (network.classes[shares.argmax()], share) == (name, pytest.approx(shares.max(), abs=1e-5))
    assert len({one.after[0] for one in s.readings}) == len(s.readings)
    assert not Dreaming(size=24, steps=2).readings
