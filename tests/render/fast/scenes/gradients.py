from manim import BLUE, DOWN, GREEN, LEFT, RED, RIGHT, UP, YELLOW, Circle, Rectangle, Scene, Square, Text, VGroup


class Gradients(Scene):
    """Fills and strokes of several colors, sheen, and a gradient whose ends follow its family."""

    def construct(self):
        a = Square(2, fill_opacity=0.8).set_color([RED, BLUE, YELLOW]).shift(3 * LEFT)
        b = Circle(fill_opacity=1, color=GREEN).set_sheen(-0.6, DOWN)
        c = Rectangle(width=2, height=1, stroke_width=12).set_stroke([RED, GREEN]).shift(3 * RIGHT)
        text = Text("gradient", gradient=(BLUE, GREEN)).shift(2.5 * DOWN)
        child = Square(0.4).shift(3 * LEFT + UP)
        a.add(child)
        self.add(a, b, c, text)
        self.play(b.animate.set_sheen_direction(UP), child.animate.shift(2 * UP), run_time=0.5)
        self.play(VGroup(a, c).animate.rotate(0.5), text.animate.set_opacity(0.5), run_time=0.5)
        self.wait(0.2)
