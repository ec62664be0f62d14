"""A convolution as people write it in plain Manim, with nothing of cnnviz: what `scripts/bench gif` compares with."""

import numpy as np
from manim import BLUE, GREEN, RED, UP, YELLOW, FadeIn, Scene, Square, Text, VGroup

SIDE = 0.6
PICTURE = np.random.default_rng(0).integers(0, 10, (7, 7))
KERNEL = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
RESULT = np.array([[(PICTURE[r : r + 3, c : c + 3] * KERNEL).sum() for c in range(5)] for r in range(5)])


def table(numbers, color):
    cells = [
        VGroup(
            Square(SIDE, stroke_width=1, fill_color=color, fill_opacity=0.3), Text(str(number), font_size=20)
        ).move_to((column * SIDE, -row * SIDE, 0))
        for (row, column), number in np.ndenumerate(numbers)
    ]
    return VGroup(*cells)


class PlainConv(Scene):
    def construct(self):
        picture = table(PICTURE, BLUE).move_to((-3.5, 0, 0))
        kernel = table(KERNEL, YELLOW).move_to(2 * UP)
        result = table(RESULT, GREEN).move_to((3.5, 0, 0))
        window = Square(3 * SIDE, color=RED).move_to(picture[8])
        self.add(picture, kernel, window)
        for place, cell in enumerate(result):
            row, column = divmod(place, 5)
            self.play(window.animate.move_to(picture[(row + 1) * 7 + column + 1]), run_time=0.3)
            self.play(FadeIn(cell), run_time=0.2)
