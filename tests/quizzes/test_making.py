"""Questions by topic and seed: which there are, that they stay the same, and what is said of a wrong call."""

import hashlib
import json
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from cnnviz.errors import OptionError
from cnnviz.quizzes import Question, make, topics
from cnnviz.quizzes.model import KINDS

DIGESTS = Path(__file__).with_name("digests.json")


def digest(topic):
    """What the numbers of a topic's first questions are, wherever they are made; words may be improved."""
    made = []
    for difficulty in (1, 2, 3):
        for seed in range(5):
            question = make(topic, seed=seed, difficulty=difficulty).to_dict()
            choices = [(choice["value"], choice["correct"]) for choice in question["choices"]]
            made.append((question["kind"], question["given"], question["answer"], choices))
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()[:16]


def test_the_same_seed_makes_the_same_numbers_on_every_machine():
    assert {topic: digest(topic) for topic in topics()} == json.loads(DIGESTS.read_text())


@pytest.mark.parametrize("topic", topics())
def test_the_same_seed_makes_the_same_question(topic):
    one, other = (make(topic, seed=11, difficulty=2) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert make(topic, seed=12, difficulty=2) != one


@pytest.mark.parametrize("topic", topics())
def test_a_question_is_json(topic):
    question = make(topic, seed=3, difficulty=3)
    read = json.loads(question.to_json())
    assert read == question.to_dict()
    assert (read["topic"], read["seed"], read["difficulty"]) == (topic, 3, 3)
    assert read["kind"] in KINDS


def test_a_question_is_frozen():
    question = make("output-size", seed=0)
    with pytest.raises(FrozenInstanceError):
        question.answer = 7
    with pytest.raises(TypeError):
        question.facts["size"] = 7


def test_a_question_reads_as_on_paper():
    question = make("convolution-map", seed=3)
    assert str(question) == (
        "A convolution layer slides the kernel W over the input X, with stride 1, no padding and no bias. What is the "
        "feature map?\nX = [[0, 0, 3], [3, 0, 3], [2, 3, 0]]\nW = [[−1, −1], [1, 1]]"
    )
    assert str(question.as_choice()).splitlines()[3].startswith("A) [[")


def test_any_question_can_be_asked_as_a_choice():
    question = make("convolution-map", seed=3)
    assert question.kind == "array"
    assert question.as_choice().kind == "choice"
    assert question.as_choice().choices == question.choices


def test_topics_are_named_and_titled():
    for name, topic in topics().items():
        assert topic.name == name
        assert name == name.lower()
        assert " " not in name
        assert topic.title[0] == topic.title[0].upper()
    with pytest.raises(TypeError):
        topics()["new"] = None


NAMES = ", ".join(topics())


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            {"topic": "outpt-size", "seed": 1},
            f'make: expected a topic, got "outpt-size"; did you mean output-size? the topics are {NAMES}',
        ),
        ({"topic": "zzz", "seed": 1}, f'make: expected a topic, got "zzz"; the topics are {NAMES}'),
        ({"topic": 7, "seed": 1}, f"make: expected a topic, got 7; the topics are {NAMES}"),
        (
            {"topic": "relu", "seed": -1},
            "make: expected seed of at least 0, got -1; choose 0 or more",
        ),
        (
            {"topic": "relu", "seed": "1"},
            "make: expected seed as a whole number of at least 0, got '1'; write it without quotes or a decimal point",
        ),
        (
            {"topic": "relu", "seed": 1, "difficulty": 4},
            "make: expected difficulty as 1, 2 or 3, got 4; choose one of these",
        ),
        (
            {"topic": "relu", "seed": 1, "difficulty": 0},
            "make: expected difficulty of at least 1, got 0; choose 1 or more",
        ),
    ],
)
def test_a_wrong_call_is_told_in_one_line(call, text):
    with pytest.raises(OptionError) as refused:
        make(**call)
    assert str(refused.value) == text


HEAVY = ("manim", "click", "PIL", "scipy", "rich", "matplotlib", "av", "cairo", "platformdirs")
LIGHT = f"""
import sys, cnnviz.quizzes as quizzes
for topic in quizzes.topics():
    question = quizzes.make(topic, seed=0)
    assert quizzes.grade(question, question.answer).correct
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def loaded(program, path=None):
    environment = None if path is None else {"PYTHONPATH": str(path)}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, timeout=60
    )
    return run.stdout.strip()


def test_asking_and_grading_load_nothing_heavy():
    assert loaded(LIGHT) == "[]"


def test_importing_reads_neither_the_bank_nor_the_networks():
    program = "import sys, cnnviz.quizzes; print([n for n in ('cnnviz.quizzes.bank', 'cnnviz.nn') if n in sys.modules])"
    assert loaded(program) == "[]"


@pytest.mark.full
def test_a_heavy_import_would_be_seen(tmp_path):
    (tmp_path / "manim.py").touch()
    assert loaded(f"import manim\n{LIGHT}", tmp_path) == "['manim']"


def test_no_bank_file_is_left_out():
    folder = Path(sys.modules["cnnviz.quizzes"].__file__).parent / "bank"
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert files == set(topics())


def test_a_question_knows_what_it_was_made_from():
    question = make("relu", seed=5, difficulty=2)
    assert isinstance(question, Question)
    assert (question.topic, question.seed, question.difficulty, question.chapter) == ("relu", 5, 2, 4)
