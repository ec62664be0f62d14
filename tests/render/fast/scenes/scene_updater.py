from manim import RIGHT, UP, Circle, Scene, Square


class SceneUpdater(Scene):
    """A scene updater that moves a mobject which Manim takes for still: it must stay where it was painted."""

    def construct(self):
        hidden, shown = Square(fill_opacity=0.5), Circle().shift(2 * UP)
        self.add(hidden, shown)
        self.add_updater(lambda dt: hidden.shift(dt * RIGHT))
        self.play(shown.animate.shift(RIGHT), run_time=0.4)
        self.wait(0.4)
        self.updaters.clear()
        self.play(shown.animate.shift(RIGHT), run_time=0.4)
        self.wait(0.2)
