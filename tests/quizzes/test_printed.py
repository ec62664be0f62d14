"""What a person types: every answer can be typed as it is printed, and no question gives itself away."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnviz.engine import dropout as drop
from cnnviz.quizzes import grade, make, make_quiz, topics
from cnnviz.quizzes.model import LETTERS, Choice
from cnnviz.quizzes.order import gives_away
from cnnviz.quizzes.topic import Draft, Mistake, topic
from cnnviz.quizzes.value import same, text_of

NUMBER = re.compile(r"[−-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
BARE = re.compile(r"(?<![0-9.,])[0-9]{4,}")
"""Thousands without a mark; within brackets there are none, since commas part the cells there."""

every = pytest.mark.parametrize("seeds", [range(25), pytest.param(range(2_000), marks=pytest.mark.full)], ids=len)


def cells(value):
    return [cell for item in value for cell in cells(item)] if isinstance(value, tuple) else [value]


def printed(question):
    """Every number that the solution says."""
    lines = (re.sub(r"(?<=[0-9]), ", "; ", line) for line in question.solution)
    return [float(found.replace("−", "-").replace(",", "")) for line in lines for found in NUMBER.findall(line)]


def check_typed(question):
    if question.kind not in ("numeric", "array"):
        return
    values = cells(question.answer)
    if question.tolerance:
        assert "ound to " in question.prompt, question
    else:
        assert all(round(value, 4) == value for value in values), (question, question.answer)
    assert grade(question, text_of(question.answer)).correct, question
    found = printed(question)
    for value in values:
        assert value == 0 or any(same(value, other, question.tolerance) for other in found), (question, value)


def texts(question):
    yield from (question.prompt, *question.steps, *question.solution)
    for choice in question.choices:
        yield from (choice.text, choice.feedback)


def check_marks(question):
    for text in texts(question):
        assert not BARE.search(re.sub(r"\[.*?\]", "", text)), text
        assert not re.search(r"[0-9] [xX*] [0-9]", text), text


def check_order(question):
    """An order as shown is not the answer, nor the answer turned round."""
    if question.kind == "order":
        assert list(question.answer) not in (sorted(question.answer), sorted(question.answer, reverse=True)), question


@pytest.mark.parametrize("difficulty", [1, 2, 3])
@pytest.mark.parametrize("topic", topics())
@every
def test_an_answer_can_be_typed_as_it_is_printed(topic, difficulty, seeds):
    for seed in seeds:
        question = make(topic, seed=seed, difficulty=difficulty)
        check_typed(question)
        check_marks(question)
        check_order(question)


# The checks see what they are for.


@topic("old-dropout", chapter=8, title="Dropout as it was")
def old_dropout(draw):
    x = np.array([7.0, 3.0, 5.0, 1.0])
    answer = drop(x, 0.25, seed=1)
    return Draft(
        prompt="What comes out?",
        kind="array",
        answer=answer,
        mistakes=[Mistake(name, x * factor, "No.") for name, factor in (("a", 2), ("b", 3), ("c", 5))],
        solution=[f"It is {text_of(tuple(answer))}."],
    )


def test_the_old_dropout_would_be_seen():
    with pytest.raises(AssertionError):
        check_typed(make(old_dropout, seed=1, difficulty=3))


def test_an_answer_that_is_not_printed_would_be_seen():
    question = make("output-size", seed=1, difficulty=2)
    check_typed(question)
    with pytest.raises(AssertionError):
        check_typed(replace(question, solution=("It is so.",)))
    with pytest.raises(AssertionError):
        check_typed(replace(question, tolerance=0.01))


@pytest.mark.parametrize("text", ["8 × 2916 × 144 = 3,359,232", "1200 cells", "8 x 9"])
def test_mixed_marks_would_be_seen(text):
    question = make("output-size", seed=1)
    with pytest.raises(AssertionError):
        check_marks(replace(question, solution=(text,)))


@pytest.mark.parametrize(("shown", "gives"), [("0123", True), ("3210", True), ("0132", False), ("01243", True)])
def test_an_order_that_gives_itself_away_is_drawn_again(shown, gives):
    assert gives_away([int(number) for number in shown]) == gives
    question = make("layer-order", seed=1)
    if gives and len(shown) == 4 and shown != "0132":
        with pytest.raises(AssertionError):
            check_order(replace(question, answer=tuple(int(number) + 1 for number in shown)))


# What people type.


def asked(answer, kind="numeric", language="en"):
    right = Choice(text_of(answer), answer, True, "", "Yes.")
    return replace(make("macs", seed=1, difficulty=2), answer=answer, kind=kind, language=language, choices=(right,))


@pytest.mark.parametrize(
    ("answer", "typed", "right"),
    [
        (3.09, "3,09", True),
        (3.09, "3,090", True),
        (3.09, "3.09", True),
        (3090, "3,090", True),
        (3090, "3.090", True),
        (3090, "3 090", True),
        (3.09, "309", False),
        (3090, "3,09", False),
        (1234.5, "1.234,5", True),
        (1234.5, "1,234.5", True),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_decimal_comma_is_understood(answer, typed, right, language):
    assert grade(asked(answer, language=language), typed).correct == right


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ((0.5, 1, 2), "0,5; 1; 2"),
        ((0.5, 1, 2), "[0,5; 1; 2]"),
        (((0.5, 1), (2, 3)), "[[0,5; 1]; [2; 3]]"),
        (((0.5, 1), (2, 3)), "0,5 1; 2 3"),
        (((1, 2), (3, 4)), "1,2;3,4"),
        ((3, 1200, 800), "3 × 1,200 × 800"),
    ],
)
def test_rows_may_have_decimal_commas(answer, typed):
    assert grade(asked(answer, "array"), typed).correct


def test_every_letter_has_its_choice():
    assert all(len(question.choices) <= len(LETTERS) for question in make_quiz(n=len(topics()), seed=1))


# Pools


def test_pools_have_as_many_variants_of_each_topic():
    pools = make_quiz(["softmax", "output-size"], n=2, seed=3, difficulty=2, variants=5)
    assert [question.topic for question in pools] == ["output-size"] * 5 + ["softmax"] * 5
    assert len({question.identifier for question in pools}) == len({str(question) for question in pools}) == 10
