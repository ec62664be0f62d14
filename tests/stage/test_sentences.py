"""The sentences that translators are given: all that is annotated as one is collected, and can be filled."""

import runpy
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click import NoSuchOption

from cnnviz.stage.language import fields_of
from tests.scenes.translated import SCRIPT, collected, missing

FILE = '''
"""Doc."""
CHOSEN: dict[str, Template] = {"a": "of a table", "b": "of it, too"}
PLAIN = {"a": "not said"}
def ask(trace) -> Said:
    """Doc."""
    if trace.flat:
        return "returned", {"side": "left"}
    return PLAIN["b"] if trace else counted("one {count}", "many {count}", 3), {}
class Grid:
    def __init__(self, values, title: Template = "", *, note: Template = "", role: str = ""):
        pass
class Own(Scene, takeaway="taken home", concepts=("not",)):
    title = "the title"
    closing: Template = ""
    def tell(self, s):
        self.beat("said of {it}", it="a field", focus="not")
        names = ("first", "second")
        for name in names:
            Grid(s.values, name, role="not", note="a note" if s else CHOSEN["a"])
        one = "one of a name"
        self.beat(counted(one, "many of a name", 3))
        single, plural = "a pair", "pairs"
        self.beat(counted(single, plural, 3))
        self.row("not", "in a row")
    def row(self, role: str, title: Template):
        pass
class Further(Own):
    closing = "closed"
'''


@pytest.fixture(scope="module")
def found():
    return collected()


@pytest.fixture
def room(tmp_path):
    (tmp_path / "scenes").mkdir()
    (tmp_path / "cnnviz" / "stage").mkdir(parents=True)
    (tmp_path / "cnnviz" / "stage" / "scene.py").write_text(
        "class Scene:\n    def beat(self, sentence: Template, *, focus=(), **fields): pass\n"
    )
    (tmp_path / "scenes" / "own.py").write_text(FILE)
    (tmp_path / "scenes" / "zeta.py").write_text("def row(title: Template, role: str): pass\n")
    return tmp_path


def test_what_is_annotated_is_collected_and_nothing_else(room):
    found = {each.text: each for each in collected(room) if Path(each.where.split(":")[0]).name == "own.py"}
    assert set(found) == {
        *("of a table", "of it, too", "returned", "left", "not said", "one {count}", "taken home", "the title"),
        *("said of {it}", "a field", "first", "second", "a note", "closed", "one of a name", "a pair", "in a row"),
    }
    assert found["one {count}"].plural == "many {count}"
    assert found["one of a name"].plural == "many of a name"
    assert found["a pair"].plural == "pairs"
    assert found["closed"].where == "scenes/own.py:29"


def test_each_can_be_filled(found):
    assert len(found) > 150
    for each in found:
        for text in filter(None, (each.text, each.plural)):
            assert text.format(**dict.fromkeys(fields_of(text), "-"))


def test_one_has_no_fields_but_those_of_many(found):
    for each in found:
        if each.plural:
            assert fields_of(each.text) <= fields_of(each.plural) | {"count"}


def test_what_was_not_collected_is_noticed(found):
    kept = ["Sharpen", "red, green", "dilation 2, 2, 2", "3 × 3", found[0].text]
    assert missing([*kept, "Nobody wrote this down", "red, pink", "dilated 2"]) == [
        *("Nobody wrote this down", "red, pink", "dilated 2"),
    ]


def test_the_catalogue_is_one_that_gettext_reads(found, tmp_path):
    runpy.run_path(str(SCRIPT))["main"]([str(tmp_path / "scenes.pot")], standalone_mode=False)
    with (tmp_path / "scenes.pot").open("rb") as file:
        catalogue = read_po(file)
    assert {each.text for each in found} == {
        message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id
    }


def test_a_mistyped_option_is_an_error_and_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSuchOption):
        runpy.run_path(str(SCRIPT))["main"](["--updat"], standalone_mode=False)
    assert not list(tmp_path.iterdir())
