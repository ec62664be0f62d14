"""The picture of a solution shows the question's own numbers: read back from what is drawn last."""

import base64
import io
import re

import pytest
from PIL import Image

from cnnviz.cli.quiz.picture import still
from cnnviz.quizzes import export, make, topics
from cnnviz.quizzes.value import rows_of
from cnnviz.render.catalog import find, load_scene
from tests.scenes.watch import near, watch

DRAWN = (
    ("window-sum", 2),
    ("convolution-map", 1),
    ("stride", 2),
    ("dilation", 1),
    ("max-pool", 2),
    ("average-pool", 2),
    ("input-gradient", 2),
    ("max-pool-gradient", 2),
    ("output-size", 1),
    ("output-size", 2),
    ("receptive-field", 1),
)


def asked(topic, difficulty):
    questions = (make(topic, seed=seed, difficulty=difficulty) for seed in range(10))
    return next((question for question in questions if question.scene), None)


def last_still(question):
    entry = find(question.scene.slug)
    scene = load_scene(entry.path, entry.class_name)
    return watch(scene, theme="light", **question.scene.options).stills[-1]


def shown(still, rows):
    """Whether a grid is drawn that says these numbers in reading order, or has them within zeros."""
    wanted = [(row, column, cell) for row, cells in enumerate(rows) for column, cell in enumerate(cells)]
    return any(in_order(grid.texts, wanted) or within_zeros(grid.texts, wanted) for grid in still.grids)


def in_order(texts, wanted):
    found = [texts[place] for place in sorted(texts)]
    return len(found) == len(wanted) and all(near(text, cell) for text, (_, _, cell) in zip(found, wanted, strict=True))


def within_zeros(texts, wanted):
    for top, left in texts:
        block = {(top + row, left + column): cell for row, column, cell in wanted}
        if block.keys() <= texts.keys() and all(near(text, block.get(place, 0)) for place, text in texts.items()):
            return True
    return False


@pytest.mark.parametrize(("topic", "difficulty"), [pair for pair in DRAWN if asked(*pair)])
def test_the_last_picture_has_the_numbers_of_the_question(topic, difficulty):
    question = asked(topic, difficulty)
    picture = last_still(question)
    given = {name: rows_of(value) for name, value in question.given.items()}
    for name, rows in given.items():
        rotated = name == "W" and topic == "input-gradient"  # that scene ends on the kernel as it arrives
        assert shown(picture, [row[::-1] for row in rows[::-1]] if rotated else rows), (name, question)
    if question.kind == "array":
        assert shown(picture, rows_of(question.answer))
    else:
        digits = [text for label in picture.labels for text in re.findall(r"−?\d+", label.text or "")]
        cells = [text for grid in picture.grids for text in grid.texts.values()]
        assert str(question.answer).replace("-", "−") in digits + cells
    forged = [[cell + 1 for cell in row] for row in next(iter(given.values()))] if given else [[-12345]]
    assert not shown(picture, forged)


def test_most_of_these_topics_have_a_scene():
    assert sum(asked(*pair) is not None for pair in DRAWN) >= 8


def test_a_still_is_embedded_as_it_is(tmp_path):
    question = asked("output-size", 2)
    png = still(question)
    assert Image.open(io.BytesIO(png)).size == (854, 480)
    page = export([question], tmp_path / "quiz.html", pictures={question: png}).read_text(encoding="utf-8")
    assert base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', page)[1]) == png


@pytest.mark.full
@pytest.mark.parametrize("topic", topics())
def test_the_scene_of_every_topic_can_be_drawn(topic):
    scenes = {}
    for difficulty in (1, 2, 3):
        question = asked(topic, difficulty)
        if question:
            scenes.setdefault(question.scene.slug, question)
    for question in scenes.values():
        assert Image.open(io.BytesIO(still(question))).size == (854, 480)
