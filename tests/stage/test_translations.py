"""What translators are given is translated: every sentence, with its fields, no longer than it can be read."""

import runpy
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cnnviz.cli.options import LANGUAGES
from cnnviz.stage.beat import LONGEST
from cnnviz.stage.language import NAMES, fields_of, languages, marked, say, speak, translated

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "sentences.py"))
FILES = SCRIPT["translations"]()


@pytest.fixture(params=FILES, ids=lambda file: file.parts[-3])
def file(request):
    return request.param


@pytest.fixture
def spanish():
    speak("es")
    yield
    speak("en")


def messages(file):
    with file.open("rb") as opened:
        return {tuple(each.id) if each.pluralizable else each.id: each for each in read_po(opened) if each.id}


def faults(told, known):
    """What is wrong with a catalogue of messages, given the sentences that are told."""
    for each in told:
        message = known.get((each.text, each.plural) if each.plural else each.text)
        texts = [] if message is None else message.string if each.plural else [message.string]
        if not texts or not all(texts):
            yield f"{each.text!r} is not translated"
            continue
        for text in texts:
            if fields_of(text) not in (fields_of(each.text), fields_of(each.plural or each.text)):
                yield f"{text!r} has other fields than {each.text!r}"
            if len(text) > max(LONGEST, 1.2 * len(each.text)):
                yield f"{text!r} is too long"


def test_every_sentence_is_translated(file):
    assert list(faults(SCRIPT["sentences"](), messages(file))) == []


@pytest.mark.full
def test_nothing_else_is(file):
    told = {(each.text, each.plural) if each.plural else each.text for each in SCRIPT["sentences"]()}
    assert messages(file).keys() <= told


def test_what_is_read_is_what_was_edited(file):
    assert file.with_suffix(".mo").read_bytes() == SCRIPT["compiled"](file)


@pytest.mark.full
def test_what_is_wrong_would_be_noticed(file):
    told, known = SCRIPT["sentences"](), messages(file)
    before = set(faults(told, known))
    one = next(each.text for each in told if fields_of(each.text) and not each.plural)
    known[one].string = "{forgotten}" * LONGEST
    del known["Stride"]
    found = set(faults(told, known)) - before
    assert len(found) == 3
    assert "'Stride' is not translated" in found


def test_the_command_offers_the_languages_there_are():
    assert languages() == LANGUAGES == tuple(NAMES)


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0.5", "0,5"),
        ("−1,234.25", "−1234,25"),
        ("150,528 weights", "150\u00a0528 weights"),
        ("3, 5, 7", "3, 5, 7"),
        ("(0,3)", "(0,3)"),
        ("1/16", "1/16"),
        ("v1.2.3", "v1.2.3"),
        ("1.5.", "1,5."),
    ],
)
def test_numbers_have_the_marks_of_the_language(text, written):
    assert marked(text) == written
    assert marked(say("{text}", text=text)) == written


def test_a_language_can_be_asked_without_being_spoken():
    assert translated("Stride", "es") == "Paso"
    assert say("Stride") == "Stride"
