import math

import av
import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.render.writers import Chapter, open_writer

SUFFIXES = ["mp4", "webm"]


def disc_clip(pictures=20, height=90, width=160):
    ys, xs = np.mgrid[:height, :width]
    for n in range(pictures):
        near = np.clip(12 - np.hypot(ys - 45, xs - 30 - 4 * n), 0, 1)[..., None]
        rgb = np.array([250, 250, 250]) * (1 - near) + np.array([0, 114, 178]) * near
        yield np.dstack([np.rint(rgb), np.full((height, width), 255)]).astype(np.uint8)


def read(path):
    """Return the frames' times and their RGB, as a player that heeds the color tags shows them."""
    with av.open(str(path)) as file:
        return [(frame.time, frame.to_ndarray(format="rgb24")) for frame in file.decode(video=0)]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_pictures_come_at_their_times_and_look_right(tmp_path, suffix):
    with open_writer(tmp_path / f"a.{suffix}", width=160, height=90, fps=30, variable_rate=True) as sink:
        for frame in disc_clip():
            sink.write(frame, 3)
    shown = read(tmp_path / f"a.{suffix}")
    times = [time for time, _ in shown]
    assert times == pytest.approx([*np.arange(20) * 0.1, 59 / 30], abs=0.002)
    for (_, rgb), frame in zip(shown, disc_clip(), strict=False):
        error = np.mean((rgb.astype(float) - frame[..., :3]) ** 2)
        assert 10 * math.log10(255**2 / error) > 38  # color at half the size costs most of it
    np.testing.assert_allclose(shown[0][1][2, 2], [250, 250, 250], atol=2)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_converting_what_changed_equals_converting_all(tmp_path, suffix):
    for name, box in (("known", (20, 10, 70, 160)), ("unknown", None)):
        with open_writer(tmp_path / f"{name}.{suffix}", width=160, height=90, fps=30) as sink:
            for n, frame in enumerate(disc_clip()):
                sink.write(frame, 1, box if n else None)
    assert (tmp_path / f"known.{suffix}").read_bytes() == (tmp_path / f"unknown.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_pause_is_cheap_and_lasts(tmp_path, suffix):
    sizes = {}
    for seconds in (1, 60):
        path = tmp_path / f"{seconds}.{suffix}"
        with open_writer(path, width=160, height=90, fps=30, variable_rate=True) as sink:
            sink.write(next(disc_clip()), 30 * seconds, None)
        sizes[seconds] = path.stat().st_size
        assert read(path)[-1][0] == pytest.approx(seconds - 1 / 30, abs=0.002)
    assert sizes[60] - sizes[1] < 60 * 100


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_title_and_chapters_are_in_the_file(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    with open_writer(path, width=160, height=90, fps=30, title="Pooling & more") as sink:
        for frame in disc_clip():
            sink.write(frame, 6)
        sink.chapters += [Chapter(0, 1.5, "Before"), Chapter(1.5, 4, "After <b>")]
    with av.open(str(path)) as file:
        assert file.metadata["title"] == "Pooling & more"
        chapters = file.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["Before", "After <b>"]
        assert [float(chapter["start"] * chapter["time_base"]) for chapter in chapters] == [0, 1.5]


def test_an_mp4_plays_while_it_loads(tmp_path):
    with open_writer(tmp_path / "a.mp4", width=160, height=90, fps=30) as sink:
        for frame in disc_clip():
            sink.write(frame)
    data = (tmp_path / "a.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_file_says_how_its_colors_are_meant(tmp_path, suffix):
    with open_writer(tmp_path / f"a.{suffix}", width=160, height=90, fps=30) as sink:
        sink.write(next(disc_clip()))
    with av.open(str(tmp_path / f"a.{suffix}")) as file:
        frame = next(file.decode(video=0))
        context = file.streams.video[0].codec_context
        assert frame.format.name == "yuv420p"
        assert context.colorspace == 1
        assert context.color_range == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_odd_sizes_are_refused(tmp_path, suffix):
    message = f"^{suffix}: expected even sizes, got 161x90; change the width$"
    with pytest.raises(OptionError, match=message), open_writer(tmp_path / f"a.{suffix}", width=161, height=90, fps=30):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_is_said_meanwhile(tmp_path, caplog, capfd, suffix):
    with open_writer(tmp_path / f"a.{suffix}", width=160, height=90, fps=30, title="Quiet") as sink:
        sink.write(next(disc_clip()), 5)
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")
