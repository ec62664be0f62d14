"""Sentences: templates with named fields, filled as numbers are written on stage; each field is given."""

import ast
from pathlib import Path

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.render.catalog import scenes_folder
from cnnviz.stage import scene
from cnnviz.stage.language import counted, fields_of, marked, say, say_in, speak, written

SAYING = {"beat": 1, "say": 1, "close": 1}
OWN = {"name", "focus", "fade", "motion"}  # options of saying, not of the sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (np.int64(-1234), "−1,234"), (2.0, "2"), (0.25, "0.25"), (2 / 3, "≈ 0.67"), ("photo", "photo")],
)
def test_fields_are_written_as_on_stage(value, text):
    assert written(value) == text


def test_a_count_chooses():
    assert [say(counted("{count} row", "{count} rows", n)) for n in (1, 2)] == ["1 row", "2 rows"]


def test_a_truth_is_not_printed():
    with pytest.raises(TypeError):
        say("{done}", done=True)


def test_an_unknown_language_is_refused():
    with pytest.raises(OptionError, match="lang: expected one of en"):
        speak("tlh")


def templates():
    """Every sentence that is said in place, with the names that it is given: (where, templates, names)."""
    for folder in (scenes_folder(), Path(scene.__file__).parent / "stories"):
        for file in sorted(folder.rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in SAYING:
                    texts = _texts(call.args[0]) if call.args else None
                    names = {each.arg for each in call.keywords} - OWN
                    if texts and None not in names:
                        yield f"{file.name}:{call.lineno}", texts, names


def _texts(node):
    """The templates that an expression may become; None for what is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        sides = _texts(node.body), _texts(node.orelse)
        return None if None in sides else sides[0] + sides[1]
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted":
        sides = _texts(node.args[0]), _texts(node.args[1])
        return None if None in sides else sides[0] + sides[1]
    return None


FOUND = list(templates())


def wrong(texts, names):
    """Fields that are not given, and names that no template uses."""
    used = [fields_of(text) - {"count"} for text in texts]
    return set().union(*used) ^ (names - {"count"})


def test_sentences_are_found():
    assert len(FOUND) > 30


@pytest.mark.parametrize(("where", "texts", "names"), FOUND, ids=[where for where, _, _ in FOUND])
def test_every_field_of_a_sentence_is_given(where, texts, names):
    assert not wrong(texts, names)


def test_a_field_that_is_not_given_is_noticed():
    assert wrong(["{rows} × {columns}"], {"rows"}) == {"columns"}
    assert wrong(["{rows}"], {"rows", "sum"}) == {"sum"}


def test_pages_speak_beside_scenes():
    assert say_in("es", counted("{count} scene", "{count} scenes", 1)) == "1 escena"
    assert say_in(
        "es", "{layers}, {parameters}", layers=counted("{count} layer", "{count} layers", 3), parameters=0.5
    ) == ("3 capas, 0.5")
    assert say("Stride") == "Stride"
    assert marked("150,528 of 0.5", "es") == "150\u00a0528 of 0,5"
    assert marked("150,528 of 0.5") == "150,528 of 0.5"
