from manim import (
    BLACK,
    BLUE,
    DOWN,
    LEFT,
    RED,
    RIGHT,
    UP,
    Arrow,
    CapStyleType,
    Circle,
    DashedLine,
    DashedVMobject,
    Line,
    LineJointType,
    Polygon,
    Scene,
    Text,
    VMobject,
)


class Strokes(Scene):
    """Dashes, caps, joints, sharp corners whose miters reach far, strokes behind a fill, widths of 0 and 40."""

    def construct(self):
        sharp = Polygon(3 * LEFT, 2 * LEFT + 0.1 * UP, 3 * LEFT + 0.2 * UP, stroke_width=20, color=RED)
        thick = Line(LEFT, RIGHT, stroke_width=40).set_cap_style(CapStyleType.ROUND).shift(2 * DOWN)
        path = VMobject(stroke_width=15, joint_type=LineJointType.BEVEL)
        path.set_points_as_corners([UP, RIGHT, 2 * UP + RIGHT, 2 * UP + 2 * RIGHT])
        outlined = Text("outline", color=BLUE).set_stroke(BLACK, 6, background=True).shift(2 * UP + 3 * LEFT)
        dashes = DashedVMobject(Circle(1.2))
        self.add(sharp, thick, path, outlined, dashes, DashedLine(3 * LEFT + DOWN, 3 * RIGHT + DOWN), Arrow())
        self.play(sharp.animate.rotate(1), thick.animate.set_stroke(width=5), run_time=0.5)
        self.play(dashes.animate.shift(RIGHT), outlined.animate.shift(DOWN), path.animate.scale(1.5), run_time=0.5)
        thick.set_cap_style(CapStyleType.SQUARE)
        path.joint_type = LineJointType.ROUND
        self.wait(0.2)
