"""QTI 2.1: a package with one item for each question, laid out so that Canvas reads it too.

Canvas takes choices and numbers from QTI 2.1, so maps and orders become multiple choice. It looks for feedback in the
first paragraph of a modal feedback that a response condition names, and calls what is shown to everybody general.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree.ElementTree import Element, indent, tostring

from cnnviz.quizzes.export.item import Item, digits, limits
from cnnviz.quizzes.export.markup import solution, statement, tag
from cnnviz.quizzes.model import LETTERS, Choice

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"


def write(items: Sequence[Item], title: str) -> bytes:
    """Write a zip with a manifest, a test, the items and their pictures; the same questions give the same bytes."""
    names = [f"question{number:03d}" for number in range(1, len(items) + 1)]
    files = {"imsmanifest.xml": _manifest(items, names), "test.xml": _test(names, title)}
    data = {name: _xml(element) for name, element in files.items()}
    for name, item in zip(names, items, strict=True):
        data[f"items/{name}.xml"] = _xml(_item(item, name))
        if item.picture is not None:
            data[f"items/{name}.png"] = item.picture
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in data.items():
            about = zipfile.ZipInfo(name)  # without the time of day
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return buffer.getvalue()


def _xml(element: Element) -> bytes:
    return bytes(tostring(element, encoding="utf-8", xml_declaration=True)) + b"\n"


def _manifest(items: Sequence[Item], names: Sequence[str]) -> Element:
    test = tag(
        "resource",
        tag("file", href="test.xml"),
        *(tag("dependency", identifierref=f"resource-{name}") for name in names),
        identifier="resource-test",
        type="imsqti_test_xmlv2p1",
        href="test.xml",
    )
    manifest = tag(
        "manifest",
        tag("metadata", tag("schema", "QTIv2.1 Package"), tag("schemaversion", "1.0.0")),
        tag("organizations"),
        tag("resources", test, *map(_resource, items, names)),
        xmlns=PACKAGE,
        identifier="cnnviz-quiz",
    )
    indent(manifest)
    return manifest


def _resource(item: Item, name: str) -> Element:
    href = f"items/{name}.xml"
    files = [tag("file", href=href)]
    if item.picture is not None:
        files.append(tag("file", href=f"items/{name}.png"))
    parts = [*files]
    if _numeric(item):
        # Canvas takes a number with limits only from what calls itself so; others do not read this.
        interaction = tag("interactionType", "extendedTextInteraction")
        field = tag("instructureField", name="question_type", value="numerical_question")
        parts = [
            tag(
                "metadata",
                tag("qtiMetadata", interaction, xmlns=ITEM),
                tag("instructureMetadata", field, xmlns=CANVAS),
            ),
            *files,
        ]
    return tag("resource", *parts, identifier=f"resource-{name}", type="imsqti_item_xmlv2p1", href=href)


def _test(names: Sequence[str], title: str) -> Element:
    refs = (tag("assessmentItemRef", identifier=name, href=f"items/{name}.xml") for name in names)
    section = tag("assessmentSection", *refs, identifier="section", title=title, visible="true")
    part = tag("testPart", section, identifier="part", navigationMode="nonlinear", submissionMode="individual")
    test = tag("assessmentTest", part, xmlns=ITEM, identifier="test", title=title)
    indent(test)
    return test


def _item(item: Item, name: str) -> Element:
    numeric = _numeric(item)
    return tag(
        "assessmentItem",
        _response(item),
        _outcome("SCORE", "float", "0"),
        _outcome("FEEDBACK", "identifier"),
        _outcome("SOLUTION", "identifier"),
        tag("itemBody", tag("div", *statement(item.question)), _entry() if numeric else _choices(item)),
        tag("responseProcessing", *_conditions(item), _set("SOLUTION", "general_feedback")),
        *(_feedback(f"feedback_{letter}", choice) for letter, choice in _lettered(item)),
        _modal("SOLUTION", "general_feedback", tag("div", *solution(item, picture=lambda _: f"{name}.png"))),
        xmlns=ITEM,
        identifier=name,
        title=f"{item.question.title} ({item.name})",
        adaptive="false",
        timeDependent="false",
    )


def _numeric(item: Item) -> bool:
    return item.question.kind == "numeric"


def _lettered(item: Item) -> list[tuple[str, Choice]]:
    return list(zip(LETTERS, item.question.choices, strict=False))


def _response(item: Item) -> Element:
    right = next(letter for letter, choice in _lettered(item) if choice.correct)
    value, base = (digits(item.question.answer), "float") if _numeric(item) else (right, "identifier")
    correct = tag("correctResponse", tag("value", value))
    return tag("responseDeclaration", correct, identifier="RESPONSE", cardinality="single", baseType=base)


def _outcome(name: str, base: str, default: str = "") -> Element:
    value = tag("defaultValue", tag("value", default)) if default else None
    return tag("outcomeDeclaration", value, identifier=name, cardinality="single", baseType=base)


def _entry() -> Element:
    return tag("p", tag("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12"))


def _choices(item: Item) -> Element:
    choices = (tag("simpleChoice", choice.text, identifier=letter) for letter, choice in _lettered(item))
    return tag("choiceInteraction", *choices, responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")


def _conditions(item: Item) -> list[Element]:
    """Give each answer its score and its feedback, the right one first, where Canvas looks for the limits."""
    conditions = []
    for letter, choice in sorted(_lettered(item), key=lambda pair: not pair[1].correct):
        outcome = [_set("SCORE", "1", "float")] if choice.correct else []
        outcome.append(_set("FEEDBACK", f"feedback_{letter}"))
        conditions.append(tag("responseCondition", tag("responseIf", _test_of(item, letter, choice), *outcome)))
    return conditions


def _test_of(item: Item, letter: str, choice: Choice) -> Element:
    answer = tag("variable", identifier="RESPONSE")
    if not _numeric(item):
        return tag("match", answer, tag("baseValue", letter, baseType="identifier"))
    low, high = limits(choice.value, item.question.tolerance)
    return tag(
        "and",
        tag("gte", answer, tag("baseValue", low, baseType="float")),
        tag("lte", answer, tag("baseValue", high, baseType="float")),
    )


def _set(name: str, value: str, base: str = "identifier") -> Element:
    return tag("setOutcomeValue", tag("baseValue", value, baseType=base), identifier=name)


def _feedback(name: str, choice: Choice) -> Element:
    return _modal("FEEDBACK", name, tag("p", choice.feedback))


def _modal(outcome: str, name: str, content: Element) -> Element:
    return tag("modalFeedback", content, outcomeIdentifier=outcome, identifier=name, showHide="show")
