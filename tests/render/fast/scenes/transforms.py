from manim import (
    BLUE,
    GREEN,
    LEFT,
    PI,
    RED,
    RIGHT,
    Circle,
    Create,
    DrawBorderThenFill,
    FadeTransform,
    ReplacementTransform,
    Scene,
    Square,
    Star,
    Text,
    Transform,
    Triangle,
    Uncreate,
    Write,
)


class Transforms(Scene):
    """Shapes that become other shapes, appear and vanish stroke by stroke."""

    def construct(self):
        square = Square(color=BLUE, fill_opacity=0.5).shift(3 * LEFT)
        circle = Circle(color=GREEN, fill_opacity=0.8).shift(3 * RIGHT)
        star = Star(color=RED, fill_opacity=0.3)
        self.play(Create(square), DrawBorderThenFill(circle), run_time=0.5)
        self.play(Transform(square, star, path_arc=PI / 2), run_time=0.5)
        triangle = Triangle().shift(2 * LEFT)
        self.play(ReplacementTransform(circle, triangle), Write(Text("Text").shift(2 * RIGHT)), run_time=0.5)
        self.play(FadeTransform(triangle, Square(0.5)), Uncreate(square), run_time=0.5)
        self.wait(0.2)
