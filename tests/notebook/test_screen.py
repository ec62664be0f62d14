"""The player in a notebook: a page within the page, which holds all it needs."""

import re
from html.parser import HTMLParser

import pytest

from cnnviz.errors import InputError, OptionError
from cnnviz.notebook import player
from tests.browser import opened
from tests.render.site.test_player import PLAYS, TIME
from tests.render.site.test_site import SAID, TALE


@pytest.fixture
def shown(tmp_path):
    (tmp_path / "tale.py").write_text(TALE)
    return player(tmp_path / "tale.py", quality="draft")


class Frame(HTMLParser):
    def handle_starttag(self, tag, attributes):
        self.tag, self.attributes = tag, dict(attributes)


def test_it_holds_all_it_needs(shown):
    outer = Frame()
    outer.feed(shown._repr_html_())
    assert (outer.tag, outer.attributes["sandbox"]) == ("iframe", "allow-scripts")
    page = outer.attributes["srcdoc"]
    assert page.count("data:video/mp4;base64,") == 1
    assert page.count("data:image/png;base64,") == 1 + len(SAID), "the first still is seen before the movie, too"
    assert not re.search(r"https?:", page)


def test_elsewhere_it_says_what_is_said(shown):
    assert repr(shown).splitlines() == ["tale", "", *SAID]


def test_what_is_not_asked_of_a_player(tmp_path):
    with pytest.raises(OptionError) as caught:
        player("ch04-s01-relu", path=tmp_path / "a.mp4")
    assert str(caught.value) == ("player: expected options of the scene, or of how it looks, got 'path'; leave it out")
    with pytest.raises(InputError, match="render: expected the slug of a scene or a Python file, got 'zzzz'"):
        player("zzzz")


@pytest.mark.full
def test_it_plays_within_another_page(browser, shown, tmp_path):
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><p>Above</p>{shown._repr_html_()}")
    page, trouble = opened(browser, (tmp_path / "notebook.html").as_uri(), offline=True)
    within = page.frames[1]
    within.locator(".next").click()
    for _ in range(200):
        if within.evaluate(f"!({PLAYS}) && {TIME} > 1.9"):
            break
        page.wait_for_timeout(50)
    assert 1.9 < within.evaluate(TIME) < 2
    within.locator(".beats .still").nth(1).click()
    assert within.locator("[aria-current] .said").text_content() == SAID[1], "a still leads to its beat here"
    assert trouble == []
