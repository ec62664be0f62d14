"""Grade an answer: right or not, how much of it, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.quizzes.answer import read_number, read_rows, with_points
from cnnviz.quizzes.model import LETTERS, Question
from cnnviz.quizzes.saying import say, spoken
from cnnviz.quizzes.value import Value, same, settle, shape_of, text_of


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Attributes
    ----------
    correct : bool
    score : float
        From 0 to 1; part of it for a map with some cells right, or steps partly in order.
    feedback : str
        What went wrong and what to do.
    mistake : str
        The name of the mistake, where it is a known one.
    understood : bool
        Whether the answer could be read at all; if not, ask again.
    """

    correct: bool
    score: float
    feedback: str
    mistake: str = ""
    understood: bool = True


def grade(question: Question, answer: Any) -> Grade:
    """Grade an answer given as text, as a number, or as rows of numbers.

    Parameters
    ----------
    question : Question
    answer
        For ``choice`` the letter, the text or the value of a choice; otherwise a number or rows of numbers, as such or
        typed: ``"1/3"``, ``"1,2;3,4"``, ``"[[1,2],[3,4]]"``.

    Returns
    -------
    Grade
        An answer that cannot be read scores 0, with ``understood=False``.

    Examples
    --------
    >>> from cnnviz.quizzes import make
    >>> question = make("output-size", seed=1)
    >>> grade(question, question.answer).correct
    True
    >>> grade(question, "__import__('os')").understood
    False
    """
    try:
        readings = _read(question, answer)
        for choice in sorted(question.choices, key=lambda choice: not choice.correct):
            for value in readings:
                if same(choice.value, value, question.tolerance):
                    score = 1.0 if choice.correct else _part(question, value)
                    return Grade(choice.correct, score, choice.feedback, choice.mistake)
        value = readings[0]
        _check_shape(question, value)
    except InputError as error:
        return Grade(False, 0.0, str(error), understood=False)
    return Grade(False, _part(question, value), spoken(_hint(question, value), question.language))


def _read(question: Question, answer: Any) -> list[Value]:
    """Find out what an answer means, in all ways it may be meant; for a choice it is one of the values offered."""
    values: Sequence[Value]
    if not isinstance(answer, str):
        values = [_plain(answer)]
    elif question.kind == "choice":
        return [_chosen(question, answer)]
    elif question.kind == "numeric":
        values = read_number(answer, question.language)
    else:
        values = _rows(question, answer)
    return [_laid_out(value, shape_of(question.answer)) for value in values]


def _rows(question: Question, answer: str) -> list[Value]:
    """Read rows; where commas between the cells do not fit the answer, try them as decimal marks."""
    wanted = shape_of(question.answer)
    refused = None
    try:
        rows = read_rows(answer)
        if shape_of(_laid_out(rows, wanted)) == wanted:
            return [rows]
    except InputError as error:
        refused = error
    with suppress(InputError):
        other = read_rows(with_points(answer))
        if shape_of(_laid_out(other, wanted)) == wanted:
            return [other]
    if refused:
        raise refused
    return [rows]


def _check_shape(question: Question, value: Value) -> None:
    """Send back what cannot be compared with the answer, cell by cell."""
    if question.kind == "choice":
        raise InputError(f"answer: expected {_letters(question)}, got {shown(text_of(value), 40)}; choose one of them")
    shape, wanted = shape_of(value), shape_of(question.answer)
    if shape != wanted:
        remedy = 'write rows such as "1,2;3,4"' if len(wanted) == 2 else "write as many"
        raise InputError(f"answer: expected {_count(wanted)}, got {_count(shape)}; {remedy}")


def _laid_out(value: Value, shape: Sequence[int]) -> Value:
    """Lay numbers typed in one line as the one row or the one column of the map."""
    if not isinstance(value, tuple) or not shape:
        return value
    if len(shape) == 2 and 1 in shape and shape_of(value) == (max(shape),):
        return (value,) if shape[0] == 1 else tuple((cell,) for cell in value)
    if len(shape) == 1 and shape_of(value) == (shape[0], 1):
        return tuple(cell for row in value if isinstance(row, tuple) for cell in row)
    return value


def _plain(answer: Any) -> Value:
    try:
        if isinstance(answer, bool):
            raise TypeError
        array = np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputError(
            f"answer: expected a number or rows of one length, got {shown(repr(answer), 40)}; fill in what is missing"
        ) from None
    if array.ndim > 2 or not np.isfinite(array).all():
        raise InputError(f"answer: expected finite numbers, got {shown(repr(answer), 40)}; correct them")
    return settle(array)


def _chosen(question: Question, answer: str) -> Value:
    text = answer.strip()
    letter = text.rstrip(").").upper()
    if len(letter) == 1 and letter in LETTERS[: len(question.choices)]:
        return question.choices[LETTERS.index(letter)].value
    for choice in question.choices:
        if text.casefold() in (choice.text.casefold(), str(choice.value).casefold()):
            return choice.value
    for read in (lambda it: read_number(it, question.language), lambda it: _rows(question, it)):
        with suppress(InputError):
            readings = read(text)
            for choice in question.choices:
                if any(same(choice.value, value, question.tolerance) for value in readings):
                    return choice.value
    raise InputError(f"answer: expected {_letters(question)}, got {shown(text, 40)}; choose one of them")


def _letters(question: Question) -> str:
    return f"a letter from A to {LETTERS[len(question.choices) - 1]}"


def _part(question: Question, value: Value) -> float:
    """Say which part of the cells or steps is right; a number or a choice is right or not."""
    if question.kind in ("choice", "numeric") or shape_of(value) != shape_of(question.answer):
        return 0.0
    right = _matches(question.answer, value, question.tolerance)
    return sum(right) / len(right)


def _matches(one: Value, other: Value, tolerance: float) -> list[bool]:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return [match for a, b in zip(one, other, strict=True) for match in _matches(a, b, tolerance)]
    return [same(one, other, tolerance)]


OTHERWISE = say("This is not the answer, and not one of the usual mistakes: follow the solution line by line.")


def _hint(question: Question, value: Value) -> str:
    if question.kind not in ("array", "order"):
        return OTHERWISE
    right = _matches(question.answer, value, question.tolerance)
    first = right.index(False)
    shape = shape_of(question.answer)
    if len(shape) == 2:
        place = say("row {row}, column {column}", row=first // shape[1] + 1, column=first % shape[1] + 1)
    else:
        place = say("place {number}", number=first + 1)
    told = {"right": sum(right), "all": len(right), "place": place}
    if question.kind == "array":
        return say("{right} of {all} cells are right: look again at {place}.", **told)
    return say("{right} of {all} steps are right: look again at {place}.", **told)


def _count(shape: Sequence[int]) -> str:
    if not shape:
        return "one number"
    if len(shape) == 1:
        return f"{shape[0]} {'number' if shape[0] == 1 else 'numbers'} in a row"
    return f"{shape[0]} {'row' if shape[0] == 1 else 'rows'} of {shape[1]}"
