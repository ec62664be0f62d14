from manim import BLUE, DARK_GRAY, RIGHT, UP, WHITE, Circle, Scene, Square


class Background(Scene):
    """A background that changes color, opacity and single pixels between animations."""

    def construct(self):
        self.camera.background_color = WHITE
        square = Square(color=BLUE, fill_opacity=0.5)
        self.play(square.animate.shift(RIGHT), run_time=0.3)
        self.camera.background_color = DARK_GRAY
        self.wait(0.2)
        self.add(Circle())
        self.camera.background[20:60, 30:200] = 90, 0, 120, 255
        self.wait(0.2)
        self.play(square.animate.shift(UP), run_time=0.3)
        self.camera.background_opacity = 0.5
        square.add_updater(lambda m: setattr(self.camera, "background_color", WHITE) if m.get_x() > 1 else None)
        self.clear()
        self.play(square.animate.shift(RIGHT), run_time=0.3)
        self.wait(0.2)
