"""Sequences from files: numbers as they are, sound from -1 to 1, and nothing else."""

import struct
import wave

import numpy as np
import pytest

from cnnviz.data import load_sequence
from cnnviz.errors import InputError


def sound(path, values, *, width=2, tracks=1):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(tracks)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes(values)


def test_what_is_made_goes_from_minus_one_to_one():
    made = load_sequence("heartbeat", 3, 50)
    assert made.values.shape == (3, 1, 50)
    assert np.abs(made.values).max() == 1
    assert (made.name, made.peak) == ("heartbeat", 1)
    assert not np.array_equal(made.values[0], made.values[1])
    np.testing.assert_array_equal(made.values, load_sequence("heartbeat", 3, 50).values)


@pytest.mark.parametrize("array", [np.arange(8), np.arange(8.0)[None], np.arange(8, dtype=">i2")[:, None]])
def test_an_array_is_taken_as_it_is_around_its_middle(tmp_path, array):
    np.save(tmp_path / "a.npy", array)
    assert load_sequence(tmp_path / "a.npy", 1, 4).values.tolist() == [[[2, 3, 4, 5]]]


def test_channels_come_first_or_last(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(12).reshape(3, 4))
    np.save(tmp_path / "b.npy", np.arange(12).reshape(3, 4).T)
    for name in ("a.npy", "b.npy"):
        assert load_sequence(str(tmp_path / name), 3, 4).values[1, 0].tolist() == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("1\n2\n3\n", 1),
        ("ecg\n1\n2\n3\n", 1),
        ("1,2,3", 1),
        ("1;4\n2;5\n3;6\n", 2),
        ("x\ty\n1\t4\n2\t5\n3\t6", 2),
        ("\ufeff1 4\n2 5\n\n3 6\n", 2),
    ],
)
def test_lines_of_numbers(tmp_path, text, channels):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    expected = [[[1, 2, 3]], [[4, 5, 6]]][:channels]
    assert load_sequence(tmp_path / "a.csv", channels, 3).values.tolist() == expected


@pytest.mark.parametrize(
    ("width", "samples"),
    [
        (1, struct.pack("3B", 0, 128, 192)),
        (2, struct.pack("<3h", -(2**15), 0, 2**14)),
        (3, b"\0\0\x80" + b"\0\0\0" + b"\0\0\x40"),
        (4, struct.pack("<3i", -(2**31), 0, 2**30)),
    ],
)
def test_sound_of_every_width(tmp_path, width, samples):
    sound(tmp_path / "a.wav", samples, width=width)
    assert load_sequence(tmp_path / "a.wav", 1, 3).values.tolist() == [[[-1, 0, 0.5]]]


def test_two_tracks_are_two_channels_or_their_mean(tmp_path):
    sound(tmp_path / "a.wav", struct.pack("<4h", 2**14, 0, -(2**14), 2**14), tracks=2)
    assert load_sequence(tmp_path / "a.wav", 2, 2).values.tolist() == [[[0.5, -0.5]], [[0, 0.5]]]
    assert load_sequence(tmp_path / "a.wav", 1, 2).values.tolist() == [[[0.25, 0]]]


class Runs:
    def __reduce__(self):
        return print, ("a pickle was loaded",)


def bad_files(folder):
    np.save(folder / "pickle.npy", np.array([Runs()], dtype=object), allow_pickle=True)
    np.save(folder / "cube.npy", np.zeros((2, 3, 4)))
    np.save(folder / "short.npy", np.zeros(5))
    np.save(folder / "two.npy", np.zeros((2, 99)))
    np.save(folder / "nan.npy", np.array([np.nan] * 20))
    (folder / "head.npy").write_bytes((folder / "short.npy").read_bytes()[:40])
    (folder / "words.csv").write_text("a,b\nc,d\n")
    (folder / "ragged.csv").write_text("1,2\n3\n")
    (folder / "empty.csv").write_text("")
    (folder / "not.wav").write_bytes(b"RIFF1234WAVEjunk")
    (folder / "cat.jpg").write_bytes(b"\xff\xd8")


WORDS = {
    "pickle.npy": "expected a plain array in an .npy file, got {}, which holds something other than numbers; save only "
    "arrays of numbers",
    "cube.npy": "expected an array of shape (L,) or (C, L), got {} of 2 × 3 × 4; save one sequence",
    "short.npy": "expected a sequence of at least 10 moments, got 5 in {}; give a longer one",
    "two.npy": "expected 1 channel, got 2 in {}, each 99 long; the network reads 1x10",
    "nan.npy": "expected finite numbers, got {} with NaN or infinity in it; replace these first",
    "head.npy": "expected a plain array in an .npy file, got {}, which is damaged or something else; save it again "
    "with numpy.save",
    "words.csv": "expected lines of numbers, as many in each, got {} with something else in it; write a moment a "
    "line, a comma between channels",
    "ragged.csv": "expected lines of numbers, as many in each, got {} with something else in it; write a moment a "
    "line, a comma between channels",
    "empty.csv": "expected a file with content, got {}, which is empty; save it again",
    "not.wav": "expected a .wav file of plain samples (PCM), got {}, which is damaged or of another kind; save it "
    "again as 16 bits",
    "cat.jpg": "expected heartbeat, tone or a file that ends in .npy, .csv, .txt or .wav, got {}, a file of another "
    "kind; the network reads sequences, so save one as numbers",
    "none.npy": "expected a file, got {}, which does not exist; check the path",
}


@pytest.mark.parametrize("name", WORDS)
def test_one_line_for_every_other_file(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    bad_files(tmp_path)
    with pytest.raises(InputError) as caught:
        load_sequence(name, 1, 10)
    assert str(caught.value) == "load_sequence: " + WORDS[name].replace("{}", f'"{name}"')
    assert capsys.readouterr().out == ""


def test_a_name_with_a_slip():
    with pytest.raises(InputError) as caught:
        load_sequence("hartbeat", 1, 10)
    assert str(caught.value) == (
        'load_sequence: expected heartbeat, tone or a file that ends in .npy, .csv, .txt or .wav, got "hartbeat"; did '
        "you mean heartbeat? the network reads sequences, so save one as numbers"
    )


def test_large_files_are_not_read(tmp_path):
    with (tmp_path / "a.npy").open("wb") as file:
        file.truncate(2**25)
    with pytest.raises(InputError, match=r"expected a file of at most 16\.7 MB"):
        load_sequence(tmp_path / "a.npy", 1, 10)
