"""Where slides begin, what is in a deck, and that each kind of file holds it."""

import io
import json
import shutil
import subprocess
import sys
import zipfile

import av
import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import OptionError
from cnnviz.render import render
from cnnviz.render.slides.making import parts, slides
from tests.browser import opened, until

TALE = """
from manim import Square
from cnnviz.stage import Scene

class Tale(Scene):
    title = "A tale"

    def tell(self, subject):
        square = Square(3, fill_opacity=1, fill_color="#000000", stroke_width=0)
        self.add(square)
        with self.beat("It is <dark>.", name="Night"):
            self.hold(1)
            square.set_fill("#ff0000")
            self.hold(1)
        with self.beat("Nothing moves & nobody speaks."):
            self.hold(2)
        self.close("It is light.")
"""
PLAIN = """
from manim import RIGHT, Dot, Scene

class Plain(Scene):
    def construct(self):
        dot = Dot()
        self.add(dot)
        self.play(dot.animate.shift(RIGHT), run_time=0.5)
        self.wait(0.5)
        self.wait(0.5)
        self.next_section("Second")
        self.add_subcaption("Again.", duration=0.5)
        self.play(dot.animate.shift(RIGHT), run_time=0.5)
        self.play(dot.animate.shift(RIGHT), run_time=1)
"""
LONG = "It takes three seconds to read this, not two of it."
SAID = ["It is <dark>.", "Nothing moves & nobody speaks.", "It is light."]


@pytest.fixture
def tale(tmp_path):
    (tmp_path / "tale.py").write_text(TALE)
    return tmp_path / "tale.py"


@pytest.fixture
def plain(tmp_path):
    (tmp_path / "plain.py").write_text(PLAIN)
    return tmp_path / "plain.py"


def pieces(scene, kind="slides"):
    made = render(scene, format=kind, width=160, fps=10, captions="none", path=scene.with_suffix(f".{kind}"))
    with zipfile.ZipFile(made.path) as file:
        listed = json.loads(file.read("slides.json"))
        return listed, {name: file.read(name) for name in file.namelist()}


def test_a_slide_for_each_beat_and_its_last_picture(tale):
    listed, files = pieces(tale)
    assert [each["text"] for each in listed] == SAID
    assert [each["seconds"] for each in listed[:2]] == [2.0, 2.0]
    for number, each in enumerate(listed):
        with av.open(io.BytesIO(files[f"{number}.mp4"])) as movie:
            frames = [frame.to_ndarray(format="rgb24") for frame in movie.decode(video=0)]
        assert len(frames) == round(10 * each["seconds"])
        poster = Image.open(io.BytesIO(files[f"{number}.png"]))
        assert poster.size == (160, 90)
        assert poster.getpixel((80, 45)) == (255, 0, 0), "the picture it comes to"
        assert (frames[0][45, 80, 0] < 60) == (number == 0)
        assert frames[-1][45, 80, 0] > 200


def test_what_goes_before_the_next_sentence_goes_after_the_slide(tmp_path):
    (tmp_path / "gone.py").write_text(
        TALE.replace('        self.close("It', '        self.vanish(square)\n        self.close("It')
    )
    listed, files = pieces(tmp_path / "gone.py")
    assert [each["text"] for each in listed] == SAID
    middles = [Image.open(io.BytesIO(files[f"{number}.png"])).getpixel((80, 45)) for number in range(3)]
    assert middles[:2] == [(255, 0, 0)] * 2, "they stop with what they speak of"
    assert middles[2] != (255, 0, 0)


def test_no_slide_stops_in_the_middle_of_a_trace(tmp_path):
    (tmp_path / "traced.py").write_text(TALE.replace('"Nothing moves & nobody speaks."', f'"{LONG}", focus=square'))
    listed, files = pieces(tmp_path / "traced.py")
    assert listed[1]["seconds"] == 3.0
    with av.open(io.BytesIO(files["1.mp4"])) as movie:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in movie.decode(video=0)]
    assert max(abs(frame - frames[-1]).max() for frame in frames) > 60, "something runs around the square"
    posters = [np.asarray(Image.open(io.BytesIO(files[f"{number}.png"])), int) for number in (1, 2)]
    assert (posters[0] == posters[1]).all(), "and is gone at the end"


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("slides", [(1.5, "", ""), (1.5, "Second", "Again.")]),
        ("animations", [(1.5, "", ""), (0.5, "Second", "Again."), (1.0, "", "")]),
    ],
)
def test_any_manim_file_by_its_sections_or_animations(plain, kind, found):
    listed, _ = pieces(plain, kind)
    assert [(each["seconds"], each["title"], each["text"]) for each in listed] == found


def test_a_page_that_holds_all(tale, tmp_path):
    page = slides([tale], tmp_path / "a.html", quality="draft").read_text()
    assert page.count('<script id="m') == page.count("<section") == 3
    assert "<p>It is &lt;dark&gt;.</p>" in page
    assert "Nothing moves &amp; nobody speaks." in page
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


def test_powerpoint(tale, tmp_path):
    from pptx import Presentation

    show = Presentation(slides([tale], tmp_path / "a.pptx", quality="draft"))
    assert [page.notes_slide.notes_text_frame.text for page in show.slides] == SAID
    for page, said in zip(show.slides, SAID, strict=True):
        assert page.shapes.title.text == "tale"
        (movie,) = (shape for shape in page.shapes if shape.shape_type is not None and "MEDIA" in str(shape.shape_type))
        assert movie._element.nvPicPr.cNvPr.get("descr") == f"tale. {said}"
        assert f'spid="{movie.shape_id}"' in page._element.xml
        kinds = [part.target_part.content_type for part in page.part.rels.values() if not part.is_external]
        assert "video/mp4" in kinds


def test_paper_is_tagged_and_the_same_each_time(tale, tmp_path):
    first, second = (slides([tale], tmp_path / f"{name}.pdf", quality="draft").read_bytes() for name in "ab")
    assert first == second
    assert first.startswith(b"%PDF-")
    assert b"/Marked true" in first


def test_a_card_stands_before_a_chapter():
    assert [part.mark for part in parts(["ch04-s01-relu", "ch04-s02-max-pooling"])] == [
        "4 · Activation and pooling",
        "ReLU",
        "Max pooling",
    ]
    assert [part.mark for part in parts(["ch04-s01-relu"])] == ["ReLU"]


def test_wrong_calls_leave_nothing(tale, tmp_path, monkeypatch):
    with pytest.raises(OptionError, match=r"slides: expected a file name that ends in .html, .pptx or .pdf, got"):
        slides([tale], tmp_path / "a.key")
    monkeypatch.setitem(sys.modules, "pptx", None)
    monkeypatch.setattr("cnnviz.render.slides.making.find_spec", lambda _: None)
    with pytest.raises(OptionError, match=r"slides: expected python-pptx for a .pptx, found none; pip install"):
        slides([tale], tmp_path / "a.pptx")
    assert [path.name for path in tmp_path.iterdir()] == ["tale.py"]


@pytest.mark.full
def test_keys_in_a_browser(browser, tale, tmp_path):
    made = slides([tale], tmp_path / "a.html", quality="draft")
    page, trouble = opened(browser, made.as_uri(), offline=True)
    until(page, "playing()")
    page.keyboard.press("ArrowRight")  # ends what plays
    until(page, "!playing() && at === 0")
    page.keyboard.press("Space")
    until(page, "playing() && at === 1")
    until(page, "video.ended")
    assert page.evaluate("at") == 1, "it stops at its end"
    page.keyboard.press("ArrowLeft")
    until(page, "!playing() && at === 0")
    page.keyboard.press("b")
    assert page.evaluate("stage.classList.contains('dark')")
    page.keyboard.press("b")
    page.keyboard.press("l")
    until(page, "playing() && video.loop")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    assert speaker.locator(".notes").text_content() == SAID[0]
    speaker.keyboard.press("End")
    until(page, "at === 2")
    assert speaker.locator(".notes").text_content() == SAID[2]
    assert trouble == []


@pytest.mark.full
def test_libreoffice_opens_the_file(tale, tmp_path):
    office = shutil.which("soffice")
    assert office, "expected LibreOffice; scripts/setup full installs it"
    made = slides([tale], tmp_path / "a.pptx", quality="draft")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, made], check=True, capture_output=True, timeout=300)
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Type/Page/") == 3
