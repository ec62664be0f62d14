"""QTI 2.1: a package with one item for each question, laid out so that Canvas reads it too.

Canvas takes choices and numbers from QTI 2.1, so maps and orders become multiple choice. It looks for feedback in the
first paragraph of a modal feedback that a response condition names, and calls what is shown to everybody general.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree.ElementTree import Element, indent, tostring

from cnnviz.quizzes.export.item import Item, Quiz, digits, limits
from cnnviz.quizzes.markup import tag
from cnnviz.quizzes.model import Choice

ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"


def write(quiz: Quiz) -> bytes:
    """Write a zip with a manifest, a test, the items and their pictures; the same questions give the same bytes."""
    return packed({name: _xml(content) if isinstance(content, Element) else content for name, content in files(quiz)})


def files(quiz: Quiz) -> list[tuple[str, Element | bytes]]:
    """Lay out the package: trees of elements, and pictures."""
    names = [item.name for item in quiz.items]
    found: list[tuple[str, Element | bytes]] = [
        ("imsmanifest.xml", _manifest(quiz.items, names)),
        ("test.xml", _test(quiz)),
    ]
    for name, item in zip(names, quiz.items, strict=True):
        found.append((f"items/{name}.xml", _item(item, name, quiz.points)))
        if item.picture is not None:
            found.append((f"items/{name}.png", item.picture))
    return found


def packed(data: dict[str, bytes]) -> bytes:
    """Write files as a zip without the time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in data.items():
            about = zipfile.ZipInfo(name)
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
    listed = [tag("file", href=href)]
    if item.picture is not None:
        listed.append(tag("file", href=f"items/{name}.png"))
    parts = [*listed]
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
            *listed,
        ]
    return tag("resource", *parts, identifier=f"resource-{name}", type="imsqti_item_xmlv2p1", href=href)


def _test(quiz: Quiz) -> Element:
    """Write the test: a section, or one for each pool, of which each student gets one question."""
    sections = []
    for number, (name, items) in enumerate(quiz.groups.items(), 1):
        refs = (tag("assessmentItemRef", identifier=it.name, href=f"items/{it.name}.xml") for it in items)
        draws = [tag("selection", select="1"), tag("ordering", shuffle="true")] if quiz.pools else []
        about = {"identifier": f"section{number}", "title": name or quiz.title, "visible": "true"}
        sections.append(tag("assessmentSection", *draws, *refs, **about))
    part = tag("testPart", *sections, identifier="part", navigationMode="nonlinear", submissionMode="individual")
    test = tag("assessmentTest", part, xmlns=ITEM, identifier="test", title=quiz.title)
    indent(test)
    return test


def _item(item: Item, name: str, points: float) -> Element:
    numeric = _numeric(item)
    return tag(
        "assessmentItem",
        _response(item),
        tag(
            "outcomeDeclaration",
            tag("defaultValue", tag("value", "0")),
            identifier="SCORE",
            cardinality="single",
            baseType="float",
            normalMaximum=f"{points:.7g}",
        ),
        _outcome("FEEDBACK"),
        _outcome("SOLUTION"),
        tag("itemBody", tag("div", *item.question.statement()), _entry() if numeric else _choices(item)),
        tag("responseProcessing", *_conditions(item, points), _set("SOLUTION", "general_feedback")),
        *(_feedback(f"feedback_{letter}", choice) for letter, choice in item.lettered),
        _modal("SOLUTION", "general_feedback", tag("div", *item.solution(picture=f"{name}.png"))),
        xmlns=ITEM,
        identifier=name,
        title=item.title,
        adaptive="false",
        timeDependent="false",
        **{"xml:lang": item.question.language},
    )


def _numeric(item: Item) -> bool:
    return item.question.kind == "numeric"


def _response(item: Item) -> Element:
    right = next(letter for letter, choice in item.lettered if choice.correct)
    value, base = (digits(item.question.answer), "float") if _numeric(item) else (right, "identifier")
    correct = tag("correctResponse", tag("value", value))
    return tag("responseDeclaration", correct, identifier="RESPONSE", cardinality="single", baseType=base)


def _outcome(name: str) -> Element:
    return tag("outcomeDeclaration", identifier=name, cardinality="single", baseType="identifier")


def _entry() -> Element:
    return tag("p", tag("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12"))


def _choices(item: Item) -> Element:
    choices = (_offer(item, letter, choice) for letter, choice in item.lettered)
    return tag("choiceInteraction", *choices, responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")


def _offer(item: Item, letter: str, choice: Choice) -> Element:
    content = choice.drawn(item.question.language) if choice.map else [choice.text]
    return tag("simpleChoice", *content, identifier=letter)


def _conditions(item: Item, points: float) -> list[Element]:
    """Give each answer its score and its feedback, the right one first, where Canvas looks for the limits."""
    conditions = []
    for letter, choice in sorted(item.lettered, key=lambda pair: not pair[1].correct):
        outcome = [_set("SCORE", f"{points:.7g}", "float")] if choice.correct else []
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
