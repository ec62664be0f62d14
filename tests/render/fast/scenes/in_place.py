import numpy as np
from manim import BLUE, LEFT, RIGHT, Circle, Scene, Square, UpdateFromAlphaFunc, UpdateFromFunc


class InPlace(Scene):
    """Arrays changed without being replaced: points, colors, widths, one coordinate of one point."""

    def construct(self):
        square, circle = Square(fill_opacity=0.5).shift(2 * LEFT), Circle(fill_opacity=1).shift(2 * RIGHT)
        self.add(square, circle)

        def bend(mobject, alpha):
            mobject.points[5, 0] = -2 + alpha
            mobject.fill_rgbas[0, 1] = alpha

        def thicken(mobject):
            mobject.stroke_width += 1
            mobject.stroke_rgbas[:] = np.roll(mobject.stroke_rgbas, 1, axis=1)
            mobject.stroke_rgbas[:, 3] = 1

        self.play(UpdateFromAlphaFunc(square, bend), UpdateFromFunc(circle, thicken), run_time=0.6)
        circle.set_color(BLUE)
        self.wait(0.2)
        square.points *= 0.5
        self.wait(0.2)
