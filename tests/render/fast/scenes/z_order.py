from manim import BLUE, GREEN, RED, RIGHT, UP, YELLOW, Circle, FadeIn, Scene, Square, Triangle, UpdateFromAlphaFunc


class ZOrder(Scene):
    """Who covers whom: z_index, the foreground, bringing to front and back, adding and removing again."""

    def construct(self):
        red = Square(2, color=RED, fill_opacity=1)
        blue = Circle(color=BLUE, fill_opacity=1).shift(RIGHT * 0.7)
        green = Triangle(color=GREEN, fill_opacity=1).shift(UP * 0.5).set_z_index(-1)
        self.add(red, blue, green)
        self.wait(0.2)
        self.play(green.animate.set_z_index(2), run_time=0.3)
        self.bring_to_front(red)
        self.wait(0.2)
        yellow = Square(1, color=YELLOW, fill_opacity=0.7)
        self.add_foreground_mobject(yellow)
        self.play(FadeIn(Circle(0.5, fill_opacity=1)), blue.animate.shift(UP), run_time=0.4)
        self.bring_to_back(red)
        self.play(blue.animate.set_z_index(-5), run_time=0.3)
        self.remove(green)
        self.wait(0.2)
        self.add(green)
        self.remove_foreground_mobject(yellow)
        self.play(yellow.animate.shift(RIGHT), run_time=0.3)
        self.play(UpdateFromAlphaFunc(red, lambda m, alpha: m.set_z_index(3 if alpha > 0.5 else -3)), run_time=0.4)
