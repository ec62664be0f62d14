import math
from fractions import Fraction

import numpy as np
import pytest

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.writers import open_writer
from cnnviz.render.writers.gif import ticks
from cnnviz.render.writers.gif_stream import delays


def gradient_clip(pictures=6, height=60, width=80):
    """A soft disc with thousands of colors that wanders over a flat ground: what antialiasing gives."""
    ys, xs = np.mgrid[:height, :width]
    for n in range(pictures):
        near = np.clip(1.5 - np.hypot(ys - height / 2, xs - 20 - 6 * n) / 14, 0, 1)[..., None]
        rgb = np.array([20, 22, 30]) * (1 - near) + np.array([230, 159, 3 * n]) * near
        yield np.dstack([np.rint(rgb), np.full((height, width), 255)]).astype(np.uint8)


def write(path, frames, fps=25, **options):
    frames = list(frames)
    height, width = frames[0].shape[:2]
    with open_writer(path, width=width, height=height, fps=fps, **options) as sink:
        for frame in frames:
            sink.write(frame)
    return sink


def psnr(shown, frames):
    errors = [np.mean((rgb.astype(float) - frame[..., :3]) ** 2) for rgb, frame in zip(shown, frames, strict=True)]
    return 10 * math.log10(255**2 / np.mean(errors))


def test_256_colors_are_exact_and_leave_no_room_for_a_clear_one(clips, tmp_path):
    frame = np.zeros((16, 16, 4), np.uint8)
    frame[..., 0] = np.arange(256).reshape(16, 16)
    changed = frame.copy()
    changed[3:9, 4:12] = frame[0, 0]
    sink = write(tmp_path / "a.gif", [frame, changed])
    assert sink.palette.psnr == math.inf
    shown = clips.read(tmp_path / "a.gif")
    np.testing.assert_array_equal(shown[0][0], frame[..., :3])
    np.testing.assert_array_equal(shown[1][0], changed[..., :3])


def test_257_colors_lose_almost_nothing(clips, tmp_path):
    frame = np.zeros((1, 257, 4), np.uint8)
    frame[0, :256, 0] = np.arange(256)
    frame[0, 256, 1] = 1
    sink = write(tmp_path / "a.gif", [frame])
    assert 50 < sink.palette.psnr < math.inf


def test_antialiased_content_keeps_46_db_and_its_flat_colors(clips, tmp_path):
    frames = list(gradient_clip())
    sink = write(tmp_path / "a.gif", frames)
    shown = [rgb for rgb, _ in clips.read(tmp_path / "a.gif")]
    measured = psnr(shown, frames)
    assert measured >= 46
    assert sink.palette.psnr == pytest.approx(measured, abs=0.5)
    np.testing.assert_array_equal(shown[0][0, 0], [20, 22, 30])


def test_the_measure_of_fidelity_can_fail(clips, tmp_path):
    frames = list(gradient_clip())
    write(tmp_path / "a.gif", frames, colors=8)
    assert psnr([rgb for rgb, _ in clips.read(tmp_path / "a.gif")], frames) < 40


def test_dithering_brings_areas_nearer_to_their_color(clips, tmp_path):
    ramp = np.zeros((32, 128, 4), np.uint8)
    ramp[..., :3] = np.arange(128)[:, None] * 2
    means = {}
    for dither in (False, True):
        write(tmp_path / "a.gif", [ramp], colors=6, dither=dither)
        seen = clips.read(tmp_path / "a.gif")[0][0].astype(float)
        blocks = seen.reshape(4, 8, 16, 8, 3).mean(axis=(1, 3))
        true = ramp[..., :3].astype(float).reshape(4, 8, 16, 8, 3).mean(axis=(1, 3))
        means[dither] = np.abs(blocks - true).mean()
    assert means[True] < 0.5 * means[False]


def test_dithering_leaves_exact_colors_alone(clips, tmp_path):
    clip = clips.draw(0, colors=5)
    plain = write(tmp_path / "plain.gif", [frame for frame, _, _ in clip])
    mixed = write(tmp_path / "mixed.gif", [frame for frame, _, _ in clip], dither=True)
    assert plain.palette.psnr == mixed.palette.psnr == math.inf
    assert (tmp_path / "plain.gif").read_bytes() == (tmp_path / "mixed.gif").read_bytes()


@pytest.mark.parametrize("fps", [1, 7, 12, 15, 24, 29.97, 30, 48, 50, 60, 75, 120])
def test_the_clip_lasts_its_true_time(clips, tmp_path, fps):
    write(tmp_path / "a.gif", gradient_clip(60, 8, 8 * 60), fps=fps)
    seconds = [seconds for _, seconds in clips.read(tmp_path / "a.gif")]
    assert abs(sum(seconds) - 60 / Fraction(fps)) <= Fraction(2, 100)
    assert min(seconds) >= Fraction(2, 100)


@pytest.mark.parametrize("fps", [60, 120])
def test_fast_clips_show_a_picture_every_two_hundredths(clips, tmp_path, fps):
    write(tmp_path / "a.gif", gradient_clip(60, 8, 8 * 60), fps=fps)
    seconds = [seconds for _, seconds in clips.read(tmp_path / "a.gif")]
    assert set(seconds) == {Fraction(2, 100)}
    assert len(seconds) - 60 * 50 // fps in (0, 1)  # the last picture is shown in any case


def test_rounding_is_carried_forward():
    assert [ticks(n + 1, Fraction(30)) - ticks(n, Fraction(30)) for n in range(6)] == [3, 4, 3, 3, 4, 3]


def test_the_last_picture_is_shown_even_where_it_comes_too_late(clips, tmp_path):
    frames = list(gradient_clip(4))
    write(tmp_path / "a.gif", frames, fps=120)
    last, _ = clips.read(tmp_path / "a.gif")[-1]
    assert np.abs(last.astype(int) - frames[-1][..., :3]).max() < 12


@pytest.mark.parametrize(("seconds", "pictures"), [(655, 1), (655.36, 2), (2000, 4)])
def test_a_long_pause_is_split(clips, tmp_path, seconds, pictures):
    frame = next(gradient_clip())
    with open_writer(tmp_path / "a.gif", width=80, height=60, fps=25) as sink:
        sink.write(frame, round(25 * seconds), None)
    found = delays((tmp_path / "a.gif").read_bytes())
    assert sum(found) == round(100 * seconds)
    assert len(found) == pictures
    assert min(found) >= 2


def test_it_loops_for_ever(clips, tmp_path):
    write(tmp_path / "a.gif", gradient_clip())
    assert b"NETSCAPE2.0\x03\x01\x00\x00\x00" in (tmp_path / "a.gif").read_bytes()


def test_small_changes_make_small_files(clips, tmp_path):
    still, moving = tmp_path / "still.gif", tmp_path / "moving.gif"
    frame = next(gradient_clip(1, 240, 320))
    write(still, [frame])
    frames = [frame.copy() for _ in range(20)]
    for n, copy in enumerate(frames):
        copy[200:204, 10 * n : 10 * n + 4] = 255
    write(moving, frames)
    assert moving.stat().st_size - still.stat().st_size < 20 * 60


def test_pictures_that_differ_by_less_than_the_palette_can_show_become_one(tmp_path):
    frame = np.zeros((20, 300, 4), np.uint8)
    frame[..., 0] = np.arange(300) % 256
    frame[:, 256:, 1] = 200
    other = frame.copy()
    other[0, 0, 2] = 1
    assert write(tmp_path / "a.gif", [frame, other], colors=4).pictures == 1


def test_memory_does_not_grow_with_the_clip(tmp_path):
    sizes = {}
    for pictures in (50, 500):
        with open_writer(tmp_path / "a.gif", width=80, height=60, fps=25) as sink:
            for n in range(pictures):
                frame = np.zeros((60, 80, 4), np.uint8)
                frame[n % 50 : n % 50 + 8, 5:50] = n % 199
                sink.write(frame)
            sizes[pictures] = sink._tape._file.tell() / pictures
    assert sizes[500] < 150  # bytes on the tape for each change, a hundredth of the picture


def test_a_wrong_size_is_refused(tmp_path):
    with (
        pytest.raises(RenderError) as caught,
        open_writer(tmp_path / "a.gif", width=80, height=60, fps=25) as sink,
    ):
        sink.write(np.zeros((61, 80, 4), np.uint8))
    assert str(caught.value) == (
        "writer: expected frames of uint8 (height=60, width=80, 4), got uint8 (61, 80, 4); "
        "render every frame of a clip at one size"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("colors", [1, 257])
def test_a_palette_out_of_range_is_refused(tmp_path, colors):
    with (
        pytest.raises(OptionError, match=rf"^gif: expected 2 to 256 colors, got {colors}$"),
        open_writer(tmp_path / "a.gif", width=80, height=60, fps=25, colors=colors),
    ):
        pass


@pytest.mark.parametrize("cut", range(10, 400, 13))
def test_the_walk_over_blocks_notices_every_cut(tmp_path, cut):
    write(tmp_path / "a.gif", gradient_clip())
    data = (tmp_path / "a.gif").read_bytes()
    with pytest.raises(ValueError, match=r"cut short|after the end|no block"):
        delays(data[: len(data) - cut])
    with pytest.raises(ValueError, match="after the end"):
        delays(data + b"\0" * cut)
