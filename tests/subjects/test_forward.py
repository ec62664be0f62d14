import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cnnviz.data import digits
from cnnviz.data.split import digits_split
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import load, zoo
from cnnviz.subjects.forward import Forward
from tests.engine.says import says


def ink(subject):
    return subject.seen.picture.values[0]


def test_defaults_are_a_digit_that_was_never_learned_from():
    subject = Forward()
    train = digits_split().train.images[:, 0] * 16
    assert subject.held_out
    assert not (train == ink(subject)).all(axis=(1, 2)).any()
    assert subject.answer == subject.label == 5


def test_the_mistake_is_found_in_the_network_itself():
    subject, test = Forward(), digits_split().test
    scores = zoo.tiny_cnn(pretrained=True).forward(test.images)
    wrong = scores.argmax(axis=1) != test.labels
    assert subject.misread == wrong.sum() == 3
    seen, label = subject.mistake
    places = [i for i in np.flatnonzero(wrong) if np.array_equal(test.images[i, 0] * 16, seen.picture.values[0])]
    assert len(places) == 1
    assert (label, seen.answer) == (test.labels[places[0]], scores[places[0]].argmax()) == (9, 3)


def test_a_digit_that_is_misread_itself_gets_another_mistake():
    mine, label = Forward().mistake
    which = int(np.flatnonzero((digits().of(label) == mine.picture.values[0]).all(axis=(1, 2)))[0])
    subject = Forward(f"digit:{label}#{which}")
    assert subject.answer != subject.label == label
    assert not np.array_equal(subject.mistake[0].picture.values, mine.picture.values)


def save(path, pixels):
    Image.fromarray(np.asarray(pixels, dtype=np.uint8)).save(path)
    return path


def test_dark_ink_on_paper_is_turned_around(tmp_path):
    drawn = digits().of(7)[4].astype(float)
    paper, light = 255 - drawn * 12, 30 + drawn * 14
    for pixels in (paper, light):
        subject = Forward(save(tmp_path / "seven.png", pixels))
        assert ink(subject).tolist() == drawn.tolist()
        assert subject.answer == 7


def test_a_picture_of_somebodys_own_has_no_label_and_becomes_8_by_8(tmp_path):
    rows = np.add.outer(np.arange(40), np.arange(60)) * 2
    subject = Forward(save(tmp_path / "mine.png", rows))
    assert subject.label is None
    assert ink(subject).shape == (8, 8)
    assert not subject.held_out


def test_weights_of_somebodys_own(tmp_path):
    network = zoo.tiny_cnn()
    network.initialize(3)
    network.save(tmp_path / "mine.npz")
    subject = Forward(network=tmp_path / "mine.npz")
    assert subject.misread > 200
    assert subject.mistake is None
    assert subject.seen.record.output == pytest.approx(network.forward(subject.seen.record.input))


def test_a_network_without_mistakes_has_none_to_show(monkeypatch):
    split = digits_split()
    easy = type(split)(split.train, split.validation, split.test.take(slice(5)))
    monkeypatch.setattr("cnnviz.subjects.forward.digits_split", lambda: easy)
    subject = Forward()
    assert subject.mistake is None
    assert subject.misread == 0


@pytest.mark.parametrize(
    ("network", "answer", "thread"),
    [
        ("cnn-32", False, (2, True, True, False)),
        ("1x8x8 > conv 2 k3 > relu > flatten > dense 3", True, (1, False, True, True)),
        ("1x12x12 > pool 2 > flatten > dense 5 > relu", True, (0, True, True, True)),
        ("3x20x30 > conv 4 k3 s2 > conv 6 k1", False, (2, False, False, False)),
        ("lenet5", False, (2, False, True, False)),
    ],
)
def test_any_network_is_followed_as_far_as_its_layers_go(network, answer, thread):
    subject = Forward(network=network)
    found = subject.thread
    shown = len(found.convs), found.pool is not None, found.flattened is not None, found.dense is not None
    assert shown == thread
    assert (subject.answer is not None) is answer
    assert not subject.asked
    assert subject.seen.picture.values.shape == subject.network.input


def test_names_of_classes_are_those_of_the_network():
    network = load("1x8x8 > flatten > dense 2")
    network.initialize(0)
    network.classes = ("cat", "dog")
    subject = Forward(network=network)
    assert subject.called(subject.answer) in ("cat", "dog")


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        (
            {"image": "blackboard"},
            OptionError,
            "forward: expected a picture of 8 x 8, which the network reads, got blackboard of 5 x 5; choose a digit or "
            "a file",
        ),
        ({"image": "missing.png"}, InputError, None),
        ({"image": "digit:3#999"}, InputError, None),
        ({"network": "missing.npz"}, InputError, None),
        ({"network": "784 > dense 10"}, OptionError, None),
        (
            {"network": "3x64x64" + " > conv 4 > conv 5" * 8},
            OptionError,
            "forward: expected a network of at most 10 volumes of different size, got 17; leave layers out",
        ),
    ],
)
def test_bad_options_are_one_line(options, kind, text):
    with pytest.raises(kind) as caught:
        Forward(**options)
    assert "\n" not in str(caught.value)
    assert text is None or str(caught.value) == text


def test_an_even_picture_is_refused(tmp_path):
    path = save(tmp_path / "gray.png", np.full((9, 9), 120))
    with says(
        InputError,
        "forward: expected a picture with something on it, got gray, which is one even gray; choose another one",
    ):
        Forward(path)


def test_checking_a_subject_does_not_load_manim():
    code = "import sys; from cnnviz.subjects.forward import Forward; Forward(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
