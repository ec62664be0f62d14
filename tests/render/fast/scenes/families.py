from manim import BLUE, LEFT, RED, RIGHT, UP, Circle, Group, Scene, Square, Triangle, UpdateFromFunc, VGroup


class Families(Scene):
    """Families that change: members shared by two groups, added and removed, during an animation too."""

    def construct(self):
        shared = Circle(0.5, fill_opacity=1)
        left = VGroup(Square(1).shift(LEFT), shared)
        right = VGroup(shared, Square(1, color=RED).shift(RIGHT))
        self.add(left, right)
        self.play(shared.animate.shift(UP), run_time=0.3)
        extra = Triangle(color=BLUE).shift(2 * RIGHT)
        group = Group(left, extra)
        self.play(group.animate.scale(0.8), run_time=0.3)
        group.remove(extra)
        self.wait(0.2)
        count = [0]

        def grow(mobject):
            count[0] += 1
            if count[0] % 2:
                mobject.add(Square(0.1 * count[0]).shift(2 * LEFT))
            elif len(mobject) > 2:
                mobject.remove(mobject[2])

        self.play(UpdateFromFunc(left, grow), run_time=0.6)
        self.remove(left[0])
        self.wait(0.2)
