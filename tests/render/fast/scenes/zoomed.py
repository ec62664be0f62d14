from manim import LEFT, RIGHT, Circle, Dot, Square, ZoomedScene


class Zoomed(ZoomedScene):
    """A second camera whose picture is part of the scene."""

    def construct(self):
        dot = Dot().shift(LEFT)
        self.add(Square(fill_opacity=0.4), dot, Circle(3))
        self.play(dot.animate.shift(RIGHT), run_time=0.3)
        self.activate_zooming(animate=False)
        self.wait(0.2)
        self.play(dot.animate.shift(0.5 * LEFT), run_time=0.4)
        self.play(self.zoomed_camera.frame.animate.shift(LEFT), run_time=0.4)
        self.wait(0.2)
