"""What is in a site, that it asks nobody for anything, and whose files it leaves alone."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import av
import pytest
from PIL import Image

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.site.making import site

TALE = """
from manim import Square
from cnnviz.stage import Scene

class Tale(Scene):
    title = "A tale"

    def tell(self, subject):
        square = Square(3, fill_opacity=1, fill_color="#000000", stroke_width=0)
        self.add(square)
        with self.beat("It is <dark>."):
            self.hold(1)
            square.set_fill("#ff0000")
            self.hold(1)
        with self.beat("Nothing moves & nobody speaks."):
            self.hold(2)
        self.close("It is light.")
"""
SAID = ["It is <dark>.", "Nothing moves & nobody speaks.", "It is light."]
ENGLISH = r"\b(the|and|of|to|Scenes?|Speed|Captions|Play|Option|Next|Check|Concepts|minutes|cells?)\b"
VOID = {"meta", "link", "img", "input", "br"}


class Page(HTMLParser):
    """The elements of a page, their texts, and the addresses it names."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.addresses, self.said = [], [], [], []
        self.feed(text)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        self.addresses += [found[name] for name in ("src", "href", "poster") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["span"] and data.strip():
            self.said.append(data)


@pytest.fixture
def made(tmp_path):
    (tmp_path / "tale.py").write_text(TALE)
    first = site([tmp_path / "tale.py"], tmp_path / "site", title="Tales & <facts>", quality="draft")
    assert first == tmp_path / "site" / "index.html"
    return first.parent


def test_a_page_for_each_scene_with_all_it_says(made):
    page = Page((made / "tale.html").read_text())
    assert [said for said in page.said if said in SAID] == SAID
    items = [found for tag, found in page.tags if tag == "li" and "data-start" in found]
    spans = [(float(each["data-start"]), float(each["data-end"])) for each in items]
    assert spans[:2] == [(0, 2), (2, 4)]
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    with av.open(made / "tale" / "movie.mp4") as movie:
        stream = movie.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in movie.decode(stream)]
        assert len(frames) == round(spans[-1][1] * float(stream.average_rate))
    # A movie plays what the stills show, at the times that the page names.
    for number, (_, end) in enumerate(spans, 1):
        still = Image.open(made / "tale" / f"{number}.png").convert("RGB")
        last = frames[round(end * float(stream.average_rate)) - 1]
        middle = still.width // 2, still.height // 2
        assert still.getpixel(middle) == (255, 0, 0)
        assert last[middle[1], middle[0], 0] > 200 > last[middle[1], middle[0], 1] + 150
    assert (made / "tale" / "transcript.txt").read_text().splitlines()[2:] == SAID
    assert "It is &lt;dark&gt;." in (made / "tale" / "captions.vtt").read_text()


def test_every_address_is_a_file_of_the_site(made):
    assert sorted(path.name for path in made.glob("*.html")) == ["explore.html", "index.html", "tale.html"]
    for path in made.glob("*.html"):
        page = Page(path.read_text())
        assert page.addresses
        for address in page.addresses:
            target = address.partition("#")[0]
            assert not target or (made / target).is_file(), address
    for path in made.rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            assert not re.search(r"https?://|url\(|@import", path.read_text()), path.name


def test_it_reads_without_scripts_and_by_ear(made):
    page = Page((made / "tale.html").read_text())
    (video,) = (found for tag, found in page.tags if tag == "video")
    assert "controls" in video, "the browser's own, until the script is there"
    (controls,) = (found for _, found in page.tags if found.get("class") == "controls")
    assert "hidden" in controls
    assert all("alt" in found for tag, found in page.tags if tag == "img")
    assert all(found.get("aria-label") for tag, found in page.tags if tag == "button")
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert not any(name.startswith("on") or name == "style" for _, found in page.tags for name in found)
    assert "Tales &amp; &lt;facts&gt;" in (made / "index.html").read_text()


def test_only_a_site_makes_room(made, tmp_path):
    movie = (made / "tale" / "movie.mp4").read_bytes()
    site([tmp_path / "tale.py"], made, quality="draft")
    assert (made / "tale" / "movie.mp4").read_bytes() == movie
    (made / "tale" / "notes.txt").write_text("mine")
    with pytest.raises(RenderError) as caught:
        site([tmp_path / "tale.py"], made, quality="draft")
    assert str(caught.value) == (
        f"{made}: expected a new folder, or one with only what its files.txt names in it, got 'tale/notes.txt' there; "
        "choose another"
    )
    assert (made / "tale" / "notes.txt").read_text() == "mine"
    assert (made / "tale.html").is_file()


def test_scenes_of_two_sizes_leave_nothing(tmp_path):
    for name, width in (("wide", 320), ("small", 160)):
        (tmp_path / f"{name}.py").write_text(
            f"from manim import config\nconfig.pixel_width, config.pixel_height = {width}, {width // 2}\n"
            "from manim import Dot, Scene\nclass One(Scene):\n    def construct(self):\n"
            "        self.add(Dot())\n        self.wait(0.2)\n"
        )
    with pytest.raises(OptionError, match=r"site: expected scenes of one size, got several; choose a --quality"):
        site([tmp_path / "wide.py", tmp_path / "small.py"], tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != "") == ["small.py", "wide.py"]
    assert not (tmp_path / "site").exists()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A site in two languages, whose pictures are Spanish."""
    folder = tmp_path_factory.mktemp("both") / "sitio"
    return site(["ch04-s02-max-pooling"], folder, quality="draft", lang=["es", "en"]).parent


def test_a_site_in_another_language(both):
    """Words, titles, concepts, options, questions and what is said; only what is named in code stays."""
    pages = {path.name: path.read_text() for path in both.glob("*.html") if not path.name.endswith(".en.html")}
    assert sorted(pages) == ["ch04-s02-max-pooling.html", "explore.html", "index.html"]
    for text in pages.values():
        assert '<html lang="es">' in text
        assert not re.search(ENGLISH, prose(text))
    assert "1 escena, " in pages["index.html"]
    page = pages["ch04-s02-max-pooling.html"]
    assert "--lang es" in page
    assert "Comprueba lo aprendido" in page
    assert "empates" in page
    assert "El max pooling" in (both / "ch04-s02-max-pooling" / "captions.vtt").read_text()
    assert '"language": "es"' in page
    assert "Fila {row}, columna {column}" in pages["explore.html"]


def test_the_pages_of_a_second_language(both):
    """The same scenes, found by their own words, and one movie for both."""
    index, page = (Page((both / f"{name}.en.html").read_text()) for name in ("index", "ch04-s02-max-pooling"))
    (card,) = (found for _, found in index.tags if "data-words" in found)
    assert "arg-max" in card["data-words"]
    assert "empates" not in card["data-words"]
    for other, each in (("index.html", index), ("ch04-s02-max-pooling.html", page)):
        assert each.tags[0] == ("html", {"lang": "en"})
        links = {found["lang"]: found["href"] for tag, found in each.tags if tag == "a" and "lang" in found}
        assert links == {"es": other, "en": other.replace(".html", ".en.html")}
        assert {"rel": "alternate", "hreflang": "es", "href": other} in [found for _, found in each.tags]
    inside = {address for address in page.addresses if address.endswith(".html")}
    assert inside == {"index.en.html", "ch04-s02-max-pooling.html", "ch04-s02-max-pooling.en.html"}
    told = (both / "ch04-s02-max-pooling.en.html").read_text()
    assert "--lang" not in told
    assert "Check yourself" in told
    assert len([*both.rglob("movie*.mp4")]) == 1


def test_each_beat_has_its_sentence_in_each_language_and_can_be_read(both):
    spans, said = [], {"es": [], "en": []}
    for _, found in Page((both / "ch04-s02-max-pooling.html").read_text()).tags:
        if "data-start" in found:
            spans.append(float(found["data-end"]) - float(found["data-start"]))
        if found.get("class") == "said":
            assert ("hidden" in found) == (found["lang"] == "en")
    for language in said:
        text = (both / "ch04-s02-max-pooling" / f"captions{'.en' * (language == 'en')}.vtt").read_text()
        said[language] = [block.split("\n", 1)[1] for block in text.split("\n\n")[1:] if "-->" in block]
    assert len(said["es"]) == len(said["en"]) == len(spans) > 5
    assert any("largest" in text for text in said["en"])
    for pair, seconds in zip(zip(*said.values(), strict=True), spans, strict=True):
        assert seconds >= max(len(" ".join(text.split())) for text in pair) / 17 - 0.3, pair


def prose(page):
    """What a page says: neither scripts, nor what is code, nor marks."""
    page = re.sub(r'<span class="said"[^>]*hidden="hidden">[^<]*</span>', "", page)
    page = re.sub(r"<nav[^>]*class=\"tongues\".*?</nav>|<option[^>]*lang=.*?</option>", "", page)
    page = re.sub(r"<(script|style|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    said = re.findall(r'(?:title|aria-label|alt|content|placeholder)="([^"]*)"', page)
    return "\n".join([*said, re.sub(r"<[^>]*>", "\n", page)])
