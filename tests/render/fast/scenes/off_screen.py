import numpy as np
from manim import BLUE, RIGHT, UP, Circle, Rectangle, Scene, Square, VMobject


class OffScreen(Scene):
    """Shapes that leave the frame, cross its edges, are larger than it, or have points that are no numbers."""

    def construct(self):
        runner = Square(fill_opacity=0.7).shift(5 * RIGHT)
        wall = Rectangle(width=40, height=3, fill_opacity=0.4, color=BLUE)
        huge = Circle(30, stroke_width=8).shift(31 * UP)
        far = Square().shift(1e6 * RIGHT)
        broken = VMobject(stroke_width=4)
        broken.points = np.full((4, 3), np.nan)
        self.add(wall, huge, runner, far, broken)
        self.play(runner.animate.shift(6 * RIGHT), run_time=0.5)
        self.play(wall.animate.rotate(0.3), runner.animate.shift(-14 * RIGHT), run_time=0.5)
        self.play(huge.animate.shift(UP), run_time=0.3)
        self.wait(0.2)
