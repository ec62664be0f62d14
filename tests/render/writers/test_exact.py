"""GIF, WebP, APNG and PNG give back every pixel at its time."""

from fractions import Fraction

import numpy as np
import pytest

from cnnviz.render.writers import open_writer

FPS = 20


def write(path, clip, **options):
    height, width = clip[0][0].shape[:2]
    with open_writer(path, width=width, height=height, fps=FPS, **options) as sink:
        for frame, frames, box in clip:
            buffer = frame.copy()
            sink.write(buffer, frames, box)
            buffer[:] = 77  # the renderer draws on
    return sink


@pytest.mark.parametrize("suffix", ["gif", "webp", "apng"])
@pytest.mark.parametrize("seed", range(12))
def test_every_moment_is_the_drawn_one(clips, tmp_path, suffix, seed):
    clip = clips.draw(seed, colors=[2, 3, 6, 200][seed % 4], pictures=1 + 3 * (seed % 5))
    path = tmp_path / f"a.{suffix}"
    write(path, clip)
    truth = clips.stretch(clip)
    shown = clips.read(path)
    if len(shown) > 1:
        assert sum(seconds for _, seconds in shown) == Fraction(len(truth), FPS)
    for seen, true in zip(clips.sample([(rgb, s or 99) for rgb, s in shown], FPS, len(truth)), truth, strict=True):
        np.testing.assert_array_equal(seen, true)


def test_the_check_of_every_moment_can_fail(clips, tmp_path):
    clip = clips.draw(3)
    write(tmp_path / "a.gif", clip)
    seen = clips.sample(clips.read(tmp_path / "a.gif"), FPS, 3)
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(seen, clips.stretch(clips.draw(4))[:3])


@pytest.mark.parametrize("suffix", ["gif", "webp", "apng", "mp4", "webm", "png"])
def test_two_runs_give_the_same_bytes(clips, tmp_path, suffix):
    for name in "ab":
        write(tmp_path / f"{name}.{suffix}", clips.draw(7))
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["gif", "webp", "apng"])
def test_what_stays_takes_no_picture(clips, tmp_path, suffix):
    frame = clips.draw(0)[0][0]
    sink = write(tmp_path / f"a.{suffix}", [(frame, 5, None), (frame, 70, None), (frame, 1, (0, 0, 5, 5))])
    assert sink.pictures == 1
    assert sink.frames == 76


def test_a_box_may_be_larger_than_the_change(clips, tmp_path):
    clip = clips.draw(5)
    write(tmp_path / "known.gif", clip)
    write(tmp_path / "unknown.gif", [(frame, frames, None) for frame, frames, _ in clip])
    assert (tmp_path / "known.gif").read_bytes() == (tmp_path / "unknown.gif").read_bytes()


def test_png_is_the_last_picture(clips, tmp_path):
    clip = clips.draw(9)
    write(tmp_path / "a.png", clip)
    np.testing.assert_array_equal(clips.read(tmp_path / "a.png")[0][0], clip[-1][0][..., :3])


def test_png_of_a_photograph_is_exact(clips, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (40, 50, 4), np.uint8)
    write(tmp_path / "a.png", [(noise, 1, None)])
    np.testing.assert_array_equal(clips.read(tmp_path / "a.png")[0][0], noise[..., :3])


def test_frames_are_a_folder_with_a_picture_for_every_frame(clips, tmp_path):
    clip = clips.draw(2, pictures=4)
    write(tmp_path / "all", clip, format="frames")
    truth = clips.stretch(clip)
    names = sorted(file.name for file in (tmp_path / "all").iterdir())
    assert names == [f"{n + 1:05}.png" for n in range(len(truth))]
    for name, true in zip(names, truth, strict=True):
        np.testing.assert_array_equal(clips.read(tmp_path / "all" / name)[0][0], true)


@pytest.mark.parametrize("suffix", ["webp", "apng"])
def test_rates_that_do_not_divide_are_right_in_the_end(clips, tmp_path, suffix):
    clip = clips.draw(1, pictures=30)
    height, width = clip[0][0].shape[:2]
    with open_writer(tmp_path / f"a.{suffix}", width=width, height=height, fps=29.97) as sink:
        for step in clip:
            sink.write(*step)
    total = sum(seconds for _, seconds in clips.read(tmp_path / f"a.{suffix}"))
    assert float(total) == pytest.approx(sink.frames / 29.97, abs=0.001)
