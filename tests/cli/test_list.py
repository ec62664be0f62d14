import json
from pathlib import Path

import pytest

from cnnviz.render.catalog import scenes


def test_every_scene_with_its_title(cnnviz):
    outcome = cnnviz("list")
    assert (outcome.code, outcome.err) == (0, "")
    for entry in scenes():
        assert f"  {entry.slug}" in outcome.out
        assert entry.title in outcome.out
        assert entry.takeaway in outcome.out


def test_as_json(cnnviz):
    rows = json.loads(cnnviz("list", "--json").out)
    assert [row["slug"] for row in rows] == [entry.slug for entry in scenes()]
    assert all(Path(row["path"]).is_file() for row in rows)


@pytest.mark.parametrize("chapter", sorted({entry.chapter_number for entry in scenes()}))
def test_one_chapter(cnnviz, chapter):
    rows = json.loads(cnnviz("list", "--chapter", chapter, "--json").out)
    assert [row["slug"] for row in rows] == [entry.slug for entry in scenes() if entry.chapter_number == chapter]
    assert rows


def test_no_such_chapter(cnnviz):
    known = ", ".join(str(number) for number in sorted({entry.chapter_number for entry in scenes()}))
    outcome = cnnviz("list", "--chapter", 99)
    assert outcome.code == 2
    assert outcome.err == f"cnnviz: --chapter: expected one of {known}, got 99; `cnnviz list` shows them all\n"


def test_a_slug_shows_its_options(cnnviz):
    lines = cnnviz("list", "ch04-s02-max-pooling").out.splitlines()
    assert lines[0] == "Max pooling  (4 · Activation and pooling)"
    assert "cnnviz gif pool --mode max" in lines
    assert "  kernel_size  N[,N]  [default: 2]" in lines
    assert "  stride  N[,N]" in lines
    (row,) = json.loads(cnnviz("list", "ch04-s02-max-pooling", "--json").out)
    assert row["options"][0] == {
        "name": "image",
        "kind": "NAME|ROWS|FILE",
        "default": "pooling-a",
        "help": "The picture: a built-in name, rows of numbers, a file or an array.",
    }


@pytest.mark.parametrize("word", ["Floor", "pooling", "arg-max", "winner"])
def test_a_word_is_searched_in_titles_and_concepts(cnnviz, word):
    rows = json.loads(cnnviz("list", word, "--json").out)
    assert 1 <= len(rows) < len(scenes())
    shown = cnnviz("list", word)
    assert (shown.code, shown.err) == (0, "")
    assert [row["slug"] for row in rows] == [line.split()[0] for line in shown.out.splitlines() if "-s0" in line]


def test_no_such_word(cnnviz):
    outcome = cnnviz("list", "zzz")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("cnnviz: list: expected the slug of a scene or a word of its title or concepts, got")
    assert outcome.err.count("\n") == 1
