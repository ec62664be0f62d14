"""Every topic, over many seeds: the answer is right, the choices are apart, the prompt says all that is needed."""

import ast
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from cnnviz.quizzes import grade, make, topics
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.topic import Draft, Mistake
from cnnviz.quizzes.value import same, text_of
from tests.quizzes.recomputed import ANSWERS, BACKWARD

FEW, MANY = 17, 2_000  # for each of three levels
LEVELS = (1, 2, 3)


@cache
def asked(topic, difficulty):
    return [make(topic, seed=seed, difficulty=difficulty) for seed in range(FEW)]


@pytest.fixture(params=[pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.full)])
def seeds(request):
    return request.param


every = pytest.mark.parametrize(("topic", "difficulty"), [(t, d) for t in topics() for d in LEVELS])


def plain_value(answer):
    return tuple(plain_value(item) for item in answer) if isinstance(answer, list) else answer


def recomputed(question):
    """The answer by nested loops, from what the question says and nothing else."""
    answers = {**ANSWERS, **BACKWARD} if question.difficulty == 3 else ANSWERS
    answer = answers[question.topic](json.loads(question.to_json()))
    return plain_value(answer.tolist() if isinstance(answer, np.ndarray | np.generic) else answer)


def check_answer(question):
    # A rounded answer is off by half of what is left out at most; the tolerance covers that.
    expected = recomputed(question)
    assert same(question.answer, expected, question.tolerance), (question, question.answer, expected)


def check_choices(question):
    assert [choice.value for choice in question.choices if choice.correct] == [question.answer]
    assert 3 <= len(question.choices) - 1 <= 5
    texts = [choice.text.casefold() for choice in question.choices]
    assert len(set(texts)) == len(texts), texts
    for i, one in enumerate(question.choices):
        assert (one.mistake == "") == one.correct
        assert one.feedback.endswith(".")
        for other in question.choices[:i]:
            assert not same(one.value, other.value, 2 * question.tolerance), (question, one, other)


@every
def test_the_answer_is_right_and_the_choices_are_apart(topic, difficulty, seeds):
    for seed in range(seeds):
        question = make(topic, seed=seed, difficulty=difficulty)
        check_answer(question)
        check_choices(question)


@every
def test_a_wrong_choice_is_diagnosed_and_the_right_one_counts(topic, difficulty):
    for question in asked(topic, difficulty):
        for choice in question.choices:
            for answer in (choice.value, choice.text if question.kind == "choice" else text_of(choice.value)):
                if question.kind != "choice" and "." in text_of(choice.value):
                    continue  # three decimals are shown, and more may be meant
                got = grade(question, answer)
                assert (got.correct, got.mistake, got.feedback) == (choice.correct, choice.mistake, choice.feedback)
                assert got.understood


@every
def test_the_prompt_says_all_that_is_needed(topic, difficulty):
    for question in asked(topic, difficulty):
        assert "{" not in question.prompt
        assert "  " not in question.prompt
        assert question.prompt[-1] in "?."
        for name, value in question.facts.items():
            assert text_of(value) in question.prompt, (name, value)
        for name, value in question.given.items():
            assert re.search(rf"\b{name.split()[0]}", question.prompt), name
            assert f"{name} = {text_of(value)}" in str(question)
            # What is shown is the number itself, not one rounded for the eye.
            assert ast.literal_eval(text_of(value).replace("−", "-")) == plain_lists(value)
        assert len(set(question.steps)) == len(question.steps)
        assert question.solution


def plain_lists(value):
    return [plain_lists(item) for item in value] if isinstance(value, tuple) else value


def test_every_topic_is_recomputed_by_somebody_else():
    assert set(ANSWERS) == set(topics())
    for path in (Path(__file__).parent / "recomputed").glob("*.py"):
        assert "cnnviz" not in path.read_text(), path


def test_questions_of_level_3_reverse_the_reasoning():
    assert len(BACKWARD) >= 20
    for topic in BACKWARD:
        forward, backward = asked(topic, 2)[0], asked(topic, 3)[0]
        assert forward.facts.keys() | forward.given.keys() != backward.facts.keys() | backward.given.keys(), topic


@pytest.mark.parametrize("difficulty", [1, 3])
@pytest.mark.parametrize("topic", topics())
def test_a_wrong_answer_would_be_seen(topic, difficulty):
    question = asked(topic, difficulty)[0]
    check_answer(question)
    for choice in question.choices:
        if not choice.correct:
            with pytest.raises(AssertionError):
                check_answer(replace(question, answer=choice.value))


@pytest.mark.parametrize("difficulty", LEVELS)
def test_questions_of_a_topic_differ(difficulty):
    for topic in topics():
        prompts = {str(question) for question in asked(topic, difficulty)}
        assert len(prompts) > FEW // 3, topic


def test_there_are_topics_of_every_chapter():
    assert len(topics()) >= 30
    assert {topic.chapter for topic in topics().values()} == set(range(1, 13))
    assert [topic.chapter for topic in topics().values()] == sorted(topic.chapter for topic in topics().values())


def test_every_kind_of_question_is_asked():
    kinds = {question.kind for topic in topics() for d in LEVELS for question in asked(topic, d)}
    assert kinds == {"choice", "numeric", "array", "order"}


def test_a_map_that_no_mistake_changes_is_drawn_again():
    empty = Draft(prompt="M?", answer=[[0, 0]], mistakes=[Mistake("a", [[0, 0]], "No.")], solution=["It is 0."])
    assert not misprinted(Draw("empty", 3), empty, "M?").mistakes
