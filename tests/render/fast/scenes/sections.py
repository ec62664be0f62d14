from manim import RIGHT, UP, Circle, Scene, Square


class Sections(Scene):
    """Sections, one of them skipped, subcaptions, waits with a condition, a frame drawn on request."""

    def construct(self):
        square = Square(fill_opacity=0.5)
        self.add(square)
        self.next_section("first")
        self.play(square.animate.shift(RIGHT), run_time=0.3, subcaption="it moves")
        self.next_section("skipped", skip_animations=True)
        self.play(square.animate.shift(UP), run_time=0.5)
        self.wait(0.5)
        self.next_section("last")
        self.add_subcaption("and waits", duration=0.4)
        self.wait(0.4)
        circle = Circle().add_updater(lambda m, dt: m.shift(dt * UP))
        self.add(circle)
        self.wait_until(lambda: circle.get_y() > 0.3, max_time=2)
        self.renderer.update_frame(self, mobjects=[circle])
        self.wait(0.2)
        self.camera.capture_mobjects([Square(3)])
        self.wait(0.2)
        self.play(circle.animate.shift(RIGHT), run_time=0.2)
        self.wait(0.2, frozen_frame=False)
