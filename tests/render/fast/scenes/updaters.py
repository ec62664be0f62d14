from manim import DOWN, LEFT, PI, RIGHT, UP, Dot, Line, Rotate, Scene, Square, TracedPath, ValueTracker, always_redraw


class Updaters(Scene):
    """Mobjects that follow others: updaters with and without time, always_redraw, a traced path."""

    def construct(self):
        tracker = ValueTracker(0)
        square = Square(1, fill_opacity=0.6).shift(2 * LEFT)
        dot = Dot().add_updater(lambda m: m.next_to(square, RIGHT))
        line = always_redraw(lambda: Line(DOWN, UP * (1 + tracker.get_value())).shift(3 * RIGHT))
        spinner = Square(0.5).shift(2 * UP).add_updater(lambda m, dt: m.rotate(dt * PI))
        path = TracedPath(dot.get_center, stroke_width=3)
        self.add(square, dot, line, spinner, path)
        self.play(tracker.animate.set_value(1), square.animate.shift(DOWN), run_time=0.6)
        self.wait(0.4)
        spinner.clear_updaters()
        self.wait(0.3)
        self.play(Rotate(square, PI / 3), run_time=0.4)
        path.clear_updaters()
        dot.suspend_updating()
        self.play(square.animate.shift(UP), run_time=0.3)
