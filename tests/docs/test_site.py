"""The documentation as a site: no warning, no broken link, nobody else asked, and nobody shut out."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser import faults, opened, until

pytestmark = pytest.mark.full

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "site"
    script = ROOT / "scripts" / "docs" / "site.py"
    done = subprocess.run(
        [sys.executable, script, folder, "--chapter", "5"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), "a warning is an error"
    return folder


class Page(HTMLParser):
    """The places of a page, where it leads, and what it loads."""

    def __init__(self, path):
        super().__init__()
        self.places, self.leads, self.loads = {""}, [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.places |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.leads.append(found["href"])
        elif tag != "a":
            self.loads += [found[name] for name in ("src", "href", "poster") if found.get(name)]


def test_every_link_leads_somewhere(made):
    pages = {path: Page(path) for path in made.rglob("*.html")}
    assert len(pages) > 25
    lost = []
    for path, page in pages.items():
        for address in page.leads + page.loads:
            parts = urlsplit(address)
            if parts.scheme in ("http", "https", "data", "mailto"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = target.is_file() and (target not in pages or unquote(parts.fragment) in pages[target].places)
            lost += [] if there else [f"{path.name}: {address}"]
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(made):
    for path in made.rglob("*.html"):
        outside = [each for each in Page(path).loads if urlsplit(each).scheme in ("http", "https") or each[:2] == "//"]
        assert outside == [], path.name
    for path in made.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8")), path.name


def test_every_public_function_is_in_the_reference(made):
    from cnnviz import engine, quizzes

    for module in (engine, quizzes):
        page = (made / "reference" / f"{module.__name__.removeprefix('cnnviz.')}.html").read_text(encoding="utf-8")
        missing = [name for name in module.__all__ if not re.search(rf'id="[\w.]*\b{name}"', page)]
        assert missing == []


def test_it_is_searched_from_a_disk(browser, made):
    page, trouble = opened(browser, f"{(made / 'search.html').as_uri()}?q=conv2d", offline=True)
    until(page, "document.querySelectorAll('#search-results li').length > 2")
    assert trouble == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(browser, made, scheme, width):
    for name in ("index.html", "gallery.html", "reference/errors.html"):
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        page, trouble = opened(browser, (made / name).as_uri(), offline=True, bypass_csp=True, **options)
        assert trouble == []
        assert faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
