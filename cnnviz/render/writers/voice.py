"""The captions read aloud: each begins with its caption and is as quick as it must be to end with it."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.files.output import staged
from cnnviz.render.writers.captions import Caption
from cnnviz.render.writers.sound import add_sound, heard

__all__ = ["MOVIES", "VOICES", "check_voice", "narrate", "spoken"]

VOICES = ("espeak",)
MOVIES = ("mp4", "webm")
RATE = 22_050  # samples a second, as espeak gives them
_PROGRAMS = ("espeak-ng", "espeak")
_USUAL, _FASTEST = 165, 400  # words a minute
_SPARE = 0.95  # of a caption's time may be speech
_FADE = 0.05  # seconds, where even the fastest does not fit
_PATIENCE = 60  # seconds for a sentence
_READ_AS = {
    "en": {"×": " by ", "−": " minus ", "·": ", ", "≈": " about ", "=": " equals ", "→": " to ", "%": " percent"},
    "es": {"×": " por ", "−": " menos ", "·": ", ", "≈": " unos ", "=": " igual a ", "→": " a ", "%": " por ciento"},
}
_VOICES = {"en": "en-us", "es": "es"}

Samples = npt.NDArray[np.int16]


def check_voice(voice: str, kind: str) -> None:
    """Refuse a voice that there is not, or a file that cannot have one.

    Raises
    ------
    OptionError
        If the voice is unknown or the file is no movie.
    RenderError
        If the program that speaks is not installed.
    """
    if voice not in VOICES:
        raise OptionError(f"voice: expected one of {', '.join(VOICES)}, got {voice!r}")
    if kind not in MOVIES:
        raise OptionError(
            f"voice: expected a format with sound ({', '.join(MOVIES)}), got {kind!r}; choose one of them"
        )
    _program()


def narrate(clip: Path, said: Sequence[Caption], seconds: float, *, language: str = "en") -> None:
    """Give a movie a track with its captions read aloud in their language; the file is replaced whole or not at all."""
    voice, sounds = spoken(said, seconds, language), heard(clip, RATE)[0, : round(seconds * RATE)]
    voice[: len(sounds)] = np.clip(voice[: len(sounds)].astype(np.int32) + sounds, -32768, 32767)
    with staged(clip) as temporary:
        add_sound(clip, voice[None], RATE, temporary)


def spoken(said: Sequence[Caption], seconds: float, language: str = "en") -> Samples:
    """Read captions aloud and return one channel of samples, ``RATE`` a second, ``seconds`` long."""
    track = np.zeros(round(seconds * RATE), np.int16)
    for caption in said:
        start = round(caption.start * RATE)
        room = min(round(caption.end * RATE), len(track)) - start
        speech = _within(caption.text, room, language)
        heard = track[start : start + len(speech)]
        heard[:] = np.clip(heard.astype(np.int32) + speech, -32768, 32767)
    return track


def _within(text: str, room: int, language: str) -> Samples:
    """Say a text in at most so many samples."""
    speech = _say(text, _USUAL, language)
    if len(speech) > _SPARE * room:
        speed = round(_USUAL * len(speech) / (_SPARE * max(room, 1)))
        speech = _say(text, min(speed, _FASTEST), language)
    if len(speech) > room:
        fade = min(round(_FADE * RATE), room)
        speech = speech[:room].copy()
        speech[room - fade :] = speech[room - fade :] * np.linspace(1, 0, fade)
    return speech


def _say(text: str, speed: int, language: str) -> Samples:
    words = "".join(_READ_AS[language].get(letter, letter) for letter in text)
    command = [_program(), "-v", _VOICES[language], "-s", str(speed), "--stdin", "--stdout"]
    try:
        made = subprocess.run(command, input=words.encode(), capture_output=True, timeout=_PATIENCE, check=True)
        # The length in a header that was written before the end was known says nothing; what follows it counts.
        with wave.open(io.BytesIO(made.stdout)) as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (RATE, 1, 2):
                raise RenderError(f"voice: expected {RATE} samples a second, got {file.getframerate()}; {_REMEDY}")
    except (subprocess.SubprocessError, OSError, wave.Error, EOFError) as error:
        raise RenderError(f"voice: {command[0]} could not say {text!r}: {error}; {_REMEDY}") from error
    sound = np.frombuffer(made.stdout[made.stdout.index(b"data") + 8 :][: len(made.stdout) // 2 * 2], np.int16)
    loud = np.flatnonzero(np.abs(sound) > 64)
    return sound[: loud[-1] + 1] if len(loud) else sound[:0]


_REMEDY = "try it in a terminal, or leave the voice out"


def _program() -> str:
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    raise RenderError(
        "voice: expected the program espeak-ng, found none; install it, for instance with "
        "apt-get install espeak-ng, or leave the voice out"
    )
