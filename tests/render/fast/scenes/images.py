import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Circle, FadeIn, FadeOut, ImageMobject, Scene, Square
from manim.constants import RESAMPLING_ALGORITHMS


class Images(Scene):
    """Images below, above and between shapes: moving, turning, fading, with clear pixels, changed in place."""

    def construct(self):
        ramp = np.add.outer(np.arange(12), np.arange(16)).astype(np.uint8) * 9
        image = ImageMobject(ramp).shift(2 * LEFT)
        image.height = 3
        image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
        pixels = np.zeros((8, 8, 4), np.uint8)
        pixels[2:6, 1:7] = 200, 100, 50, 128
        clear = ImageMobject(pixels).scale(20).shift(2 * RIGHT)
        square = Square(2, fill_opacity=0.6)
        self.add(image, square, clear)
        self.play(square.animate.shift(2 * LEFT), run_time=0.4)
        self.play(image.animate.shift(UP).rotate(0.4), clear.animate.scale(1.4), run_time=0.4)
        self.wait(0.2)
        image.pixel_array[3:6, 3:9, 0] = 255
        self.play(FadeIn(Circle(1, fill_opacity=1)), run_time=0.3)
        self.play(FadeOut(image), clear.animate.shift(DOWN), run_time=0.4)
