"""Images between any four corners come out as Manim's own camera puts them over clear pixels, to the last bit."""

import numpy as np
import pytest
from manim import Camera, ImageMobject

from cnnviz.render.fast import raster

CAMERA = Camera(pixel_width=160, pixel_height=90)
QUADS = np.random.default_rng(0).uniform((-9, -5), (9, 5), (60, 4, 2))


def image(corners, seed=0):
    generator = np.random.default_rng(seed)
    mobject = ImageMobject(generator.integers(0, 256, (7, 5, 4), dtype=np.uint8))
    mobject.set_resampling_algorithm(0)
    mobject.points = np.hstack([np.asarray(corners, float), np.zeros((4, 1))])
    return mobject


def by_manim(mobject):
    sheet = np.zeros((90, 160, 4), np.uint8)
    CAMERA.display_image_mobject(mobject, sheet)
    return sheet


def by_us(mobject):
    sheet, layer = np.zeros((90, 160, 4), np.uint8), raster.draw_image(mobject, None, CAMERA)
    if layer.box is not None:
        top, left, bottom, right = layer.box
        part = layer.pixels
        sheet[top:bottom, left:right] = np.where(part[..., 3:] > 0, part, 0)
    return sheet


@pytest.mark.parametrize("algorithm", [0, 2, 3])
def test_any_corners(algorithm):
    seen = 0
    for seed, corners in enumerate(QUADS):
        mobject = image(corners, seed)
        mobject.set_resampling_algorithm(algorithm)
        expected = by_manim(mobject)
        seen += expected[..., 3].any()
        assert np.array_equal(by_us(mobject), expected), seed
    assert seen > 40


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (0, 0), (0, 0), (0, 0)],
        [(-3, 0.01), (3, 0.01), (-3, 0), (3, 0)],  # thinner than half a pixel
        [(-3, 0.06), (3, 0.06), (-3, 0), (3, 0)],  # a little thicker
        [(0, 0), (1, 1), (2, 2), (3, 3)],
        [(20, 3), (22, 3), (20, 1), (22, 1)],  # out of sight
        [(-9, 5), (9, 5), (-9, -5), (9, -5)],  # beyond the frame on all sides
    ],
)
def test_odd_corners(corners):
    assert np.array_equal(by_us(image(corners)), by_manim(image(corners)))


def test_a_shifted_corner_is_noticed():
    corners = [(-2, 2), (2, 2), (-2, -2), (2, -2)]
    moved = [(-2, 2), (2.2, 2), (-2, -2), (2, -2)]
    assert not np.array_equal(by_us(image(moved)), by_manim(image(corners)))
