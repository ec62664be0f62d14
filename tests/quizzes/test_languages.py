"""Spanish: every sentence is there, the numbers are the same, and what is printed can be typed."""

import io
import re
import runpy
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cnnviz.quizzes import export, grade, make, saying, topics
from cnnviz.quizzes.saying import catalog, say, spoken
from cnnviz.quizzes.value import text_of
from tests.quizzes.export.sample import questions

FOLDER = resources.files("cnnviz") / "locale" / "es" / "LC_MESSAGES"
PO = read_po(io.BytesIO((FOLDER / "quizzes.po").read_bytes()), locale="es")
SENTENCES = {message.id: message.string for message in PO if message.id}
ENGLISH = re.compile(r"\b(?:the|of|and|is|are|with|each|by|from|it|to|not|that|this)\b", re.IGNORECASE)

seeds = pytest.mark.parametrize("seeds", [range(5), pytest.param(range(300), marks=pytest.mark.full)], ids=len)


class Listening:
    """A catalog that notes what it does not have."""

    def __init__(self):
        self.missing = set()

    def gettext(self, template):
        if template not in SENTENCES and re.search(r"[^\W\d_]{2}", re.sub(r"\{\w+\}", "", template)):
            self.missing.add(template)
        return catalog("es").gettext(template)


@pytest.fixture
def listening(monkeypatch):
    listener = Listening()
    monkeypatch.setattr(saying, "catalog", lambda _: listener)
    return listener


def texts(question):
    yield from (question.title, question.prompt, *question.steps, *question.solution, *question.given)
    for choice in question.choices:
        yield from (choice.text, choice.feedback)


@pytest.mark.parametrize("topic", topics())
@seeds
def test_every_sentence_is_there(topic, seeds, listening):
    for difficulty in (1, 2, 3):
        for seed in seeds:
            question = make(topic, seed=seed, difficulty=difficulty, language="es")
            for text in texts(question):
                assert not ENGLISH.search(text), text
    assert listening.missing == set()


def test_a_sentence_that_is_not_there_would_be_heard(listening):
    assert spoken(say("Nobody wrote {this} down.", this=1), "es") == "Nobody wrote 1 down."
    assert listening.missing == {"Nobody wrote {this} down."}
    assert ENGLISH.search("La suma of the kernel.")


@pytest.mark.parametrize("topic", topics())
def test_the_numbers_are_the_same(topic):
    for difficulty in (1, 2, 3):
        for seed in range(5):
            english, spanish = (make(topic, seed=seed, difficulty=difficulty, language=it) for it in ("en", "es"))
            assert spanish.answer == english.answer
            assert spanish.facts == english.facts
            assert list(spanish.given.values()) == list(english.given.values())
            for one, other in zip(english.choices, spanish.choices, strict=True):
                assert (one.value, one.correct, one.mistake) == (other.value, other.correct, other.mistake)
            assert spanish.identifier == f"{english.identifier}-es"


@pytest.mark.parametrize("topic", topics())
def test_the_prompt_says_all_and_the_answer_can_be_typed_as_printed(topic):
    for difficulty in (1, 2, 3):
        for seed in range(5):
            question = make(topic, seed=seed, difficulty=difficulty, language="es")
            for value in question.facts.values():
                if not isinstance(value, str):
                    assert text_of(value, language="es") in question.prompt
            for name in question.given:
                assert re.search(rf"\b{name.split()[0]}", question.prompt), name
            right = next(choice for choice in question.choices if choice.correct)
            for typed in (text_of(question.answer, language="es"), text_of(question.answer), right.text):
                if question.kind != "choice" or typed is right.text:
                    assert grade(question, typed).correct, (question, typed)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_translation_has_the_same_fields(text):
    def fields(sentence):
        return sorted(re.findall(r"\{+\w+\}+", sentence))

    assert fields(SENTENCES[text]) == fields(text)
    assert SENTENCES[text].endswith((".", "?", ":")) == text.endswith((".", "?", ":"))


def test_what_is_loaded_is_what_is_written():
    """``python scripts/sentences.py --update`` writes the one from the other."""
    compiled = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "sentences.py"))["compiled"]
    assert (FOLDER / "quizzes.mo").read_bytes() == compiled(FOLDER / "quizzes.po")


@pytest.mark.parametrize("kind", ["moodle", "gift", "qti", "jupyterquiz", "markdown", "html", "pdf"])
def test_a_file_says_everything_in_spanish(kind, tmp_path, listening):
    asked = [make(it.topic, seed=it.seed, difficulty=it.difficulty, language="es") for it in questions()]
    export(asked, tmp_path / "quiz", kind, title="Semana 3")
    spanish = {text for question in asked for text in texts(question)}  # stands in sentences as it is
    assert listening.missing - spanish == set()


def test_feedback_is_spanish():
    question = make("convolution-map", seed=3, language="es")
    wrong = [[cell + 50 for cell in row] for row in question.answer]
    expected = "0 de 4 celdas son correctas: mira otra vez la fila 1, columna 1."
    assert grade(question, wrong).feedback == expected
