"""Small clips with known pixels, and a reader that says what is seen at every moment."""

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image


def draw_clip(seed, *, height=18, width=26, pictures=8, colors=6):
    """Return [(frame, frames, box)]: a background on which rectangles of few colors come and go."""
    rng = np.random.default_rng(seed)
    palette = np.column_stack([rng.integers(0, 256, (colors, 3)), np.full(colors, 255)]).astype(np.uint8)
    frame = np.broadcast_to(palette[0], (height, width, 4)).copy()
    clip = [(frame.copy(), int(rng.integers(1, 5)), None)]
    for _ in range(pictures - 1):
        top, left = rng.integers(0, height - 2), rng.integers(0, width - 2)
        bottom, right = rng.integers(top + 1, height + 1), rng.integers(left + 1, width + 1)
        if rng.random() < 0.8:  # else a picture that changes nothing
            frame[top:bottom, left:right] = palette[rng.integers(0, colors, (bottom - top, right - left))]
        box = (int(top), int(left), int(bottom), int(right)) if rng.random() < 0.7 else None
        clip.append((frame.copy(), int(rng.integers(1, 5)), box))
    return clip


def stretch(clip):
    """Return the RGB picture of every frame period."""
    return [frame[..., :3] for frame, frames, _ in clip for _ in range(frames)]


def read_clip(path):
    """Return [(RGB, seconds)] as Pillow reads an animation."""
    with Image.open(path) as image:
        shown = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            image.load()
            shown.append((np.asarray(image.convert("RGB")), Fraction(image.info.get("duration", 0)) / 1000))
        return shown


def sample(shown, fps, periods):
    """Return what is seen in the middle of every frame period."""
    ends = np.cumsum([float(seconds) for _, seconds in shown])
    return [shown[int(np.searchsorted(ends, (n + 0.5) / fps))][0] for n in range(periods)]


@pytest.fixture
def clips():
    class Clips:
        draw, stretch, read, sample = map(staticmethod, (draw_clip, stretch, read_clip, sample))

    return Clips
