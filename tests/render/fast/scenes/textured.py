from manim import LEFT, RIGHT, UP, Circle, Scene, Square, Text
from PIL import Image


class Textured(Scene):
    """Shapes filled with an image, neighbors that share one: Manim blends those in one go."""

    def construct(self):
        one = Image.linear_gradient("L").convert("RGBA")
        two = Image.radial_gradient("L").convert("RGBA")
        a = Square(2, fill_opacity=1).color_using_background_image(one).shift(2 * LEFT)
        b = Circle(1, fill_opacity=1).color_using_background_image(one).shift(LEFT)
        c = Text("TEXTURE", font_size=60).color_using_background_image(two).shift(2 * RIGHT)
        self.add(a, b, Square(1.5, fill_opacity=0.5), c)
        self.play(b.animate.shift(UP), run_time=0.4)
        self.play(c.animate.shift(UP), a.animate.shift(LEFT), run_time=0.4)
        self.wait(0.2)
