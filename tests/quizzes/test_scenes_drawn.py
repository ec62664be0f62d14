"""The scene of a question, played: its numbers are read back from what is drawn."""

import importlib.util

import pytest

from cnnviz.quizzes import make
from cnnviz.quizzes.saying import shape_text
from cnnviz.quizzes.value import text_of
from cnnviz.render.catalog import scenes
from tests.scenes.watch import near, watch

ROWS = {entry.slug: entry for entry in scenes()}
SEED = 2

PLAYED = [
    ("convolution-map", 1),
    ("dilation", 1),
    ("stride", 1),
    ("transposed-map", 2),
    ("relu", 2),
    ("max-pool", 2),
    ("filter-gradient", 1),
    ("max-pool-gradient", 2),
]
MORE = [
    ("kernel-flip", 2),
    ("which-picture", 2),
    ("high-pass-pixel", 3),
    ("stride", 3),
    ("transposed-map", 3),
    ("average-pool", 1),
    ("arg-max", 1),
    ("filter-gradient", 2),
    ("input-gradient", 2),
    ("max-pool-gradient", 3),
    ("average-pool-gradient", 1),
]


def play(question):
    row = ROWS[question.scene.slug]
    spec = importlib.util.spec_from_file_location(row.slug.replace("-", "_"), row.path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return watch(getattr(module, row.class_name), **question.scene.options)


def test_a_padded_row_is_drawn():
    question = make("padding-modes", seed=SEED, difficulty=2)
    last = play(question).stills[-1]
    assert sum(is_drawn(question.answer, grid) for grid in last.grids) == 2  # before and after the kernel
    other = next(choice.value for choice in question.choices if not choice.correct)
    assert not any(is_drawn(other, grid) for grid in last.grids)


def is_drawn(rows, grid, wrong=0):
    """Whether a grid has a text for each cell of a table, and each is the number there but for so many."""
    rows = rows if isinstance(rows[0], tuple) else (rows,)
    cells = {(i, j): value for i, row in enumerate(rows) for j, value in enumerate(row)}
    if grid.texts.keys() != cells.keys():
        return False
    return sum(not near(grid.texts[cell], value) for cell, value in cells.items()) == wrong


def asked(topic, difficulty):
    return next(
        question
        for seed in range(SEED, SEED + 20)
        if (question := make(topic, seed=seed, difficulty=difficulty)).scene is not None
    )


def tables(question):
    """What is given, and the answer where it is a table."""
    found = dict(question.given)
    if isinstance(question.answer, tuple) and question.topic != "arg-max":
        found["answer"] = question.answer
    return found


@pytest.mark.parametrize(
    ("topic", "difficulty"), [*PLAYED, *(pytest.param(*pair, marks=pytest.mark.full) for pair in MORE)]
)
def test_the_numbers_are_drawn(topic, difficulty):
    question = asked(topic, difficulty)
    grids = [grid for still in play(question).stills for grid in still.grids]
    for name, rows in tables(question).items():
        wrong = int(name == "M" and "one number in it is wrong" in question.prompt)
        assert any(is_drawn(rows, grid, wrong) for grid in grids), (name, rows)
    other = tuple(tuple(value + 1 for value in row) for row in question.given.get("X", question.given.get("dY", ())))
    assert not any(is_drawn(other, grid) for grid in grids)


@pytest.mark.parametrize("topic", ["volume-shape", "conv-parameters"])
def test_shapes_and_parameters_are_written(topic):
    question = make(topic, seed=SEED, difficulty=2)
    written = {label.text for label in play(question).stills[-1].labels}
    one = shape_text if isinstance(question.answer, tuple) else text_of
    assert one(question.answer) in written
    wrong = [choice for choice in question.choices if not choice.correct]
    assert any(one(choice.value) not in written for choice in wrong)
