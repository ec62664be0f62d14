"""Captions read aloud by a stand-in for the program that speaks: a hum as long as words take at the speed asked."""

import sys

import av
import numpy as np
import pytest

from cnnviz.errors import OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.writers.captions import Caption
from cnnviz.render.writers.voice import RATE, narrate, spoken

SPEAKER = f"""#!{sys.executable}
import struct, sys, wave
words = sys.stdin.read().split()
if "FAIL" in words:
    sys.exit("no such word")
speed = int(sys.argv[sys.argv.index("-s") + 1])
samples = round(len(words) * 60 / speed * {RATE})
with wave.open(sys.stdout.buffer, "wb") as file:
    file.setparams((1, 2, {RATE}, samples, "NONE", ""))
    file.writeframes(struct.pack("<h", speed * 10) * samples)
"""


@pytest.fixture
def speaker(tmp_path, monkeypatch):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "espeak-ng").write_text(SPEAKER)
    (folder / "espeak-ng").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.usefixtures("speaker")
def test_each_sentence_begins_with_its_caption():
    track = spoken([Caption(1.0, 3.0, "two words"), Caption(3.0, 4.0, "one")], 5.0)
    assert len(track) == 5 * RATE
    begins = np.flatnonzero(np.diff(np.abs(track) > 0, prepend=False))
    seconds = [1.0, 1.0 + 2 * 60 / 165, 3.0, 3.0 + 60 / 165]
    np.testing.assert_allclose(begins / RATE, seconds, atol=1e-3)
    assert track[RATE + 5] == 1650


@pytest.mark.usefixtures("speaker")
def test_what_takes_too_long_is_said_faster():
    track = spoken([Caption(0.0, 2.0, "one two three four five six seven eight")], 2.0)
    assert 1650 < track[5] <= 4000
    assert 1.8 * RATE < np.flatnonzero(track)[-1] < 2.0 * RATE


@pytest.mark.usefixtures("speaker")
def test_what_does_not_fit_at_all_fades_out():
    track = spoken([Caption(0.0, 0.5, "word " * 30), Caption(0.5, 1.5, "next")], 1.5)
    assert track[5] == 4000
    assert abs(track[round(0.5 * RATE) - 1]) < 50
    assert track[round(0.5 * RATE) + 5] == 1650


@pytest.mark.usefixtures("speaker")
def test_signs_are_read_as_words():
    plain, signs = (spoken([Caption(0.0, 9.0, text)], 9.0) for text in ("3 by 3 minus 1", "3 × 3 −1"))
    assert np.array_equal(plain, signs)


@pytest.mark.few(1)
@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_movie_gets_a_voice_and_keeps_its_pictures(tmp_path, kind):
    silent = render("ch02-s01-slide", format=kind, path=tmp_path / f"a.{kind}", width=160, fps=4)
    voiced = render("ch02-s01-slide", format=kind, path=tmp_path / f"b.{kind}", width=160, fps=4, voice="espeak")
    assert voiced.bytes == voiced.path.stat().st_size > silent.bytes

    def pictures(path):
        with av.open(str(path)) as file:
            return [frame.to_ndarray(format="gray").tobytes() for frame in file.decode(video=0)]

    assert pictures(silent.path) == pictures(voiced.path)
    with av.open(str(voiced.path)) as file:
        sound = file.streams.audio[0]
        heard = sum(frame.samples for frame in file.decode(sound)) / sound.rate
    assert heard == pytest.approx(voiced.seconds, abs=0.1)


def test_without_the_program_it_is_said_before_anything_is_drawn(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RenderError) as caught:
        render("ch02-s01-slide", format="mp4", path=tmp_path / "a.mp4", voice="espeak")
    assert str(caught.value) == (
        "voice: expected the program espeak-ng, found none; install it, for instance with apt-get install espeak-ng, "
        "or leave the voice out"
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("speaker")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"voice": "alto", "format": "mp4"}, "voice: expected one of espeak, got 'alto'"),
        ({"voice": "espeak"}, "voice: expected a format with sound (mp4, webm), got 'gif'; choose one of them"),
    ],
)
def test_what_cannot_be_is_refused(options, message):
    with pytest.raises(OptionError) as caught:
        render("ch02-s01-slide", **options)
    assert str(caught.value) == message


@pytest.mark.usefixtures("speaker")
def test_a_voice_that_fails_leaves_the_movie(tmp_path):
    clip = tmp_path / "a.mp4"
    clip.write_bytes(b"as it was")
    with pytest.raises(RenderError, match="could not say 'FAIL now'"):
        narrate(clip, [Caption(0.0, 1.0, "FAIL now")], 1.0)
    assert clip.read_bytes() == b"as it was"
