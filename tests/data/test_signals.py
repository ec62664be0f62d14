"""Signals: the same for the same seed, whole numbers, with the shape that their names promise."""

import itertools

import numpy as np
import pytest

from cnnviz.data import SIGNALS, signal
from cnnviz.errors import OptionError


@pytest.mark.parametrize("name", SIGNALS)
def test_a_seed_gives_one_signal_of_whole_numbers(name):
    first, again, other = (signal(name, 40, seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    assert first.shape == (40,)
    np.testing.assert_array_equal(first, np.rint(first))


@pytest.mark.parametrize("seed", range(5))
def test_a_heart_beats_about_every_eleven_samples(seed):
    wave = signal("heartbeat", 200, seed)
    peaks = [i for i in range(1, 199) if wave[i] > 35 and wave[i] >= wave[i - 1] and wave[i] > wave[i + 1]]
    assert len(peaks) == 18
    assert all(10 <= b - a <= 12 for a, b in itertools.pairwise(peaks))


@pytest.mark.parametrize("seed", range(5))
def test_a_tone_has_its_pitch_and_two_overtones(seed):
    strength = np.abs(np.fft.rfft(signal("tone", 292, seed)))
    loud = sorted(int(i) for i in strength.argsort()[-3:])
    assert all(abs(found - 40 * n) <= 1 for n, found in zip((1, 2, 3), loud, strict=True))  # 292 / 7.3 = 40


def test_another_name_is_refused():
    with pytest.raises(OptionError) as caught:
        signal("song", 10)
    assert str(caught.value) == "signal: expected one of heartbeat, tone, got 'song'"
