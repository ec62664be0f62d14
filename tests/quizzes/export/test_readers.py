"""Readers that nobody here wrote take every file: GIFT by npm, a model of Canvas's importer, a notebook, Chromium.

What is missing fails: `scripts/setup full` installs it all.
"""

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from cnnviz.quizzes import export, make, topics
from cnnviz.quizzes.value import rows_of, text_of
from tests.browser import opened
from tests.quizzes.export.sample import PAYLOADS, laced, png, questions

pytestmark = pytest.mark.full

READERS = Path(__file__).parents[3] / ".venv" / "readers" / "node_modules"


@pytest.fixture(scope="module")
def everything():
    asked = [make(topic, seed=seed, difficulty=level) for topic in topics() for seed in (1, 2) for level in (1, 2, 3)]
    return asked + [laced(question, payload) for question in questions() for payload in PAYLOADS]


def node(*arguments):
    done = subprocess.run(["node", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


# GIFT


def test_gift_pegjs_reads_every_question(everything, tmp_path):
    path = export(everything, tmp_path / "a.gift", pictures=lambda _: png())
    program = (
        f"const {{parse}} = require({json.dumps(str(READERS / 'gift-pegjs'))});"
        f"console.log(JSON.stringify(parse(require('fs').readFileSync({json.dumps(str(path))}, 'utf8'))))"
    )
    category, *asked = json.loads(node("-e", program))
    assert category["type"] == "Category"
    assert len(asked) == len(everything)
    kinds = {"choice": "MC", "array": "MC", "numeric": "Numerical", "order": "Matching"}
    for read, ours in zip(asked, everything, strict=True):
        assert read["type"] == kinds[ours.kind]
        assert read["stem"]["format"] == "html"
        assert read["globalFeedback"]["text"].startswith("<ol>")
        if ours.kind == "order":
            places = [int(pair["subanswer"]) for pair in read["matchPairs"]]
            assert [places.index(place) + 1 for place in range(1, len(places) + 1)] == list(ours.answer)
            continue
        right = [it for it in read["choices"] if it["isCorrect"] and it["weight"] is None]
        assert len(right) == 1
        if ours.kind == "numeric":
            assert right[0]["text"]["number"] == pytest.approx(ours.answer)
            assert right[0]["text"]["range"] == pytest.approx(ours.tolerance)
        else:
            assert len(read["choices"]) == len(ours.choices)
            assert [it["isCorrect"] for it in read["choices"]] == [choice.correct for choice in ours.choices]


# QTI


def test_a_model_of_canvas_imports_the_package(everything, tmp_path):
    everything = everything[: -len(PAYLOADS) * len(questions())]  # it refuses to read "javascript:" in a text
    path = export(everything, tmp_path / "a.zip", pictures=lambda _: png())
    program = READERS / "examark" / "dist" / "index.js"
    assert f"Items scanned: {len(everything)}" in (found := node(program, "emulate-canvas", path))
    assert "will likely SUCCEED" in found
    assert "Validation PASSED" in node(program, "verify", path)


# jupyterquiz


def test_jupyterquiz_asks_in_a_notebook(browser, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    export(questions(), tmp_path / "quiz.json", pictures=lambda _: png())
    cell = 'from jupyterquiz import display_quiz\ndisplay_quiz("quiz.json")'
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, timeout=120).execute()
    parts = []
    for output in notebook.cells[0].outputs:
        assert output.output_type in ("display_data", "execute_result"), output
        parts.append(output.data.get("text/html") or f"<script>{output.data['application/javascript']}</script>")
    path = tmp_path / "quiz.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{''.join(parts)}", encoding="utf-8")
    page, _ = opened(browser, path.as_uri(), offline=True)
    page.wait_for_selector(".Quiz")
    asked = page.locator(".Quiz")
    assert asked.count() == len(questions())
    for number, question in enumerate(questions()):
        assert question.prompt in asked.nth(number).inner_text()
        for choice in question.choices:
            if question.kind == "numeric":
                field = asked.nth(number).locator("input")
                field.fill(str(choice.value))
                field.press("Enter")
            else:
                button = asked.nth(number).locator(".MCButton", has_text=seen(choice))
                button.locator("visible=true").first.click()
            feedback = asked.nth(number).locator(".Feedback")
            assert choice.feedback in feedback.inner_text()
            kinds = feedback.get_attribute("class").split()
            assert ("correct" in kinds, "incorrect" in kinds) == (choice.correct, not choice.correct)


def seen(choice):
    """What a browser takes for the text of a choice, whose map is a table."""
    return choice.label() + "".join(text_of(cell) for row in rows_of(choice.map) or () for cell in row)


# The page


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_chromium_answers_every_kind(browser, tmp_path, scheme):
    path = export(questions(), tmp_path / "quiz.html", pictures=lambda _: png())
    page, trouble = opened(browser, path.as_uri(), offline=True, color_scheme=scheme)
    for number, question in enumerate(questions(), 1):
        section = page.locator(f"#q{number}")
        section.locator(".check").click()
        assert "wrong" in section.get_attribute("class")
        for choice in sorted(question.choices, key=lambda choice: choice.correct):
            answer(section, question, choice)
            section.locator(".check").press("Enter")
            assert section.locator(".feedback").inner_text() == choice.feedback
            assert section.get_attribute("class") == ("right" if choice.correct else "wrong")
        assert page.locator("#score").inner_text() == f"{number} of {len(questions())} right"
        assert not section.locator("img").is_visible()
        section.locator("summary").press("Enter")
        assert section.locator("img").is_visible()
        assert section.locator("img").evaluate("image => image.naturalWidth") == 64
    assert trouble == []


def answer(section, question, choice):
    """Answer as a person at a keyboard would."""
    if question.kind == "choice":
        section.locator("label", has_text=choice.text).first.locator("input").press("Space")
    elif question.kind == "order":
        for place, number in enumerate(choice.value):
            while True:
                steps = section.locator("li[data-step]")
                order = [int(steps.nth(it).get_attribute("data-step")) for it in range(steps.count())]
                if order.index(number) == place:
                    break
                steps.nth(order.index(number)).locator(".up").press("Enter")
    else:
        flat = [choice.value] if question.kind == "numeric" else choice.value
        flat = [cell for row in flat for cell in (row if isinstance(row, tuple) else (row,))]
        for place, cell in enumerate(flat):
            section.locator("fieldset input").nth(place).fill(str(cell))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{0}/1", "right"), (" {0}.0 ", "right"), ("{0}e0", "right"), ("1/0", "no number"), ("1e999", "no number"),
        ("__import__('os')", "no number"), ("", "no number"), ("99999", "not one of the usual"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_elsewhere(browser, tmp_path, typed, shown):
    number = questions()[1]
    page, trouble = opened(browser, export([number], tmp_path / "quiz.html").as_uri(), offline=True)
    page.locator("input").fill(typed.format(number.answer))
    page.locator("input").press("Enter")
    feedback = page.locator(".feedback").inner_text()
    assert page.locator("section").get_attribute("class") == "right" if shown == "right" else shown in feedback
    assert trouble == []


def test_hostile_texts_do_nothing_in_a_browser(browser, tmp_path):
    asked = [laced(question, payload) for question in questions() for payload in PAYLOADS]
    page, trouble = opened(
        browser, export(asked, tmp_path / "quiz.html", title=" ".join(PAYLOADS[:20])).as_uri(), offline=True
    )
    sections = page.locator("main > section")
    assert sections.count() == len(asked)
    for place in range(0, len(asked), 7):
        sections.nth(place).locator(".check").click()
        assert sections.nth(place).get_attribute("class") == "wrong"
    tags = page.evaluate("[...document.querySelectorAll('*')].map(element => element.localName)")
    known = (
        "html head meta title style body header h1 p div noscript main section h2 span strong table tbody tr td form "
        "fieldset legend label input button ol li details summary script"
    )
    assert set(tags) == set(known.split())
    assert Counter(tags)["script"] == 2
    assert trouble == []


def test_the_page_fits_a_phone_and_its_texts_can_be_read(browser, tmp_path):
    for scheme in ("dark", "light"):
        path = export(questions(), tmp_path / "quiz.html")
        page, _ = opened(
            browser, path.as_uri(), offline=True, viewport={"width": 360, "height": 740}, color_scheme=scheme
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        for selector in ("h1", "main p", "legend", "#score", "summary", ".number", ".letter", "button.check"):
            color, ground = page.locator(selector).first.evaluate(
                """element => {
                    let behind = element;
                    const ground = () => getComputedStyle(behind).backgroundColor;
                    while (ground() === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
                    return [getComputedStyle(element).color, ground()];
                }"""
            )
            assert contrast(color, ground) >= 4.5, (scheme, selector, color, ground)


def contrast(*colors):
    """Return the contrast ratio of WCAG 2."""
    light = sorted(map(luminance, colors))
    return (light[1] + 0.05) / (light[0] + 0.05)


def luminance(color):
    parts = [int(part) / 255 for part in color.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
