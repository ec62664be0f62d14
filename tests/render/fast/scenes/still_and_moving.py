from manim import BLUE, DOWN, LEFT, RED, RIGHT, UP, YELLOW, Circle, FadeIn, FadeOut, Scene, Square, Text, VGroup


class StillAndMoving(Scene):
    """What most scenes are: a grid that stays, a window that slides over it, numbers that appear and go."""

    def construct(self):
        cells = VGroup(
            *(VGroup(Square(0.7, stroke_width=1, fill_opacity=0.3), Text(str(i), font_size=24)) for i in range(9))
        ).arrange_in_grid(3, 3, buff=0)
        window = Square(1.4, color=RED).move_to(cells[0], aligned_edge=UP + LEFT)
        self.add(cells, window)
        self.play(window.animate.shift(0.7 * RIGHT), run_time=0.4)
        label = Text("sum", color=YELLOW, font_size=30).next_to(cells, DOWN)
        self.play(FadeIn(label, shift=UP), run_time=0.4)
        self.wait(0.3)
        self.play(window.animate.shift(0.7 * DOWN), FadeOut(label), cells[4].animate.set_color(BLUE), run_time=0.4)
        self.add(Circle(0.3))
        self.wait(0.3)
