"""When a picture moves above its caption, measured on the frames."""

import numpy as np

LEVELS = 2  # of brightness in one small pixel: about six pixels changing by 24 in a picture eight times as large
STILL = 3.0  # seconds that a picture may stand still
LAST = 5.0  # seconds of the last hold, at most


class Motion:
    """Takes the frames of a scene and notes when they change."""

    def __init__(self, frame, fps, keep=None):
        self.fps, self.keep = fps, keep
        self.share = (frame.height / 2 - frame.stage.bottom) / frame.height
        self.times, self.frames, self.before = [0.0], 0, None

    def write(self, frame, frames, _box):
        """Look at one frame."""
        time = self.frames / self.fps
        seen = frame[: int(len(frame) * self.share), :, :3].astype(np.int16).max(axis=2)
        if self.before is not None and np.abs(seen - self.before).max() > LEVELS:
            self.times.append(time)
        self.before = seen
        self.frames += frames
        if self.keep is not None:
            self.keep(time, frame)

    @property
    def stills(self):
        """The stretches without motion that are too long, as (start, end)."""
        ends = [*self.times[1:], self.frames / self.fps]
        stretches = list(zip(self.times, ends, strict=True))
        found = [(a, b) for a, b in stretches[:-1] if b - a > STILL + 1 / self.fps]
        return found + [(a, b) for a, b in stretches[-1:] if b - a > LAST + 1 / self.fps]
