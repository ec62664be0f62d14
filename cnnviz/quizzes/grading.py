"""Grade an answer: right or not, how much of it, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.quizzes.answer import read_number, read_rows
from cnnviz.quizzes.model import LETTERS, Question
from cnnviz.quizzes.value import Value, count, same, settle, shape_of, text_of


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
        value = _read(question, answer)
        for choice in sorted(question.choices, key=lambda choice: not choice.correct):
            if same(choice.value, value, question.tolerance):
                score = 1.0 if choice.correct else _part(question, value)
                return Grade(choice.correct, score, choice.feedback, choice.mistake)
        _check_shape(question, value)
    except InputError as error:
        return Grade(False, 0.0, str(error), understood=False)
    return Grade(False, _part(question, value), _hint(question, value))


def _read(question: Question, answer: Any) -> Value:
    """Find out what an answer means, which for a choice is one of the values offered."""
    if not isinstance(answer, str):
        value = _plain(answer)
    elif question.kind == "choice":
        return _chosen(question, answer)
    elif question.kind == "numeric":
        return read_number(answer)
    else:
        value = read_rows(answer)
    return _laid_out(value, shape_of(question.answer))


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
    if isinstance(value, tuple) and len(shape) == 2 and 1 in shape and shape_of(value) == (max(shape),):
        return (value,) if shape[0] == 1 else tuple((cell,) for cell in value)
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
    for read in (read_number, read_rows):
        try:
            value = read(text)
        except InputError:
            continue
        for choice in question.choices:
            if same(choice.value, value, question.tolerance):
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


def _hint(question: Question, value: Value) -> str:
    if question.kind not in ("array", "order"):
        return "This is not the answer, and not one of the usual mistakes: follow the solution line by line."
    right = _matches(question.answer, value, question.tolerance)
    first = right.index(False)
    noun = "cells" if question.kind == "array" else "steps"
    shape = shape_of(question.answer)
    place = f"row {first // shape[1] + 1}, column {first % shape[1] + 1}" if len(shape) == 2 else f"place {first + 1}"
    return f"{sum(right)} of {len(right)} {noun} are right: look again at {place}."


def _count(shape: Sequence[int]) -> str:
    if not shape:
        return "one number"
    return f"{count(shape[0], 'number')} in a row" if len(shape) == 1 else f"{count(shape[0], 'row')} of {shape[1]}"
