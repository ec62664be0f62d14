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
