"""Scenes in one movie: nothing lost at the seams, marks and captions where the scenes are."""

import av
import numpy as np
import pytest
from PIL import Image

from cnnviz.errors import OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.catalog import load_scene, scenes, scenes_folder
from cnnviz.render.lecture import parts_of, render_lecture
from cnnviz.render.writers import open_writer
from cnnviz.render.writers.splice import splice
from tests.scenes.watch import watch

CHAPTER = [entry for entry in scenes() if entry.chapter_number == 1]
FEW = CHAPTER[:2]


@pytest.fixture(scope="module")
def lecture(tmp_path_factory):
    path = tmp_path_factory.mktemp("lecture") / "all.mp4"
    return render_lecture(parts_of(FEW), path, width=160, fps=4)


def test_a_card_stands_before_each_chapter():
    parts = parts_of(scenes())
    chapters = list(dict.fromkeys(entry.chapter for entry in scenes()))
    assert [part.mark for part in parts if "TitleCard" in part.target] == chapters
    assert len(parts) == len(scenes()) + len(chapters)
    assert parts[0].options == {"heading": "1 · Images", "lines": tuple(entry.title for entry in CHAPTER)}


def test_marks_are_where_the_scenes_begin(lecture):
    with av.open(str(lecture.path)) as file:
        marks = file.chapters()
        assert file.metadata["title"] == "How a convolutional network works"
        assert float(file.duration / av.time_base) == pytest.approx(lecture.seconds, abs=0.3)
    assert [mark["metadata"]["title"] for mark in marks] == ["1 · Images", *(entry.title for entry in FEW)]
    ends = [mark["end"] for mark in marks]
    assert [mark["start"] for mark in marks] == [0, *ends[:-1]]
    assert ends[-1] == round(1000 * lecture.seconds)


def test_captions_run_through(lecture):
    assert [file.suffix for file in lecture.beside] == [".srt", ".vtt", ".txt"]
    starts = [line.start for line in lecture.said]
    assert starts == sorted(starts)
    assert lecture.said[0].start > 3  # after the card
    last = watch(load_scene(FEW[-1].path, FEW[-1].class_name), drawn=False).scene
    assert lecture.said[-1].text == last.beats[-1].text
    assert lecture.said[-1].end == pytest.approx(lecture.seconds, abs=0.3)


def test_nothing_else_is_left(lecture):
    assert {file.name for file in lecture.path.parent.iterdir()} == {
        "all.mp4",
        "all.srt",
        "all.vtt",
        "all.transcript.txt",
    }


def test_only_movies_have_chapters(tmp_path):
    with pytest.raises(OptionError) as caught:
        render_lecture(parts_of(CHAPTER), tmp_path / "a.gif")
    assert str(caught.value) == (
        "concat: expected a file that ends in .mp4 or .webm, got 'a.gif'; only movies have chapters"
    )


def clip(path, *, width, shades):
    picture = np.zeros((32, width, 4), np.uint8)
    with open_writer(path, width=width, height=32, fps=10) as sink:
        for shade in shades:
            picture[:] = shade
            sink.write(picture.copy(), frames=3)
    return path, len(shades) * 0.3


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_pictures_follow_each_other_in_time(tmp_path, kind):
    parts = [
        clip(tmp_path / f"{i}.{kind}", width=64, shades=shades) for i, shades in enumerate([(0, 200), (90,), (250, 30)])
    ]
    splice(parts, tmp_path / f"all.{kind}")
    with av.open(str(tmp_path / f"all.{kind}")) as file:
        seen = {round(float(frame.time), 2): frame.to_ndarray(format="gray").mean() for frame in file.decode(video=0)}
    shades = [seen[time] for time in (0.0, 0.3, 0.6, 0.9, 1.2)]
    assert np.argsort(shades).tolist() == [0, 4, 2, 1, 3]


def test_parts_of_two_sizes_are_refused(tmp_path):
    parts = [clip(tmp_path / "a.mp4", width=64, shades=(0,)), clip(tmp_path / "b.mp4", width=32, shades=(0,))]
    with pytest.raises(RenderError, match=r"expected parts of one size and encoding, but b\.mp4 differs"):
        splice(parts, tmp_path / "all.mp4")


@pytest.mark.parametrize("aspect", ["16:9", "4:3", "1:1", "9:16"])
def test_a_title_card_fits_into_each_frame(tmp_path, aspect):
    card = f"{scenes_folder()}/title_card.py:TitleCard"
    words = {"heading": "3 · Borders and strides", "lines": ["A title of a scene that goes on and on, and on", "Next"]}
    made = render(card, format="png", quality="draft", aspect=aspect, path=tmp_path / "card.png", cache=False, **words)
    with Image.open(made.path) as image:
        drawn = np.asarray(image.convert("L")) > 60
    assert drawn[:, 20:-20].any(axis=0).sum() > 250
    assert not drawn[:, :20].any()
    assert not drawn[:, -20:].any()
