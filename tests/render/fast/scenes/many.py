import numpy as np
from manim import BLUE, GREEN, ORIGIN, RED, UP, Circle, Dot, LaggedStart, Scene, Square, VGroup


class Many(Scene):
    """Hundreds of small mobjects, shuffled, faded one by one, drawn over each other at random."""

    def construct(self):
        random = np.random.default_rng(3)
        kinds = [Square, Circle, Dot]
        crowd = VGroup(
            *(
                kinds[random.integers(3)]()
                .scale(random.uniform(0.1, 0.6))
                .set_fill(BLUE, random.uniform(0, 1))
                .set_stroke(RED, random.uniform(0, 6), random.uniform(0, 1))
                .move_to([random.uniform(-7, 7), random.uniform(-4, 4), 0])
                for _ in range(150)
            )
        )
        self.add(crowd)
        self.play(LaggedStart(*(m.animate.set_color(GREEN) for m in crowd[20:40]), lag_ratio=0.2), run_time=0.6)
        picks = [crowd[i] for i in random.permutation(150)[:30]]
        self.play(*(m.animate.shift(UP * random.uniform(-1, 1)) for m in picks), run_time=0.4)
        crowd.submobjects = [crowd.submobjects[i] for i in random.permutation(150)]
        self.wait(0.2)
        self.play(crowd.animate.scale(0.7, about_point=ORIGIN), run_time=0.3)
        crowd.remove(*picks)
        self.play(crowd[0].animate.shift(UP), run_time=0.3)
