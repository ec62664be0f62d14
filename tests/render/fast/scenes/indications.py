from manim import (
    BLUE,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    AnimationGroup,
    Arc,
    Arrow,
    Circumscribe,
    Dot,
    FadeIn,
    Flash,
    GrowArrow,
    Indicate,
    LaggedStart,
    MoveAlongPath,
    Scene,
    ShowPassingFlash,
    Square,
    Succession,
    SurroundingRectangle,
    Text,
    VGroup,
    Wiggle,
)


class Indications(Scene):
    """Animations made of animations, and those that add mobjects of their own for a moment."""

    def construct(self):
        words = VGroup(Text("one"), Text("two"), Text("three")).arrange(DOWN).shift(3 * LEFT)
        self.play(LaggedStart(*(FadeIn(word, shift=UP) for word in words), lag_ratio=0.4), run_time=0.6)
        self.play(Indicate(words[0]), Circumscribe(words[1]), run_time=0.5)
        box = SurroundingRectangle(words[2], color=BLUE)
        self.play(ShowPassingFlash(box, time_width=0.5), Flash(2 * RIGHT), run_time=0.5)
        dot = Dot()
        self.play(
            Succession(MoveAlongPath(dot, Arc(1, 0, 3)), AnimationGroup(Wiggle(words[0]), GrowArrow(Arrow()))),
            run_time=0.8,
        )
        self.play(Square().animate(lag_ratio=0.3).shift(RIGHT), run_time=0.3)
