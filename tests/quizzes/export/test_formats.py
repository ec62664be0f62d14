"""What each format must hold, as its readers document it."""

import io
import json
import re
import runpy
import sqlite3
import zipfile
import zlib
from base64 import b64decode, b64encode
from contextlib import closing, suppress
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from cnnviz.quizzes import export, make
from cnnviz.quizzes.export import pdf
from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.value import text_of
from tests.quizzes.export.sample import png, questions

CHOICE, NUMBER, MAP, ORDER, ROW = questions()


@pytest.fixture
def written(tmp_path):
    return lambda kind: export(
        questions(), tmp_path / "quiz", kind, pictures={NUMBER: png(), CHOICE: png()}, title="Week 3"
    ).read_bytes()


def wrong(question):
    return [choice for choice in question.choices if not choice.correct]


def right(question):
    (choice,) = [choice for choice in question.choices if choice.correct]
    return choice


# Moodle


@pytest.fixture
def moodle(written):
    category, *asked = ET.fromstring(written("moodle"))
    assert category.findtext("category/text") == "$course$/top/Week 3"
    return asked


def test_moodle_has_every_kind(moodle):
    assert [question.get("type") for question in moodle] == ["multichoice", "numerical", "cloze", "matching", "cloze"]
    names = [question.findtext("name/text") for question in moodle]
    assert len(set(names)) == len(names) == len({question.findtext("idnumber") for question in moodle})
    for question, asked in zip(moodle, questions(), strict=True):
        assert question.find("questiontext").get("format") == "html"
        assert asked.prompt in question.findtext("questiontext/text")
        assert question.findtext("generalfeedback/text").count("<li>") == len(asked.solution)


def test_moodle_choices_have_one_right_answer_and_feedback_each(moodle):
    question = moodle[0]
    answers = question.findall("answer")
    assert question.findtext("single") == "true"
    assert [answer.get("fraction") for answer in answers].count("100") == 1
    assert [answer.findtext("text") for answer in answers] == [f"<p>{choice.text}</p>" for choice in CHOICE.choices]
    assert all(answer.findtext("feedback/text") for answer in answers)


def test_moodle_numbers_have_a_tolerance_and_the_mistakes(moodle):
    first, *others, rest = moodle[1].findall("answer")
    assert (first.get("fraction"), float(first.findtext("text"))) == ("100", NUMBER.answer)
    assert {float(other.findtext("text")) for other in others} == {choice.value for choice in wrong(NUMBER)}
    assert (rest.get("fraction"), rest.findtext("text")) == ("0", "*")
    assert all(float(answer.findtext("tolerance")) == NUMBER.tolerance for answer in moodle[1].findall("answer"))


def test_moodle_maps_are_gaps_in_a_table(moodle):
    gaps = re.findall(r"<td[^>]*>\{1:NUMERICAL:=(-?[0-9.]+):([0-9.]+)\}</td>", moodle[2].findtext("questiontext/text"))
    assert [float(value) for value, _ in gaps] == [cell for row in MAP.answer for cell in row]
    gaps = re.findall(r"\{1:NUMERICAL:=(-?[0-9.]+):([0-9.]+)\}", moodle[4].findtext("questiontext/text"))
    assert [(float(value), float(tolerance)) for value, tolerance in gaps] == [(it, ROW.tolerance) for it in ROW.answer]


def test_moodle_orders_are_matched_with_places(moodle):
    pairs = [(pair.findtext("text"), pair.findtext("answer/text")) for pair in moodle[3].findall("subquestion")]
    in_order = [step for step, _ in sorted(pairs, key=lambda pair: int(pair[1]))]
    assert in_order == [f"<p>{ORDER.steps[number - 1]}</p>".replace(">7 →", ">7 →") for number in ORDER.answer]


def test_moodle_pictures_are_files_of_the_feedback(moodle):
    for question in moodle[:2]:
        file = question.find("generalfeedback/file")
        assert (file.get("encoding"), b64decode(file.text)) == ("base64", png())
        assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in question.findtext("generalfeedback/text")
        assert "PLUGINFILE" not in question.findtext("questiontext/text")
    assert moodle[2].find("generalfeedback/file") is None


# GIFT


def test_gift_has_a_question_in_each_paragraph(written):
    category, *asked = written("gift").decode().rstrip("\n").split("\n\n")
    assert category == "$CATEGORY: $course$/top/Week 3"
    assert len(asked) == 5
    for paragraph, question in zip(asked, questions(), strict=True):
        about, text = paragraph.split("\n", 1)
        tags = f"[tag:chapter {question.chapter}] [tag:{question.topic}] [tag:difficulty {question.difficulty}]"
        assert about == f"// [id:{question.identifier}] {tags}"
        assert re.match(r"::[^:]+::\[html\].*(?<!\\)\{", text)
        assert text.endswith("\n}")
        assert re.search(r"\n####(?!#)", text)
        lines = text.split("\n")[1:-2]
        if question.kind == "order":
            places = [int(line.rpartition(" -> ")[2]) for line in lines]
            assert [places.index(place) + 1 for place in range(1, len(places) + 1)] == list(question.answer)
        elif question.kind == "numeric":
            values = {float(line.split(":")[0].lstrip("=").removeprefix("%0%")) for line in lines[:-1]}
            assert lines[0].startswith(f"={question.answer}:0#")
            assert values == {choice.value for choice in question.choices}
        else:
            assert [line[0] for line in lines] == ["=" if choice.correct else "~" for choice in question.choices]


# QTI

ITEM = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}
PACKAGE = {"p": "http://www.imsglobal.org/xsd/imscp_v1p1"}


@pytest.fixture
def package(written):
    with zipfile.ZipFile(io.BytesIO(written("qti"))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_qti_lists_every_file(package):
    manifest = ET.fromstring(package["imsmanifest.xml"])
    files = {file.get("href") for file in manifest.findall(".//p:file", PACKAGE)}
    assert files == set(package) - {"imsmanifest.xml"}
    resources = manifest.findall(".//p:resource", PACKAGE)
    identifiers = [resource.get("identifier") for resource in resources]
    assert len(set(identifiers)) == len(identifiers)
    assert [it.get("identifierref") for it in manifest.findall(".//p:dependency", PACKAGE)] == identifiers[1:]
    assert {resource.get("type") for resource in resources} == {"imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"}
    refs = ET.fromstring(package["test.xml"]).findall(".//q:assessmentItemRef", ITEM)
    assert [ref.get("href") for ref in refs] == [f"items/{question.identifier}.xml" for question in questions()]
    assert {package[name] for name in package if name.endswith(".png")} == {png()}


def test_qti_items_say_what_is_right_and_what_went_wrong(package):
    for question in questions():
        item = ET.fromstring(package[f"items/{question.identifier}.xml"])
        conditions = item.findall(".//q:responseCondition/q:responseIf", ITEM)
        assert len(conditions) == len(question.choices)
        shown = {it.get("identifier"): "".join(it.itertext()) for it in item.findall("q:modalFeedback", ITEM)}
        outcomes = {it.get("identifier") for it in item.findall("q:outcomeDeclaration", ITEM)}
        assert outcomes == {"SCORE", "FEEDBACK", "SOLUTION"}
        scores = []
        for condition in conditions:
            values = {
                it.get("identifier"): it.findtext("q:baseValue", None, ITEM)
                for it in condition.findall("q:setOutcomeValue", ITEM)
            }
            scores.append(values.get("SCORE"))
            assert shown[values["FEEDBACK"]] in {choice.feedback for choice in question.choices}
        assert scores == ["1"] + [None] * len(wrong(question))
        value = item.findtext("q:responseDeclaration/q:correctResponse/q:value", None, ITEM)
        if question.kind == "numeric":
            assert float(value) == question.answer
            low, high = (float(item.findtext(f".//q:{bound}/q:baseValue", None, ITEM)) for bound in ("gte", "lte"))
            assert low <= question.answer <= high
            assert item.find(".//q:textEntryInteraction", ITEM) is not None
        else:
            texts = {it.get("identifier"): said(it) for it in item.findall(".//q:simpleChoice", ITEM)}
            assert texts[value] == said(right(question).drawn())
            assert list(texts.values()) == [said(choice.drawn()) for choice in question.choices]


def said(elements):
    """The words and the cells of elements."""
    return [text for element in elements for text in element.itertext()] or [elements.text]


# jupyterquiz


def test_jupyterquiz_has_the_documented_fields(written):
    asked = json.loads(written("jupyterquiz"))
    assert [question["type"] for question in asked] == [
        "multiple_choice", "numeric", "multiple_choice", "multiple_choice", "multiple_choice",
    ]  # fmt: skip
    for question, ours in zip(asked, questions(), strict=True):
        assert question.keys() == {"question", "type", "answers"}
        assert ours.prompt in question["question"]
        assert [it.get("correct", False) for it in question["answers"]].count(True) == 1
        assert all(it["feedback"] for it in question["answers"])
        if question["type"] == "numeric":
            *values, default = question["answers"]
            assert [it["value"] for it in values] == [choice.value for choice in ours.choices]
            assert default.keys() == {"type", "feedback"}
        else:
            assert all(it.keys() == {"answer", "correct", "feedback"} for it in question["answers"])


# Markdown


def test_markdown_has_the_answers_after_the_questions(written):
    page = MarkdownIt().render(written("markdown").decode())
    asked, answers = page.split("<h1>Answers</h1>")
    assert asked.count("<h2>") == answers.count("<h2>") == 5
    for question in questions():
        assert question.kind == "order" or question.solution[-1] not in asked
        assert f"<li>{question.solution[-1]}</li>" in answers
        assert right(question).feedback not in asked
    assert page.count(f'src="data:image/png;base64,{b64encode(png()).decode()}"') == answers.count("<img") == 2
    block = re.search(r"<pre><code>(.*?)</code></pre>", asked, re.DOTALL)[1]
    assert [line.split() for line in block.splitlines()] == [
        [str(cell).replace("-", "−") for cell in row] for row in NUMBER.given["X"]
    ]


# HTML


def test_the_page_allows_itself_and_nothing_else(written):
    page = written("html").decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
    style, script = (
        re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1],
        re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[0],
    )
    for text, what in ((style, "style-src"), (script, "script-src")):
        assert f"{what} 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert not re.search(r"https?:|//[a-z]|url\(|@import|javascript:| on[a-z]+=| style=", page.replace("// ", ""))


def test_the_page_works_without_its_answers_in_sight(written):
    page = written("html").decode()
    asked = page.split('<script id="answers"')[0]
    for question in questions():
        assert right(question).feedback not in asked.split("<details>")[0]
    assert asked.count("<details>") == 5


def test_the_page_shows_maps_among_the_choices_as_maps(tmp_path):
    question = make("which-picture", seed=3, difficulty=2)
    page = export([question], tmp_path / "a.html").read_text(encoding="utf-8")
    labels = re.findall(r"<label>(.*?)</label>", page, re.DOTALL)
    for label, choice in zip(labels, question.choices, strict=True):
        cells = re.findall(r"<td>(.*?)</td>", label)
        assert cells == [text_of(cell) for row in choice.value for cell in row]


# Paper


@pytest.fixture
def told():
    return pdf.told(Quiz(tuple(Item(question, png()) for question in questions()), "Week 3"))


def test_everything_that_is_needed_goes_to_the_paper(told):
    assert told["title"] == "Week 3"
    for number, (question, page) in enumerate(zip(questions(), told["questions"], strict=True), 1):
        assert (page["number"], page["title"], page["prompt"]) == (number, question.title, question.prompt)
        assert page["solution"] == question.solution
        assert page["alt"] == f"{question.title}: the worked solution as a picture"
        assert [choice["letter"] for choice in page["choices"]] == list("ABCDEF"[: len(question.choices)])
    assert [[cell for row in page["blank"] for cell in row] for page in told["questions"] if page["blank"]] == [
        [""] * sum(map(len, MAP.answer)),
        [""] * len(ROW.answer),
    ]


def test_the_paper_is_tagged(written):
    data = written("pdf")
    for word in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert word in data or word in inflated(data), word


def inflated(data):
    """Everything that a PDF holds, unpacked."""
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with suppress(zlib.error):
            found += zlib.decompress(stream)
    return found


# Anki


@pytest.mark.full
def test_anki_numbers_notes_and_cards_from_more_than_0(tmp_path):
    """Anki takes 0 for no note at all, and shows nothing."""
    with zipfile.ZipFile(export(questions(), tmp_path / "a.apkg", pictures=lambda _: png())) as archive:
        archive.extract("collection.anki2", tmp_path)
    with closing(sqlite3.connect(tmp_path / "collection.anki2")) as base:
        for table in ("notes", "cards"):
            numbers = [number for (number,) in base.execute(f"select id from {table}")]
            assert len(set(numbers)) == len(questions())
            assert min(numbers) > 0


# PrairieLearn


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.kind)
def test_prairielearn_calls_a_server_that_asks_and_grades(question, tmp_path):
    with zipfile.ZipFile(export([question], tmp_path / "a.pl.zip")) as archive:
        archive.extractall(tmp_path)
    (folder,) = (tmp_path / "questions").iterdir()
    server = runpy.run_path(str(folder / "server.py"))
    data = {"variant_seed": 123, "params": {}, "correct_answers": {}, "submitted_answers": {}}
    data |= {"format_errors": {}, "partial_scores": {}, "feedback": {}, "score": 0}
    server["generate"](data)
    asked = make(question.topic, seed=123, difficulty=question.difficulty)
    assert asked.prompt.replace("&", "&amp;") in data["params"]["statement"]
    assert [it["correct"] for it in data["params"]["choices"]] == [str(it.correct).lower() for it in asked.choices]
    if question.kind == "choice":
        return
    for typed, score in ((data["correct_answers"]["answer"], 1), ("nonsense", None)):
        data["submitted_answers"]["answer"] = typed
        server["grade"](data)
        assert data["partial_scores"]["answer"]["score"] == 1
        assert ("answer" in data["format_errors"]) == (score is None)


@pytest.mark.parametrize("kind", ["qti", "qti3"])
def test_pages_of_qti_have_only_attributes_that_its_schema_knows(kind, tmp_path):
    """There is no ``style`` in QTI, neither at a picture nor at a table."""
    asked = [*questions(), make("which-picture", seed=1)]
    with zipfile.ZipFile(export(asked, tmp_path / "a", kind, pictures=lambda _: png())) as archive:
        for name in archive.namelist():
            if name.startswith("items/") and name.endswith(".xml"):
                elements = [*ET.fromstring(archive.read(name)).iter()]
                pages = [it for it in elements if it.tag.rpartition("}")[2] in ("img", "table", "td", "p", "div", "ol")]
                assert {key for it in pages for key in it.attrib} <= {"class", "src", "alt"}
                assert any(it.tag.endswith("}img") for it in pages)
