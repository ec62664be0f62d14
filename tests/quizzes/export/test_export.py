"""What holds for every format: which one, what it refuses, and that files appear whole or not at all."""

import re

import pytest

from cnnviz.errors import InputError, OptionError
from cnnviz.quizzes import export, make, make_quiz, topics
from cnnviz.quizzes.export import FORMATS, find_format
from tests.quizzes.export.sample import png, questions


def says(error, text):
    return pytest.raises(error, match=f"^{re.escape(text)}$")


def formats(without=()):
    """Anki needs genanki, which is one of the outside readers."""
    return [
        pytest.param(kind, marks=[pytest.mark.full] if kind == "anki" else [])
        for kind in FORMATS
        if kind not in without
    ]


@pytest.mark.parametrize("kind", formats())
def test_the_same_questions_give_the_same_bytes(kind, tmp_path):
    pictures = {questions()[0]: png()}
    one, other = (export(questions(), tmp_path / name, kind, pictures=pictures) for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()
    if kind != "prairielearn":  # which draws its own
        assert one.read_bytes() != export(questions(), tmp_path / "c", kind).read_bytes()
    assert one.read_bytes() != export(questions()[1:], tmp_path / "d", kind, pictures=pictures).read_bytes()


@pytest.mark.parametrize("kind", formats())
def test_every_topic_at_every_difficulty_can_be_written(kind, tmp_path):
    asked = [make(topic, seed=2, difficulty=level) for topic in topics() for level in (1, 2, 3)]
    assert export(asked, tmp_path / "a", kind).stat().st_size > 10_000


@pytest.mark.parametrize(("kind", "endings"), FORMATS.items())
def test_the_ending_says_which_format(kind, endings):
    assert {find_format(f"A{ending.upper()}") for ending in endings} == {kind}


def test_unknown_formats(tmp_path):
    with says(
        OptionError,
        'export: expected a format, got "moodel"; did you mean moodle? '
        "the formats are moodle, gift, qti, qti3, anki, prairielearn, jupyterquiz, markdown, html, pdf",
    ):
        export(questions(), tmp_path / "a.xml", "moodel")
    with says(
        OptionError,
        "export: expected a format, or a file name that ends in .xml (moodle), .gift (gift), .zip (qti), "
        ".qti3.zip (qti3), .apkg (anki), .pl.zip (prairielearn), "
        '.json (jupyterquiz), .md (markdown), .html (html), .pdf (pdf), got "a.doc"; name the format',
    ):
        export(questions(), tmp_path / "a.doc")
    with says(OptionError, "export: expected at least one question, got none; make some with cnnviz.quizzes.make"):
        export([], tmp_path / "a.xml")
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "folder.xml").mkdir()
    for name in ("file/a.xml", "folder.xml", "x\0.xml", f"{'x' * 300}.xml"):
        with pytest.raises(InputError, match=r"^export: expected a file that can be written, got .*; choose another$"):
            export(questions(), tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.xml"]


def test_folders_on_the_way_are_made(tmp_path):
    assert export(questions(), tmp_path / "new" / "a.md").is_file()


def test_a_failure_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "a.xml"
    path.write_text("mine")

    def fail(question):
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        export(questions(), path, pictures=fail)
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(RuntimeError, match="stop"):
        export(questions(), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xml"]
    assert path.read_text() == "mine"


def test_pictures_are_png(tmp_path):
    for wrong in (b"GIF89a", "a.png"):
        with says(
            InputError,
            f"export: expected a PNG picture as bytes for output-size, got {type(wrong).__name__} that is none; "
            "save it as PNG",
        ):
            export(questions(), tmp_path / "a.xml", pictures={questions()[0]: wrong})


def test_a_quiz_of_several_topics():
    quiz = make_quiz(["softmax", "output-size"], n=5, seed=3, difficulty=2)
    assert [question.topic for question in quiz] in (
        ["output-size"] * 3 + ["softmax"] * 2,
        ["output-size"] * 2 + ["softmax"] * 3,
    )
    assert len({str(question) for question in quiz}) == 5
    assert quiz == make_quiz(["softmax", "output-size"], n=5, seed=3, difficulty=2)
    assert quiz != make_quiz(["softmax", "output-size"], n=5, seed=4, difficulty=2)
    assert {question.chapter for question in make_quiz(n=8, seed=0, chapter=4)} == {4}
    assert len({question.topic for question in make_quiz(n=len(topics()), seed=0)}) == len(topics())


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"names": ["outptu-size"]}, "quiz: expected a topic, got \"outptu-size\"; did you mean output-size? "
         f"`cnnviz quiz list` shows all {len(topics())}"),
        ({"n": 0}, "quiz: expected n of at least 1, got 0; choose 1 or more"),
        ({"seed": -1}, "quiz: expected seed of at least 0, got -1; choose 0 or more"),
        ({"chapter": 99}, "quiz: expected a chapter with questions, got 99; choose one of "
         + ", ".join(map(str, sorted({topic.chapter for topic in topics().values()})))),
        ({"names": ["softmax"], "chapter": 2},
         "quiz: expected a topic of chapter 2, got softmax; leave out one of them"),
        ({"difficulty": 4}, "make: expected difficulty as 1, 2 or 3, got 4; choose one of these"),
    ],
)  # fmt: skip
def test_a_quiz_that_cannot_be_made(options, text):
    with says(OptionError, text):
        make_quiz(**{"seed": 1, **options})


def test_more_questions_than_there_are():
    with pytest.raises(OptionError, match=r"^quiz: expected at most \d+ questions, as many different ones as were "):
        make_quiz(["layer-order"], n=1000, seed=1)
