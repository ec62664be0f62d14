"""The pages of a site in Chromium: keys, clicks, captions, a host without ranges, no scripts, and what axe says."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cnnviz.render.catalog import find, scenes
from cnnviz.render.site.asked import questions_of
from cnnviz.render.site.edition import Edition
from cnnviz.render.site.index import index_page
from cnnviz.render.site.making import site
from cnnviz.render.site.scene import Told
from cnnviz.render.site.talk import Talk
from tests.browser import faults, opened, until
from tests.render.site.test_site import SAID, TALE

pytestmark = pytest.mark.full

SCENE = "ch04-s02-max-pooling"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tales")
    (folder / "tale.py").write_text(TALE)
    return site([folder / "tale.py", SCENE], folder / "site", quality="draft", lang=["en", "es"]).parent


PLAYS, TIME = "!document.querySelector('video').paused", "document.querySelector('video').currentTime"
READY = "document.querySelector('video').readyState >= 2"


def told(page):
    """Return what the caption says, and the sentence of the transcript that is marked."""
    return page.locator(".caption").text_content(), page.locator("[aria-current] .said:not([hidden])").text_content()


def walked(page):
    """Go through the tale by keys."""
    until(page, READY)
    assert told(page) == (SAID[0],) * 2
    page.keyboard.press("ArrowRight")
    until(page, PLAYS)
    until(page, f"!({PLAYS})")
    assert 1.9 < page.evaluate(TIME) < 2, "it stops with the last picture of the beat"
    assert told(page) == (SAID[0],) * 2
    page.keyboard.press("ArrowRight")
    until(page, f"{PLAYS} && {TIME} > 2")
    page.keyboard.press("ArrowRight")  # ends what plays
    until(page, f"!({PLAYS}) && {TIME} > 3.9")
    assert told(page) == (SAID[1],) * 2
    page.keyboard.press("ArrowLeft")
    until(page, f"Math.abs({TIME} - 2) < 0.1")
    page.keyboard.press("ArrowLeft")
    until(page, f"{TIME} < 0.1")
    page.keyboard.press("End")
    until(page, f"{TIME} > 4")
    assert told(page) == (SAID[2],) * 2


def test_keys(browser, made):
    page, trouble = opened(browser, (made / "tale.html").as_uri(), offline=True)
    walked(page)
    page.keyboard.press("c")
    assert page.locator(".caption").evaluate("it => it.offsetWidth") == 1, "for ears only"
    page.keyboard.press(">")
    assert page.evaluate("document.querySelector('video').playbackRate") == 1.25
    page.keyboard.press("s")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    until(page, f"{PLAYS} && {TIME} > 2.2")  # it does not stop
    assert trouble == []


def test_the_transcript_leads_to_its_place(browser, made):
    page, trouble = opened(browser, (made / "tale.html").as_uri(), offline=True)
    until(page, READY)
    page.locator(".beats .said").nth(1).click()
    until(page, f"Math.abs({TIME} - 2) < 0.1")
    assert told(page) == (SAID[1],) * 2
    page.locator(".beats .jump").nth(2).press("Enter")
    until(page, f"{TIME} >= 4")
    page.locator(".bar").fill("0.2")
    until(page, f"Math.abs({TIME} - 0.2) < 0.05")
    assert page.locator(".clock").text_content().startswith("0:00 / 0:0")
    assert trouble == []


def test_less_motion_shows_what_beats_come_to(browser, made):
    page, trouble = opened(browser, (made / "tale.html").as_uri(), reduced_motion="reduce")
    until(page, READY)
    for number, end in enumerate((2, 4)):
        page.keyboard.press("ArrowRight")
        until(page, f"Math.abs({TIME} - {end}) < 0.1")
        assert not page.evaluate(PLAYS)
        assert told(page) == (SAID[number],) * 2
    assert trouble == []


class Whole(SimpleHTTPRequestHandler):
    """A host that sends whole files, as Python's own does, and says nothing."""

    def log_message(self, *_):
        pass


def test_a_host_that_sends_only_whole_files(browser, made):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Whole, directory=made)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, trouble = opened(browser, f"http://127.0.0.1:{server.server_port}/tale.html")
        walked(page)
        assert trouble == []
        page.close()
        server.shutdown()


def test_without_scripts_it_is_a_movie_and_a_document(browser, made):
    page, _ = opened(browser, (made / "tale.html").as_uri(), java_script_enabled=False)
    assert page.locator(".beats .said").all_text_contents() == SAID
    assert page.locator(".beats img").first.is_visible()
    assert not page.locator(".controls").is_visible()


def test_scenes_are_found_by_concept_and_by_what_is_said(browser, made):
    page, trouble = opened(browser, (made / "index.html").as_uri(), offline=True)
    seen = page.locator(".cards li:visible h3")
    assert seen.all_text_contents() == ["tale", "Max pooling"]
    for word, titles, told in (
        ("TIES", ["Max pooling"], "1 scene"),
        ("nobody speaks", ["tale"], "1 scene"),
        ("<b>", [], "no scenes"),
        ("", ["tale", "Max pooling"], ""),
    ):
        page.locator("#word").fill(word)
        assert seen.all_text_contents() == titles
        assert page.locator("#found").text_content() == told
    assert page.locator(".chapter:visible").count() == 2
    page.goto((made / f"{SCENE}.html").as_uri())
    page.locator(".tags a", has_text="arg-max").click()
    until(page, "document.getElementById('word').value === 'arg-max'")
    assert seen.all_text_contents() == ["Max pooling"]
    assert trouble == []


def test_captions_and_transcript_in_another_language(browser, made):
    page, trouble = opened(browser, (made / f"{SCENE}.html").as_uri(), offline=True)
    until(page, READY)
    page.keyboard.press("ArrowRight")
    until(page, PLAYS)
    until(page, f"!({PLAYS})")
    english, time = told(page), page.evaluate(TIME)
    page.locator(".tongue").select_option(label="Español")
    assert english[0] == english[1] != told(page)[0] == page.locator("[aria-current] [lang=es]").text_content()
    assert page.locator(".caption").get_attribute("lang") == "es"
    seen = page.locator(".beats .said:visible")
    assert seen.count() == page.locator(".beats li").count()
    assert {seen.nth(i).get_attribute("lang") for i in range(seen.count())} == {"es"}
    assert page.evaluate(TIME) == time
    page.keyboard.press("l")
    assert page.locator(".caption").text_content() == english[0]
    assert page.locator(".tongue").input_value() == "en"
    page.locator(".tongues a", has_text="Español").click()
    until(page, "document.documentElement.lang === 'es'")
    assert page.locator(".tongue").input_value() == "es"
    assert page.locator(".caption").text_content() == page.locator("[aria-current] [lang=es]").text_content()
    page.locator(".top a").first.click()
    until(page, "document.getElementById('word') !== null")
    for word, titles in (("empates", ["Max pooling"]), ("ties", [])):
        page.locator("#word").fill(word)
        assert page.locator(".cards li:visible h3").all_text_contents() == titles
    assert trouble == []


def test_questions_are_asked_below_the_player(browser, made):
    page, trouble = opened(browser, (made / f"{SCENE}.html").as_uri(), offline=True)
    for number, question in enumerate(questions_of(find(SCENE)), 1):
        section = page.locator(f"#q{number}")
        section.locator("input").nth([choice.correct for choice in question.choices].index(True)).press("Space")
        section.locator(".check").press("Enter")
        assert section.get_attribute("class") == "right"
        assert page.locator("#score").text_content() == f"{number} of 2 right"
    assert page.evaluate(f"!({PLAYS}) && {TIME} === 0"), "keys of the questions are not the player's"
    assert trouble == []


def test_a_layer_is_explored(browser, made):
    page, trouble = opened(browser, (made / "explore.html").as_uri())
    page.locator("figure canvas").nth(1).hover(position={"x": 5, "y": 5})
    assert page.locator(".sum").text_content().startswith("Row 1, column 1: 0 × (−1) + 0 × 0 + 10 × 1 + ")
    assert trouble == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_list_of_all_scenes_fits(browser, made, tmp_path, width):
    """Without their movies: many chapters, and concepts that many scenes teach."""
    shutil.copy(made / "site.css", tmp_path)
    every, edition = scenes(), Edition("All of it", "es", ("en", "es"))
    talks = [Talk(entry.spoken("es").title, (), 854, 480, 15, True, "es") for entry in every]
    told = [Told(entry.slug, entry.slug, talk, entry, edition) for entry, talk in zip(every, talks, strict=True)]
    (tmp_path / "index.html").write_text(index_page(told), encoding="utf-8")
    page, _ = opened(
        browser, (tmp_path / "index.html").as_uri(), viewport={"width": width, "height": 800}, bypass_csp=True
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".chapters a").last.click()
    until(page, "Math.abs(document.querySelectorAll('.chapter')[11].getBoundingClientRect().top) < 300")
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(browser, made, scheme, width):
    for name in ("index.html", "index.es.html", "explore.html", "tale.html", f"{SCENE}.html", f"{SCENE}.es.html"):
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        page, _ = opened(browser, (made / name).as_uri(), bypass_csp=True, **options)
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") == width
