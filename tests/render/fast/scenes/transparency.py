from manim import BLUE, GREEN, LEFT, RED, RIGHT, UP, Circle, FadeIn, FadeOut, Scene, Square, VGroup


class Transparency(Scene):
    """Half clear shapes over each other, fading in and out, over still and moving ones."""

    def construct(self):
        discs = VGroup(
            Circle(1.5, color=RED, fill_opacity=0.5, stroke_opacity=0.4, stroke_width=20).shift(LEFT),
            Circle(1.5, color=GREEN, fill_opacity=0.5, stroke_width=0).shift(RIGHT),
            Circle(1.5, color=BLUE, fill_opacity=0.5, stroke_opacity=0).shift(UP),
        )
        self.play(FadeIn(discs), run_time=0.4)
        card = Square(3, fill_opacity=0.25)
        self.play(FadeIn(card, scale=0.5), run_time=0.4)
        self.play(discs[1].animate.set_opacity(0), run_time=0.3)
        self.wait(0.2)
        self.play(FadeOut(discs, card), run_time=0.3)
