from manim import BLUE, LEFT, RIGHT, Camera, Circle, Scene, Square


class Outlining(Camera):
    """Draws every outline twice."""

    def display_vectorized(self, vmobject, ctx):
        super().display_vectorized(vmobject, ctx)
        ctx.set_line_width(0.1)
        ctx.stroke_preserve()
        return self


class OwnCamera(Scene):
    """A camera that draws in its own way."""

    def __init__(self, **kwargs):
        super().__init__(camera_class=Outlining, **kwargs)

    def construct(self):
        square = Square(color=BLUE, fill_opacity=1).shift(2 * LEFT)
        self.add(square, Circle(fill_opacity=0.5))
        self.play(square.animate.shift(RIGHT), run_time=0.3)
        self.wait(0.2)
