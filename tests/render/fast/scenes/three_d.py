import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    LEFT,
    RED,
    RIGHT,
    UL,
    UP,
    Cube,
    Dot3D,
    ImageMobject,
    Sphere,
    Square,
    Text,
    ThreeDAxes,
    ThreeDScene,
)


class ThreeD(ThreeDScene):
    """Depth: shading, faces in the order of distance, a turning camera, labels fixed to the frame or facing it."""

    def construct(self):
        self.set_camera_orientation(phi=65 * DEGREES, theta=30 * DEGREES)
        cube, ball = Cube(1.5).shift(2 * LEFT), Sphere(radius=0.8, resolution=(5, 5)).shift(2 * RIGHT)
        title = Text("fixed", font_size=30).to_corner(UL)
        self.add_fixed_in_frame_mobjects(title)
        label = Text("facing", font_size=30).shift(2 * UP)
        self.add_fixed_orientation_mobjects(label)
        self.add(ThreeDAxes((-2, 2), (-2, 2), (-1, 1)), cube, ball, label, Dot3D(), Square(fill_opacity=0.5, color=RED))
        self.wait(0.2)
        self.play(cube.animate.shift(UP), run_time=0.3)
        self.move_camera(phi=40 * DEGREES, theta=60 * DEGREES, run_time=0.4)
        self.begin_ambient_camera_rotation(rate=0.5)
        self.wait(0.3)
        self.stop_ambient_camera_rotation()
        self.play(ball.animate.set_color(BLUE).shift(DOWN), title.animate.shift(DOWN), run_time=0.3)
        self.remove_fixed_in_frame_mobjects(title)
        self.move_camera(zoom=0.7, frame_center=(1, 0, 0), run_time=0.3)
        self.camera.light_source.move_to(5 * UP)
        self.play(label.animate.shift(RIGHT), run_time=0.2)
        image = ImageMobject(np.arange(12, dtype=np.uint8).reshape(3, 4) * 20).scale(20)
        self.add(image)
        self.wait(0.1)
        self.add_fixed_in_frame_mobjects(image)
        self.wait(0.1)
