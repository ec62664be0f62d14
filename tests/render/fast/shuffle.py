"""Scenes put together at random, from everything the scenes in the folder do by design."""

import numpy as np
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    ORIGIN,
    OUT,
    PI,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Circle,
    Create,
    Cube,
    DashedVMobject,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Indicate,
    LaggedStart,
    Line,
    Line3D,
    MovingCameraScene,
    Rotate,
    Sphere,
    Square,
    Star,
    Tetrahedron,
    Text,
    ThreeDScene,
    Transform,
    Triangle,
    UpdateFromAlphaFunc,
    VGroup,
)

COLORS = [RED, GREEN, BLUE, YELLOW]


def random_scene(seed):
    """Return a scene class; the same seed gives the same scene."""

    deep = seed % 4 == 3

    class Shuffled(ThreeDScene if deep else MovingCameraScene):
        def construct(self):
            self.dice = np.random.default_rng(seed)
            self.things = []
            if deep:
                self.set_camera_orientation(phi=self.dice.uniform(0, 1), theta=self.dice.uniform(-3, 3))
            for _ in range(self.dice.integers(3, 8)):
                self.put()
            for _ in range(self.dice.integers(5, 10)):
                self.one_of(
                    self.put,
                    self.drop,
                    self.move,
                    self.move,
                    self.change,
                    self.reorder,
                    self.follow,
                    self.pin,
                    self.rest,
                )()
            self.rest()

        def one_of(self, *choices):
            return choices[self.dice.integers(len(choices))]

        def place(self):
            return np.array([self.dice.uniform(-7, 7), self.dice.uniform(-4, 4), 0])

        def shape(self):
            dice = self.dice
            if deep and dice.random() < 0.4:
                return self.solid()
            mobject = self.one_of(
                lambda: Square(dice.uniform(0.2, 3)),
                lambda: Circle(dice.uniform(0.2, 2)),
                Star,
                Triangle,
                lambda: Line(LEFT, RIGHT, stroke_width=dice.uniform(1, 30)),
                lambda: DashedVMobject(Circle()),
                lambda: Text(self.one_of("a", "bc", "123"), font_size=dice.uniform(20, 90)),
                lambda: VGroup(Square(1), Circle(0.4), Dot()),
                lambda: Group(ImageMobject(dice.integers(0, 256, (5, 7, 4)).astype(np.uint8)).scale(30), Dot()),
            )()
            mobject.rotate(dice.uniform(0, PI)).move_to(self.place())
            if not isinstance(mobject, Group):
                mobject.set_fill(self.color(), dice.choice([0, 0.4, 1]))
                mobject.set_stroke(self.color(), dice.choice([0, 1, 4, 15]), dice.choice([0, 0.5, 1]))
                if dice.random() < 0.2:
                    mobject.set_stroke(RED, 8, background=True)
            return mobject.set_z_index(int(dice.choice([0, 0, 0, 1, -1])))

        def solid(self):
            solid = self.one_of(Cube, Tetrahedron, lambda: Sphere(resolution=(4, 4)), lambda: Line3D(LEFT, RIGHT))()
            return solid.scale(self.dice.uniform(0.3, 1)).move_to(self.place() + self.dice.uniform(-2, 2) * OUT)

        def turn(self):
            if not deep:
                return self.camera.frame.animate.scale(self.dice.uniform(0.8, 1.2)).shift(self.place() / 10)
            tracker = self.one_of(self.camera.phi_tracker, self.camera.theta_tracker, self.camera.zoom_tracker)
            return tracker.animate.increment_value(self.dice.uniform(-0.2, 0.2))

        def pin(self):
            if deep:
                thing = self.one_of(*self.things)
                self.one_of(self.add_fixed_in_frame_mobjects, self.camera.add_fixed_orientation_mobjects)(thing)

        def color(self):
            return self.one_of(self.one_of(*COLORS), [self.one_of(*COLORS), self.one_of(*COLORS)])

        def some(self):
            number = self.dice.integers(1, 4)
            return list(dict.fromkeys(self.one_of(*self.things) for _ in range(number)))

        def put(self):
            mobject = self.shape()
            self.things.append(mobject)
            way = self.dice.integers(4)
            if way == 0:
                self.add(mobject)
            elif way == 1:
                self.add_foreground_mobject(mobject)
            elif way == 2 and not isinstance(mobject, Group):
                self.play(Create(mobject), run_time=0.3)
            else:
                self.play(FadeIn(mobject, shift=self.one_of(UP, DOWN, ORIGIN)), run_time=0.3)

        def drop(self):
            if len(self.things) > 2:
                thing = self.things.pop(self.dice.integers(len(self.things)))
                self.one_of(lambda: self.remove(thing), lambda: self.play(FadeOut(thing), run_time=0.3))()

        def move(self):
            animations = [
                self.one_of(
                    lambda m=m: m.animate.move_to(self.place()),
                    lambda m=m: Rotate(m, self.dice.uniform(-PI, PI)),
                    lambda m=m: Indicate(m) if not isinstance(m, Group) else m.animate.scale(0.8),
                    lambda m=m: Transform(m, m.copy().scale(0.7).shift(RIGHT)),
                    self.turn,
                )()
                for m in self.some()
            ]
            self.play(
                LaggedStart(*animations, lag_ratio=self.dice.uniform(0, 0.5)), run_time=self.dice.uniform(0.2, 0.6)
            )

        def change(self):
            for thing in self.some():
                for member in thing.family_members_with_points():
                    member.points[:, :2] += self.dice.uniform(-0.3, 0.3, 2)
                    if hasattr(member, "fill_rgbas"):
                        member.fill_rgbas[:, self.dice.integers(4)] = self.dice.random()
                        member.stroke_width = self.dice.uniform(0, 5)
            still = self.one_of(*self.things)
            self.play(UpdateFromAlphaFunc(still, lambda m, a: m.set_z_index(int(a * 3) - 1)), run_time=0.4)

        def reorder(self):
            self.one_of(self.bring_to_front, self.bring_to_back)(*self.some())
            self.wait(0.2)

        def follow(self):
            first, second = self.one_of(*self.things), self.one_of(*self.things)
            if first is second:
                return
            first.add_updater(lambda m, dt: m.shift(dt * UP).set_x(second.get_x()))
            self.wait(0.3)
            self.play(second.animate.shift(LEFT), run_time=0.3)
            first.clear_updaters()

        def rest(self):
            self.wait(self.dice.choice([0.1, 0.3, 0.5]))

    return Shuffled
