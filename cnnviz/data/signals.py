"""Signals along time, made by rule from a seed: a heartbeat as an electrode hears it, and a sung tone."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from cnnviz.errors import OptionError

Wave = npt.NDArray[np.float64]

# A beat as bumps: where in the beat, how wide (in beats), how high
_BUMPS = ((0.22, 0.06, 12.0), (0.38, 0.04, -14.0), (0.46, 0.042, 95.0), (0.55, 0.04, -24.0), (0.76, 0.08, 26.0))
_BEAT, _PITCH = 11.0, 7.3  # samples
_OVERTONES = ((1, 40.0), (2, 28.0), (3, 16.0))


def heartbeat(samples: int, seed: int = 0) -> Wave:
    """Make an electrocardiogram in whole numbers: beats of about eleven samples, each with its spike, and some noise.

    Examples
    --------
    >>> heartbeat(12).astype(int).tolist()
    [0, 2, 12, 4, 8, 76, -14, 12, 24, 13, 2, 0]
    """
    rng = np.random.default_rng(seed)
    time = np.arange(samples) / _BEAT
    wave = rng.normal(0.0, 1.2, samples)
    for beat in range(-1, int(samples / _BEAT) + 2):
        start, strength = beat + rng.normal(0.0, 0.02), rng.uniform(0.92, 1.08)
        for at, width, height in _BUMPS:
            wave += strength * height * np.exp(-0.5 * ((time - start - at) / width) ** 2)
    return np.rint(wave)


def tone(samples: int, seed: int = 0) -> Wave:
    """Make a sung vowel in whole numbers: a note with two overtones that swells and dies away.

    Examples
    --------
    >>> tone(12).astype(int).tolist()
    [0, -20, -39, 37, 41, 22, -6, -5, -16, -51, 7, 11]
    """
    rng = np.random.default_rng(seed)
    time = np.arange(samples)
    swell = np.sin(np.pi * (time + 1) / (samples + 1))
    phases = rng.uniform(0, 2 * np.pi, len(_OVERTONES))
    parts = zip(_OVERTONES, phases, strict=True)
    wave = sum(height * np.sin(2 * np.pi * n * time / _PITCH + phase) for (n, height), phase in parts)
    return np.asarray(np.rint(swell * wave + rng.normal(0.0, 1.2, samples)), dtype=np.float64)


SIGNALS: Mapping[str, Callable[[int, int], Wave]] = {"heartbeat": heartbeat, "tone": tone}


def signal(name: str, samples: int, seed: int = 0) -> Wave:
    """Make a signal by its name.

    Raises
    ------
    OptionError
        If there is none of this name.
    """
    if name not in SIGNALS:
        raise OptionError(f"signal: expected one of {', '.join(SIGNALS)}, got {name[:40]!r}")
    return SIGNALS[name](samples, seed)
