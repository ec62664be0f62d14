"""Whatever stands in a text, it stays text: no new element, no new attribute, no new question."""

import io
import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from cnnviz.quizzes import markup
from cnnviz.quizzes.export import FORMATS, export
from cnnviz.quizzes.export.gift import _escaped
from tests.quizzes.export.sample import PAYLOADS, laced, png, questions


class Census(HTMLParser):
    """Count elements with their attributes; texts of attributes count only where they are code or addresses."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.count = Counter()

    def handle_starttag(self, tag, attributes):
        self.count[tag, tuple(sorted(name for name, _ in attributes))] += 1
        for name, value in attributes:
            if name in ("src", "href", "style", "type", "http-equiv"):
                self.count[name, value] += 1

    def handle_comment(self, _data):
        self.count["comment"] += 1

    handle_decl = unknown_decl = handle_pi = handle_comment


def census(text):
    reader = Census()
    reader.feed(text)
    reader.close()
    return reader.count


def xml(data):
    count = Counter()
    for element in ET.fromstring(data).iter():
        count[element.tag, tuple(sorted(element.attrib))] += 1
        if element.get("format") == "html":
            for text in element.findall("text"):
                count += census(text.text or "")
    for text in ET.fromstring(data).findall("question[@type='cloze']/questiontext/text"):
        count["gap"] += text.text.count("{")
    return count


def package(data):
    count = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert all("/" not in name.removeprefix("items/") for name in archive.namelist())
        for name in archive.namelist():
            count += xml(archive.read(name)) if name.endswith(".xml") else Counter(["png"])
    return count


def strings(value):
    if isinstance(value, str):
        assert "$" not in value
        return census(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(strings, parts), Counter())


def gift(data):
    """Count what has a meaning: signs without a backslash, and blank lines, which end a question."""
    _, text = data.decode().split("\n", 1)  # the category is a line of its own
    text, known = re.subn(r"^// \[id:[\w-]+\](?: \[tag:[\w: -]+\])+[^\n~=#{}\\]*$", "", text, flags=re.MULTILINE)
    text, names = re.subn(r"^::(?:\\.|[^:\\])*::", "", text, flags=re.MULTILINE)  # plain text
    count, place = Counter(names=names, known=known), 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] in "~=#{}":
            count[text[place]] += 1
        for word in ("\n\n", "::", "->", "\n//", "\n$"):
            count[word] += text.startswith(word, place)
        place += 1
    return count + census(re.sub(r"\\(.)", r"\1", text))


READERS = {
    "moodle": xml,
    "gift": gift,
    "qti": package,
    "qti3": package,
    "jupyterquiz": lambda data: strings(json.loads(data)),
    "markdown": lambda data: census(MarkdownIt("commonmark", {"html": True}).render(data.decode())),
    "html": lambda data: census(data.decode()),
}


def read(kind, asked, folder, title):
    path = export(asked, folder / f"{title[:3].strip()}quiz", kind, pictures=lambda _: png(), title="Quiz " + title)
    return READERS[kind](path.read_bytes())


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", READERS)
def test_sixty_payloads_in_every_text_make_no_new_element(kind, tmp_path):
    assert len(PAYLOADS) >= 60
    harmless = read(kind, [laced(question, "word") for question in questions() for _ in PAYLOADS], tmp_path, "word")
    hostile = [laced(question, payload) for question in questions() for payload in PAYLOADS]
    found = read(kind, hostile, tmp_path, "<b>&{title}")
    assert found == harmless
    assert sum(harmless.values()) > 1000


@pytest.mark.parametrize("kind", READERS)
def test_a_text_that_is_not_escaped_would_be_seen(kind, tmp_path, monkeypatch):
    harmless = read(kind, [laced(question, "word") for question in questions()], tmp_path, "a")
    monkeypatch.setattr(markup, "tostring", lambda element, **_: raw(element))
    for name in ("qti", "qti3"):
        monkeypatch.setattr(module(name), "tostring", lambda element, **_: raw(element).encode())
    monkeypatch.setattr(module("markdown"), "_escaped", lambda text: text)
    asked = [laced(question, "<b>x</b>") for question in questions()]
    try:
        assert read(kind, asked, tmp_path, "b") != harmless
    except ET.ParseError:
        assert kind in ("qti", "qti3")


def module(name):
    return import_module(f"cnnviz.quizzes.export.{name}")  # the package has a function of its own name


def raw(element):
    """Write an element as somebody would by hand."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    inner = (element.text or "") + "".join(raw(child) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>{element.tail or ''}"


def test_in_a_notebook_too():
    harmless = sum(
        (census(laced(question, "word")._repr_html_()) for question in questions() for _ in PAYLOADS), Counter()
    )
    hostile = (laced(question, payload)._repr_html_() for question in questions() for payload in PAYLOADS)
    assert sum(map(census, hostile), Counter()) == harmless


def test_paper_takes_everything(tmp_path):
    asked = [laced(questions()[0], payload) for payload in PAYLOADS[::4]]
    assert export(asked, tmp_path / "a.pdf", title="$x^2$ \ud800").read_bytes().startswith(b"%PDF")


def test_every_format_is_read_here():
    assert {*READERS, "pdf", "anki", "prairielearn"} == set(FORMATS)


def test_gift_puts_a_backslash_before_each_sign():
    assert _escaped("a=b~c#d{e}f:g\\") == r"a\=b\~c\#d\{e\}f\:g" + "\\\\"
