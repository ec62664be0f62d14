"""What an answer is worth, and what is said of it."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from cnnviz.quizzes import Grade, grade, make
from cnnviz.quizzes.model import LETTERS, Choice, Question


def question(kind="choice", answer=6, wrong=(5, 16.5), tolerance=0.0, steps=()):
    choices = [Choice("six" if answer == 6 else str(answer), answer, True, "", "Yes.")]
    choices += [Choice(str(value), value, False, f"mistake {value}", f"No {value}.") for value in wrong]
    return Question(
        "t", "T", 1, 0, 1, kind, "How many?", {}, {}, steps, tuple(choices), answer, tolerance, ("So.",), None
    )


@pytest.mark.parametrize("answer", ["A", "a", "A)", " a. ", "six", "SIX", "6", "6.0", "12/2", 6, 6.0, np.int64(6)])
def test_a_choice_is_named_by_its_letter_its_text_or_its_value(answer):
    assert grade(question(), answer) == Grade(True, 1.0, "Yes.")


def test_a_wrong_choice_names_its_mistake():
    assert grade(question(), "C") == Grade(False, 0.0, "No 16.5.", "mistake 16.5")
    assert grade(question(), 5) == Grade(False, 0.0, "No 5.", "mistake 5")


OFFERED = "answer: expected a letter from A to C, got {}; choose one of them"


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        ("D", '"D"'),
        ("", '""'),
        ("7", '"7"'),
        (7, '"7"'),
        ([1, 2], '"[1, 2]"'),
        ("1e999", '"1e999"'),
        ("1/0", '"1/0"'),
        ("[[1,2],[3]]", '"[[1,2],[3]]"'),
        ("__import__('os')", "\"__import__('os')\""),
    ],
)
def test_what_is_not_offered_is_not_understood(answer, got):
    assert grade(question(), answer) == Grade(False, 0.0, OFFERED.format(got), understood=False)


def test_a_number_may_be_off_by_the_tolerance():
    asked = question("numeric", 0.35, (0.5, 0.71), tolerance=0.011)
    assert grade(asked, "0.36").correct
    assert not grade(asked, "0.37").correct
    assert grade(asked, "0.505") == Grade(False, 0.0, "No 0.5.", "mistake 0.5")
    assert grade(asked, "7/20").correct


def test_an_unknown_number_gets_a_hint():
    got = grade(question("numeric"), "40")
    assert got == Grade(
        False, 0.0, "This is not the answer, and not one of the usual mistakes: follow the solution line by line."
    )


NUMBER = "answer: expected a number such as 3, -0.5 or 1/3, got {}; write digits"


@pytest.mark.parametrize(
    ("answer", "feedback"),
    [
        ("1e999", 'answer: expected a number below 1e308, got "1e999"; write a smaller one'),
        ("1/0", 'answer: expected something other than 0 below the stroke, got "1/0"; correct it'),
        ("[[1,2],[3]]", NUMBER.format('"[[1,2],[3]]"')),
        ("__import__('os')", NUMBER.format("\"__import__('os')\"")),
        ("A", NUMBER.format('"A"')),
        ([1, 2], "answer: expected one number, got 2 numbers in a row; write as many"),
        (
            [[1, 2], [3]],
            'answer: expected a number or rows of one length, got "[[1, 2], [3]]"; fill in what is missing',
        ),
        (float("nan"), 'answer: expected finite numbers, got "nan"; correct them'),
        (float("inf"), 'answer: expected finite numbers, got "inf"; correct them'),
        (np.zeros((2, 2, 2)), None),
        (None, None),
        (object, None),
        (10**400, None),
        (True, None),
    ],
)
def test_what_is_no_number_is_not_understood(answer, feedback):
    got = grade(question("numeric"), answer)
    assert (got.correct, got.score, got.understood) == (False, 0.0, False)
    assert got.feedback.startswith("answer: expected ")
    assert "\n" not in got.feedback
    if feedback is not None:
        assert got.feedback == feedback


MAP = ((1, 2), (3, 4))


@pytest.mark.parametrize("answer", ["1,2;3,4", "[[1, 2], [3, 4]]", "1 2\n3 4", [[1, 2], [3, 4]], np.array(MAP), MAP])
def test_a_map_is_filled_in(answer):
    assert grade(question("array", MAP, (((1, 3), (2, 4)),)), answer).correct


def test_part_of_a_map_is_worth_part():
    asked = question("array", MAP, (((1, 3), (2, 4)), ((1,), (2,))))
    assert grade(asked, "1,2;3,5") == Grade(False, 0.75, "3 of 4 cells are right: look again at row 2, column 2.")
    assert grade(asked, "1,3;2,4") == Grade(False, 0.5, "No ((1, 3), (2, 4)).", "mistake ((1, 3), (2, 4))")


def test_a_mistake_of_another_shape_is_known_too():
    asked = question("array", MAP, (((1,), (2,)),))
    assert grade(asked, "1;2") == Grade(False, 0.0, "No ((1,), (2,)).", "mistake ((1,), (2,))")
    assert grade(asked, "1;3") == Grade(
        False,
        0.0,
        'answer: expected 2 rows of 2, got 2 rows of 1; write rows such as "1,2;3,4"',
        understood=False,
    )


@pytest.mark.parametrize(("answer", "typed"), [(((1, 2, 3),), "1, 2, 3"), (((1,), (2,)), "1 2"), (((5,),), "5")])
def test_one_row_or_column_may_be_typed_in_one_line(answer, typed):
    assert grade(question("array", answer, (((9, 9),),)), typed).correct


def test_an_order_is_worth_what_stands_in_its_place():
    asked = question("order", (2, 1, 3), ((3, 1, 2),), steps=("b", "a", "c"))
    assert grade(asked, "2 1 3").correct
    assert grade(asked, "2, 3, 1") == Grade(
        False, pytest.approx(1 / 3), "1 of 3 steps are right: look again at place 2."
    )
    assert grade(asked, "3,1,2").mistake == "mistake (3, 1, 2)"
    assert not grade(asked, "2 1").understood


def test_a_grade_is_frozen():
    with pytest.raises(FrozenInstanceError):
        grade(question(), "A").score = 2


def test_every_letter_of_a_real_question_can_be_answered():
    asked = make("output-size", seed=0)
    assert [grade(asked, letter).correct for letter, _ in zip(LETTERS, asked.choices, strict=False)].count(True) == 1
