"""`cnnviz quiz`: asked in lines of text, listed, and written as files."""

import io
import json
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

import pytest

from cnnviz.cli.quiz.export import export as command
from cnnviz.quizzes import make_quiz, topics
from cnnviz.quizzes.export import FORMATS

ASKED = ("output-size", "window-sum", "convolution-map", "--difficulty", "2", "-n", "3", "--seed", "4")


@pytest.fixture
def typing(cnnviz, monkeypatch):
    """Run the program with lines to read, as from a file."""

    def call(lines, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return cnnviz("quiz", *arguments)

    return call


def asked():
    return make_quiz(ASKED[:3], n=3, seed=4, difficulty=2)


def typed(question):
    answer = question.answer
    return ";".join(",".join(map(str, row)) for row in answer) if isinstance(answer, tuple) else str(answer)


def test_right_answers(typing):
    outcome = typing([typed(question) for question in asked()], *ASKED)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("Right. ") == 3
    assert outcome.out.endswith("\nScore: 3 of 3 answered, 3 asked for\n")
    for question in asked():
        assert question.prompt in outcome.out
        assert f"  {question.solution[-1]}\n" in outcome.out


def test_a_mistake_is_told_what_went_wrong(typing):
    first = asked()[0]
    wrong = next(choice for choice in first.choices if not choice.correct)
    outcome = typing([str(wrong.value)], *ASKED)
    right = next(choice for choice in first.choices if choice.correct)
    assert f"Not quite. {wrong.feedback}\nThe answer is {right.text}.\n" in outcome.out
    assert outcome.out.endswith("\nScore: 0 of 1 answered, 3 asked for\n")


def test_what_cannot_be_read_is_asked_for_again(typing):
    question = next(question for question in asked() if question.kind == "numeric")
    slips = ["1e999", "1/0", "[[1,2],[3]]", "__import__('os')", "seven"]
    outcome = typing([*slips, f"{2 * question.answer}/2"], question.topic, *ASKED[3:5], "-n", "1", "--seed", "4")
    assert outcome.code == 0
    assert outcome.out.count("answer: expected ") == len(slips)
    assert "Traceback" not in outcome.out + outcome.err


def test_a_map_in_either_notation(typing):
    question = make_quiz(["convolution-map"], n=1, seed=4, difficulty=2)[0]
    for answer in (typed(question), str([list(row) for row in question.answer])):
        outcome = typing([answer], "convolution-map", "--difficulty", "2", "-n", "1", "--seed", "4")
        assert outcome.out.endswith("\nScore: 1 of 1 answered, 1 asked for\n")


def test_it_asks_in_spanish(typing):
    outcome = typing(
        ["", "x", "0,5"], "softmax", "cross-entropy", "--difficulty", "3", "-n", "2", "--lang", "es", "--seed", "4"
    )
    assert outcome.code == 0
    assert "1 de 2  Softmax\n" in outcome.out
    assert "Pasada. La respuesta es [0," in outcome.out
    assert outcome.out.endswith(" de 2 respondidas; pedidas, 2\n")


@pytest.mark.parametrize("lines", [[], ["q"], ["QUIT"]])
def test_it_can_end_early(typing, lines):
    outcome = typing(lines, *ASKED)
    assert outcome.code == 0
    assert outcome.out.endswith("\nScore: 0 of 0 answered, 3 asked for\n")


def test_an_empty_line_passes(typing):
    outcome = typing([""], *ASKED)
    assert "Passed. The answer is " in outcome.out
    assert outcome.out.endswith("\nScore: 0 of 1 answered, 3 asked for\n")


def test_json(typing):
    outcome = typing([typed(asked()[0]), "", "q"], *ASKED, "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, found["score"], found["answered"]) == (0, 1.0, 2)
    assert "Score: 1 of 2 answered, 3 asked for" in outcome.err
    for row, question in zip(found["questions"], asked(), strict=True):
        assert {key: row[key] for key in question.to_dict()} == json.loads(question.to_json())
    first, second, third = found["questions"]
    assert first["grade"] == {
        "correct": True, "score": 1.0, "feedback": first["grade"]["feedback"], "mistake": "", "understood": True,
    }  # fmt: skip
    assert first["given_answer"] == typed(asked()[0])
    assert second["given_answer"] is second["grade"] is third["given_answer"] is None


def test_without_a_seed_it_says_which_one(typing):
    outcome = typing([], "relu", "-n", "1")
    (seed,) = [line.rpartition(" ")[2] for line in outcome.err.splitlines()]
    assert outcome.err == f"the same questions again: --seed {seed}\n"
    assert typing([], "relu", "-n", "1", "--seed", seed).out == outcome.out
    assert typing([], "relu", "-n", "1", "--quiet").err == ""


def test_ctrl_c_ends_with_the_score(tmp_path):
    arguments = [sys.executable, "-m", "cnnviz", "quiz", *ASKED]
    process = subprocess.Popen(
        arguments,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background ignores Ctrl-C; this one must not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    seen = process.stdout.readline() + process.stdout.readline()  # it is asking from here on
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "\ncnnviz: stopped\n")
    assert (seen + out).endswith("\nScore: 0 of 0 answered, 3 asked for\n")


def test_the_list(cnnviz):
    outcome = cnnviz("quiz", "list")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(topics())
    rows = json.loads(cnnviz("quiz", "list", "--json").out)
    assert [(row["name"], row["chapter"], row["title"]) for row in rows] == [
        (topic.name, topic.chapter, topic.title) for topic in topics().values()
    ]


def test_formats_are_the_same_in_help_and_in_the_library():
    assert tuple(next(it for it in command.params if it.name == "kind").type.choices) == tuple(FORMATS)


@pytest.mark.parametrize(
    ("kind", "endings"),
    [pytest.param(*row, marks=[pytest.mark.full] if row[0] == "anki" else []) for row in FORMATS.items()],
)
def test_every_format(cnnviz, tmp_path, kind, endings):
    by_name = cnnviz("quiz", "export", "--format", kind, "-n", "3", "--seed", "1", "-o", f"deep/a{endings[0]}")
    assert (by_name.code, by_name.out, by_name.err) == (0, f"deep/a{endings[0]}\n", "")
    assert cnnviz("quiz", "export", "-n", "3", "--seed", "1", "-o", f"b{endings[0]}").code == 0
    assert (tmp_path / f"deep/a{endings[0]}").read_bytes() == (tmp_path / f"b{endings[0]}").read_bytes()


def test_topics_in_either_place_and_a_title(cnnviz, tmp_path):
    line = "quiz export relu --topic softmax --format moodle -n 4 --seed 1"
    assert cnnviz(*line.split(), "--title", "Week 4").out == "renders/quiz.xml\n"
    quiz = ET.parse(tmp_path / "renders" / "quiz.xml").getroot()
    assert quiz.findtext("question/category/text") == "$course$/top/Week 4"
    found = [name.text.partition("(")[2].partition("-")[0] for name in quiz.findall("question/name/text")]
    assert found == ["relu"] * 2 + ["softmax"] * 2


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        (
            "quiz outputsize", 2,
            'quiz: expected a topic, got "outputsize"; did you mean output-size? '
            f"`cnnviz quiz list` shows all {len(topics())}",
        ),
        (
            "quiz export zzzz", 2,
            f'quiz: expected a topic, got "zzzz"; `cnnviz quiz list` shows all {len(topics())}',
        ),
        ("quiz -n 0", 2,
         "Invalid value for '-n' / '--n': 0 is not in the range 1<=x<=1000. (see 'cnnviz quiz ask --help')"),
        (
            "quiz export --format moodel", 2,
            "Invalid value for '--format': 'moodel' is not one of 'moodle', 'gift', 'qti', 'qti3', 'anki', "
            "'prairielearn', 'jupyterquiz', 'markdown', 'html', 'pdf'. (see 'cnnviz quiz export --help')",
        ),
        (
            "quiz export -o a.doc", 2,
            "export: expected a format, or a file name that ends in .xml (moodle), .gift (gift), .zip (qti), "
            ".qti3.zip (qti3), .apkg (anki), .pl.zip (prairielearn), "
            '.json (jupyterquiz), .md (markdown), .html (html), .pdf (pdf), got "a.doc"; name the format',
        ),
        ("quiz export --format moodle --seed 1 -o .", 1,
         ".: expected a file to write, got a folder; name a file in it"),
        (
            "quiz --chapter 77", 2,
            "quiz: expected a chapter with questions, got 77; choose one of "
            + ", ".join(map(str, sorted({topic.chapter for topic in topics().values()}))),
        ),
        ("quiz --difficulty 4", 2,
         "Invalid value for '--difficulty': 4 is not in the range 1<=x<=3. (see 'cnnviz quiz ask --help')"),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_one_line(cnnviz, tmp_path, line, code, text):
    outcome = cnnviz(*line.split())
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err == f"cnnviz: {text}\n"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_folder(cnnviz, tmp_path):
    (tmp_path / "file").write_text("mine")
    outcome = cnnviz("quiz", "export", "-n", "1", "--seed", "1", "-o", "file/quiz.xml")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "cnnviz: file/quiz.xml: expected only folders before the last name, got a file among them; "
        "choose another path\n"
    )
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("line", ["quiz list", "quiz --help", "quiz ask relu -n 1 --seed 1"])
def test_nothing_loads_manim(process, line):
    code = (
        "import sys; from cnnviz.cli import run; "
        f"run({line.split()!r}); assert not {{'manim', 'matplotlib', 'PIL'}} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
