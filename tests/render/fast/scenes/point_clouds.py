from manim import BLUE, LEFT, RED, RIGHT, UP, PMobject, Point, PointCloudDot, Scene, Square


class PointClouds(Scene):
    """Point clouds between shapes."""

    def construct(self):
        cloud = PointCloudDot(radius=1.5, density=8, color=BLUE)
        dots = PMobject(stroke_width=6)
        dots.add_points([[x / 2, 1, 0] for x in range(-4, 5)], color=RED)
        square = Square(2, fill_opacity=0.7)
        self.add(Square(4, fill_opacity=0.3), cloud, square, dots, Point(3 * RIGHT))
        self.play(cloud.animate.shift(LEFT), run_time=0.3)
        self.play(square.animate.shift(UP), run_time=0.3)
        dots.points[:, 1] += 0.5
        self.play(square.animate.shift(RIGHT), run_time=0.3)
