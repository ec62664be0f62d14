"""Small scenes that cover what Manim offers: every kind of mobject, every kind of animation, and ways to use them."""

from manim import DOWN, RIGHT, FadeOut, Scene

from tests.render.fast.ground.animations import ANIMATIONS
from tests.render.fast.ground.mobjects import MOBJECTS
from tests.render.fast.ground.ways import WAYS


def shown(build):
    """A scene that brings a mobject, moves it and takes it away."""

    class Shown(Scene):
        def construct(self):
            one = build()
            self.add(one)
            self.wait(0.2)
            self.play(one.animate.shift(0.5 * RIGHT).scale(0.8), run_time=0.4)
            self.play(one.animate.rotate(0.3).shift(0.2 * DOWN), run_time=0.4)
            self.play(FadeOut(one), run_time=0.4)

    return Shown


def played(make):
    """A scene of one animation, and a moment after it."""

    class Played(Scene):
        def construct(self):
            self.play(make(self))
            self.wait(0.2)

    return Played


def told(base, tell):
    """A scene of a kind."""
    return type("Told", (base,), {"construct": tell})


GROUND = {
    **{name: shown(build) for name, build in MOBJECTS.items()},
    **{name: played(make) for name, make in ANIMATIONS.items()},
    **{name: told(*way) for name, way in WAYS.items()},
}
