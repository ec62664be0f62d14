from manim import BLUE, LEFT, RIGHT, Circle, MovingCameraScene, Restore, Square, Text


class MovingCameraTour(MovingCameraScene):
    """A camera that zooms, follows a mobject and comes back, with its frame visible."""

    def construct(self):
        square, circle = Square(fill_opacity=0.5).shift(3 * LEFT), Circle(color=BLUE).shift(3 * RIGHT)
        self.add(square, circle, Text("camera"))
        self.camera.frame.save_state()
        self.play(circle.animate.shift(LEFT), run_time=0.3)
        self.play(self.camera.frame.animate.scale(0.5).move_to(square), run_time=0.4)
        self.play(square.animate.shift(RIGHT), run_time=0.3)
        self.camera.frame.add_updater(lambda frame: frame.move_to(square))
        self.add(self.camera.frame)
        self.camera.frame.set_stroke(width=2)
        self.play(square.animate.shift(2 * RIGHT), run_time=0.4)
        self.camera.frame.clear_updaters()
        self.play(Restore(self.camera.frame), run_time=0.3)
        self.wait(0.2)
