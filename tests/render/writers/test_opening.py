from fractions import Fraction

import numpy as np
import pytest

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.writers import FORMATS, open_writer


def write(path, name, *, levels=20, then=lambda _: None):
    with open_writer(path, format=name, width=64, height=64, fps=10) as sink:
        for level in range(levels):
            sink.write(np.full((64, 64, 4), level, np.uint8))
        then(sink)


def test_an_unknown_format_lists_the_known_ones(tmp_path):
    with pytest.raises(OptionError) as caught, open_writer("a.bmp", width=4, height=4, fps=10):
        pass
    assert str(caught.value) == (
        "a.bmp: expected a format of gif, mp4, webm, webp, apng, png, frames, got 'bmp'; "
        "change the suffix or the format"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_clip_without_frames_is_refused_and_leaves_nothing(tmp_path, name):
    with pytest.raises(RenderError) as caught:
        write(tmp_path / "deep" / f"a.{name}", name, levels=0)
    assert str(caught.value) == f"{name}: expected one frame or more, got none; let the scene show something"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_scene_that_raises_leaves_the_earlier_file(tmp_path, name):
    target = tmp_path / f"a.{name}"
    if name == "frames":
        target.mkdir()
    kept = target / "00001.png" if name == "frames" else target
    kept.write_bytes(b"earlier")
    with pytest.raises(ZeroDivisionError):
        write(target, name, then=lambda _: 1 / 0)
    assert kept.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_damaged_before_the_check_never_arrives(tmp_path, name):
    def damage_when_finished(sink):
        finish = sink.finish

        def damage():
            finish()
            file = max(sink.path.glob("*")) if name == "frames" else sink.path
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

        sink.finish = damage

    with pytest.raises(RenderError, match=rf"^{name}: expected .*; run it again$"):
        write(tmp_path / f"a.{name}", name, then=damage_when_finished)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"width": 0}, "clip: expected 1 to 16384 pixels each way, got width=0, height=4"),
        ({"height": 20000}, "clip: expected 1 to 16384 pixels each way, got width=4, height=20000"),
        ({"fps": 0}, "clip: expected 0.1 to 1000 frames a second, got fps=0"),
        ({"fps": float("nan")}, "clip: expected 0.1 to 1000 frames a second, got fps=nan"),
    ],
)
def test_values_out_of_range_are_refused(tmp_path, values, message):
    with (
        pytest.raises(OptionError) as caught,
        open_writer(tmp_path / "a.gif", **({"width": 4, "height": 4, "fps": 10} | values)),
    ):
        pass
    assert str(caught.value) == message


def test_a_frame_that_stays_for_no_time_is_refused(tmp_path):
    with (
        pytest.raises(OptionError, match=r"^writer: expected a frame to stay 1 frame period or more, got 0$"),
        open_writer(tmp_path / "a.gif", width=4, height=4, fps=10) as sink,
    ):
        sink.write(np.zeros((4, 4, 4), np.uint8), 0, None)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("fps", [0.1, 0.7, Fraction(24000, 1001), Fraction(120000, 1001), 999.999])
def test_every_rate_gives_a_file_that_passes_its_check(tmp_path, name, fps):
    with open_writer(tmp_path / f"a.{name}", format=name, width=6, height=6, fps=fps) as sink:
        for level in (0, 90, 90, 200):
            sink.write(np.full((6, 6, 4), level, np.uint8), 2, None)
    assert sink.frames == 8


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("width", "height"), [(2, 2), (34, 18), (160, 90), (2, 1000)])
def test_every_even_size_gives_a_file_that_passes_its_check(tmp_path, name, width, height):
    rng = np.random.default_rng(0)
    with open_writer(tmp_path / f"a.{name}", format=name, width=width, height=height, fps=10) as sink:
        for _ in range(3):
            sink.write(rng.integers(0, 256, (height, width, 4), np.uint8))
    assert sink.frames == 3
