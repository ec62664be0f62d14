"""QTI 3.0: the package of QTI 2.1 in the newer words, which are the same in kebab-case and begin with ``qti-``."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, tostring

from cnnviz.quizzes.export import qti
from cnnviz.quizzes.export.item import Quiz
from cnnviz.quizzes.markup import tag

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
HTML = frozenset(["div", "img", "li", "ol", "p", "span", "strong", "table", "tbody", "td", "tr"])


def write(quiz: Quiz) -> bytes:
    """Write a zip with a manifest, a test, the items and their pictures."""
    data = {}
    for name, content in qti.files(quiz):
        if not isinstance(content, Element):
            data[name] = content
            continue
        newer = _manifest(content) if name == "imsmanifest.xml" else _renamed(content)
        data[name] = bytes(tostring(newer, encoding="utf-8", xml_declaration=True)) + b"\n"
    return qti.packed(data)


def _manifest(element: Element) -> Element:
    """Take over what is there, without what speaks to Canvas alone."""
    schema = tag("metadata", tag("schema", "QTI Package"), tag("schemaversion", "3.0.0"))
    resources = element.find("resources")
    assert resources is not None
    for resource in resources:
        resource.set("type", resource.attrib["type"].replace("v2p1", "v3p0"))
        for metadata in resource.findall("metadata"):
            resource.remove(metadata)
    return tag("manifest", schema, tag("organizations"), resources, xmlns=PACKAGE, identifier="cnnviz-quiz")


def _renamed(element: Element) -> Element:
    name, attributes = element.tag, dict(element.attrib)
    content = [_renamed(child) for child in element]
    if name not in HTML:
        name = f"qti-{_kebab(name)}"
        attributes = {_kebab(key): value for key, value in attributes.items()}
        if "xmlns" in attributes:
            attributes["xmlns"] = ITEM
    if name == "qti-modal-feedback":
        content = [tag("qti-content-body", *content)]
    newer = Element(name, attributes)
    newer.text, newer.tail = element.text, element.tail
    newer.extend(content)
    return newer


def _kebab(name: str) -> str:
    return re.sub("(?<=[a-z])[A-Z]", lambda found: f"-{found[0].lower()}", name)
