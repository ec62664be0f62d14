import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from cnnviz.data import digits
from cnnviz.data.split import digits_split
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import zoo
from cnnviz.stage.network import narration
from cnnviz.subjects.forward import Forward
from tests.engine.says import says


def test_defaults_are_a_digit_that_was_never_learned_from():
    subject = Forward()
    train = digits_split().train.images[:, 0] * 16
    assert subject.held_out
    assert not (train == subject.reading.ink).all(axis=(1, 2)).any()
    assert subject.reading.right
    assert subject.reading.label == 5


def test_the_mistake_is_found_in_the_network_itself():
    subject, test = Forward(), digits_split().test
    scores = zoo.tiny_cnn(pretrained=True).forward(test.images)
    wrong = scores.argmax(axis=1) != test.labels
    assert subject.misread == wrong.sum() == 3
    places = [i for i in np.flatnonzero(wrong) if np.array_equal(test.images[i, 0] * 16, subject.mistake.ink)]
    assert len(places) == 1
    assert (subject.mistake.label, subject.mistake.answer) == (test.labels[places[0]], scores[places[0]].argmax())
    assert (subject.mistake.label, subject.mistake.answer) == (9, 3)


def test_look_alikes_are_the_nearest_training_digits():
    subject = Forward()
    train, ink = digits_split().train, subject.mistake.ink
    distances = [
        sum((float(a) * 16 - b) ** 2 for a, b in zip(x.ravel(), ink.ravel(), strict=True)) for x in train.images
    ]
    order = sorted(range(len(train)), key=distances.__getitem__)[:6]
    assert subject.alike.labels.tolist() == train.labels[order].tolist() == [3] * 6
    assert np.array_equal(subject.alike.images, train.images[order, 0] * 16)


def test_a_digit_that_is_misread_itself_gets_another_mistake():
    mine = Forward().mistake
    which = int(np.flatnonzero((digits().of(mine.label) == mine.ink).all(axis=(1, 2)))[0])
    subject = Forward(f"digit:{mine.label}#{which}")
    assert not subject.reading.right
    assert not np.array_equal(subject.mistake.ink, mine.ink)
    assert "but somebody wrote 9" in narration.verdict(subject)


def save(path, pixels):
    Image.fromarray(np.asarray(pixels, dtype=np.uint8)).save(path)
    return path


def test_dark_ink_on_paper_is_turned_around(tmp_path):
    ink = digits().of(7)[4].astype(float)
    paper, light = 255 - ink * 12, 30 + ink * 14
    for pixels, turned in ((paper, True), (light, False)):
        subject = Forward(save(tmp_path / "seven.png", pixels))
        assert subject.turned is turned
        assert subject.reading.ink.tolist() == ink.tolist()
        assert subject.reading.answer == 7
        assert narration.ink(subject).startswith("Dark ink") is turned


def test_a_picture_of_somebodys_own_has_no_label_and_becomes_8_by_8(tmp_path):
    rows = np.add.outer(np.arange(40), np.arange(60)) * 2
    subject = Forward(save(tmp_path / "mine.png", rows))
    assert subject.reading.label is None
    assert subject.reading.ink.shape == (8, 8)
    assert not subject.held_out
    assert "It knows only digits" in narration.verdict(subject)


def test_weights_of_somebodys_own(tmp_path):
    network = zoo.tiny_cnn()
    network.initialize(3)
    network.save(tmp_path / "mine.npz")
    subject = Forward(network=tmp_path / "mine.npz")
    assert subject.misread > 200
    assert subject.reading.scores == pytest.approx(network.forward(subject.reading.record.input)[0])


def test_a_network_without_mistakes_has_none_to_show(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.forward.digits_split", _easy)
    subject = Forward()
    assert subject.mistake is None
    assert subject.misread == 0


def _easy():
    split = digits_split()
    return type(split)(split.train, split.validation, split.test.take(slice(5)))


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


@pytest.mark.parametrize("image", [f"digit:{digit}" for digit in range(10)] + ["checkerboard", "photo:china"])
def test_every_sentence_is_short_enough_to_read(image):
    subject = Forward(image)
    reading, thread = subject.reading, subject.reading.thread()
    sentences = [
        narration.opening(subject),
        narration.ink(subject),
        narration.first(reading, thread),
        narration.add_up(thread),
        narration.lit(reading),
        narration.second(reading),
        narration.parts(reading),
        narration.pooled(thread.pooled),
        narration.flattened(reading, thread),
        narration.dense(thread.dense),
        narration.scores(),
        narration.verdict(subject),
        narration.failing(subject),
        narration.mistaken(subject.mistake),
        narration.plausible(subject),
        narration.takeaway(),
    ]
    assert all(0 < len(sentence) <= 140 for sentence in sentences), max(sentences, key=len)


def test_checking_a_subject_does_not_load_manim():
    code = "import sys; from cnnviz.subjects.forward import Forward; Forward(); sys.exit('manim' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
