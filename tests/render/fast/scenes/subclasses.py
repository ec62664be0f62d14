import numpy as np
from manim import LEFT, RIGHT, UP, Circle, Mobject, Scene, Square, VGroup


class Pulse(Square):
    """Says it is wider than its attribute."""

    def get_stroke_width(self, background=False):
        return 0 if background else self.stroke_width * (1 + abs(np.sin(self.get_x() * 3)))

    def get_fill_rgbas(self):
        return super().get_fill_rgbas() * [1, 1, 1, 0.5]


class Hiding(VGroup):
    """Hides its second member from the camera."""

    def get_family(self, recurse=True):
        return [member for member in super().get_family(recurse) if len(self) < 2 or member is not self[1]]


class Gappy(Circle):
    """Takes anchors for different which are equal, so that its path stays open."""

    def consider_points_equals_2d(self, *_):
        return False


class Subclasses(Scene):
    """Mobjects that answer the camera's questions in their own way."""

    def construct(self):
        pulse, gappy = Pulse(fill_opacity=1).shift(2 * LEFT), Gappy(stroke_width=20).shift(RIGHT)
        hiding = Hiding(Square(1), Circle(0.5)).shift(2 * UP)
        self.add(pulse, hiding, gappy, Mobject())
        self.play(pulse.animate.shift(RIGHT), gappy.animate.shift(UP), run_time=0.4)
        self.play(hiding.animate.shift(LEFT), run_time=0.3)
        self.wait(0.2)
