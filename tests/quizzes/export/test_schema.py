"""Every item and test of QTI is valid, with pictures too; QTI 3.0 is what others make of our QTI 2.1.

The schemas of the standard are in no package, so ``qti21.xsd`` says again, from its information model, what the words
that we use may hold. For QTI 3.0 a converter that nobody here wrote is the witness.
"""

import zipfile
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from lxml import etree

from cnnviz.quizzes import export, make, topics
from tests.quizzes.export.sample import PAYLOADS, laced, png, questions

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("qti21.xsd")))
ITEM = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def exported(asked, path, **options):
    """Return the package's XML files but the manifest, by their names."""
    with zipfile.ZipFile(export(asked, path, pictures=lambda _: png(), **options)) as package:
        return {name: package.read(name) for name in package.namelist() if name.endswith(".xml") and "man" not in name}


@cache
def everything(language="en"):
    cases = product(topics(), (1, 2, 3), (1, 2, 3))
    return [make(topic, seed=seed, difficulty=level, language=language) for topic, seed, level in cases]


def assert_valid(files):
    for name, data in files.items():
        assert SCHEMA.validate(etree.fromstring(data)), (name, SCHEMA.error_log)


def test_every_kind_is_valid(tmp_path):
    assert_valid(exported(questions(), tmp_path / "a.zip"))
    hostile = [laced(question, payload) for question in questions() for payload in PAYLOADS]
    assert_valid(exported(hostile, tmp_path / "b.zip", title=" ".join(PAYLOADS)))


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("options", [{}, {"pools": True}, {"numeric": "choice"}, {"points": 2.5}])
def test_every_topic_is_valid(tmp_path, language, options):
    files = exported(asked := everything(language), tmp_path / "a.zip", **options)
    assert len(files) == len(asked) + 1
    assert_valid(files)


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        ("<img ", '<img style="max-width:100%" '),  # what was once exported
        ("<img ", "<p>a</p><img "),
        (' alt="', ' about="'),
        ("<table", "<table border='1'"),
        ("<table", "<p/><tr/><table"),
        ("<tbody>", "<tbody><td/>"),
        ('adaptive="false" ', ""),
        (' identifier="RESPONSE"', ' identifier="1 RESPONSE"'),
        ('baseType="float"', 'baseType="number"'),
        ('showHide="show"', 'showHide="yes"'),
        ("<itemBody>", "<itemBody>words"),
        ('<simpleChoice identifier="B"', '<simpleChoice identifier="A"'),
        ("</itemBody>", "</itemBody><outcomeDeclaration identifier='X' cardinality='single'/>"),
    ],
)
def test_what_is_broken_is_noticed(tmp_path, written, broken):
    texts = [data.decode() for data in exported(questions(), tmp_path / "a.zip").values()]
    touched = [text.replace(written, broken, 1) for text in texts if written in text]
    assert touched
    assert not any(SCHEMA.validate(etree.fromstring(text.encode())) for text in touched)


@pytest.mark.full
def test_qti_3_is_what_a_converter_makes_of_qti_2(tmp_path):
    from qti_convert import upgrade_qti2_to_qti3

    asked = everything()
    older, newer = exported(asked, tmp_path / "a.zip"), exported(asked, tmp_path / "a.qti3.zip")
    assert older.keys() == newer.keys()
    for name, data in older.items():
        theirs = etree.fromstring(upgrade_qti2_to_qti3(data).encode())
        assert shape(etree.fromstring(newer[name])) == shape(theirs), name


def shape(element):
    """Names, attributes, texts and what is within, without the spaces between."""
    attributes = {key: value for key, value in element.attrib.items() if "schemaLocation" not in key}
    text = (element.text or "").strip(), (element.tail or "").strip()
    return element.tag, attributes, text, [shape(child) for child in element if isinstance(child.tag, str)]
