import math

import numpy as np
import pytest
from PIL import Image

from cnnviz.render.writers.palette import make_palette

GROUND = 0x1E1614


def soft(seed, count=60_000):
    """Colors around many centers, and how often each occurs; one of them is a flat ground."""
    rng = np.random.default_rng(seed)
    centers = rng.integers(20, 236, (90, 3))
    points = np.clip(centers[rng.integers(0, 90, count)] + rng.normal(0, 6, (count, 3)), 0, 255).astype(np.uint32)
    words = points @ np.array([1, 256, 65536], np.uint32)
    return np.unique(np.append(words, [GROUND] * count).astype(np.uint32), return_counts=True)


def rgb(colors):
    return (colors[:, None] >> np.array([0, 8, 16], np.uint32) & 255).astype(float)


def true_mse(palette, colors, weights):
    squares = ((rgb(colors) - palette.colors[palette.index]) ** 2).sum(axis=1)
    return squares @ weights / weights.sum() / 3


@pytest.mark.parametrize("count", [900, 9_000, 60_000])
def test_the_error_is_the_true_one_and_less_than_that_of_median_cut(count):
    colors, weights = soft(0, count)
    palette = make_palette(colors, weights.astype(float), 255)
    assert palette.mse == pytest.approx(true_mse(palette, colors, weights), rel=1e-6)
    assert palette.psnr == pytest.approx(10 * math.log10(255**2 / palette.mse))
    pixels = np.repeat(rgb(colors).astype(np.uint8), weights, axis=0)[None]
    other = np.asarray(Image.fromarray(pixels).quantize(255, method=0).convert("RGB")).astype(float)
    assert palette.mse < ((other - pixels) ** 2).mean()


def test_every_color_has_the_nearest_entry():
    colors, weights = soft(1, 3000)
    palette = make_palette(colors, weights.astype(float), 64)
    distances = ((rgb(colors)[:, None] - palette.colors[None].astype(float)) ** 2).sum(axis=2)
    chosen = distances[np.arange(len(colors)), palette.index]
    np.testing.assert_array_equal(chosen, distances.min(axis=1))


@pytest.mark.parametrize("size", [2, 16, 255])
def test_a_flat_ground_stays_exact(size):
    colors, weights = soft(2)
    palette = make_palette(colors, weights.astype(float), size)
    at = int(np.flatnonzero(colors == GROUND)[0])
    np.testing.assert_array_equal(palette.colors[palette.index[at]], rgb(colors)[at])
    assert len(palette.colors) <= size


def test_the_most_frequent_entries_come_first():
    colors, weights = soft(3, 5000)
    palette = make_palette(colors, weights.astype(float), 100)
    total = np.bincount(palette.index, weights)
    assert (np.diff(total) <= 0).all()


def test_colors_that_are_never_seen_do_no_harm():
    palette = make_palette(np.array([0, 0xFFFFFF, 0x808080], np.uint32), np.zeros(3), 2)
    assert len(palette.colors) == 2
