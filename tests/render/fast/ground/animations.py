"""Every kind of animation that Manim offers, each played on something small, by its name."""

import numpy as np
from manim import (
    BLUE,
    DOWN,
    LEFT,
    PI,
    RED,
    RIGHT,
    UP,
    YELLOW,
    Add,
    AddTextLetterByLetter,
    AnimationGroup,
    ApplyComplexFunction,
    ApplyFunction,
    ApplyMatrix,
    ApplyMethod,
    ApplyPointwiseFunction,
    ApplyWave,
    Arrow,
    Blink,
    Broadcast,
    ChangeDecimalToValue,
    ChangeSpeed,
    ChangingDecimal,
    Circle,
    Circumscribe,
    ClockwiseTransform,
    ComplexHomotopy,
    CounterclockwiseTransform,
    Create,
    CyclicReplace,
    DecimalNumber,
    Dot,
    DrawBorderThenFill,
    FadeIn,
    FadeOut,
    FadeToColor,
    FadeTransform,
    FadeTransformPieces,
    Flash,
    FocusOn,
    GrowArrow,
    GrowFromCenter,
    GrowFromEdge,
    GrowFromPoint,
    Homotopy,
    Indicate,
    LaggedStart,
    LaggedStartMap,
    MaintainPositionRelativeTo,
    MoveAlongPath,
    MoveToTarget,
    PhaseFlow,
    RemoveTextLetterByLetter,
    ReplacementTransform,
    Restore,
    Rotate,
    Rotating,
    ScaleInPlace,
    ShowIncreasingSubsets,
    ShowPassingFlash,
    ShowPassingFlashWithThinningStrokeWidth,
    ShowSubmobjectsOneByOne,
    ShrinkToCenter,
    SpinInFromNothing,
    SpiralIn,
    Square,
    Succession,
    Swap,
    Text,
    Transform,
    TransformFromCopy,
    TransformMatchingShapes,
    TypeWithCursor,
    Uncreate,
    UntypeWithCursor,
    Unwrite,
    UpdateFromAlphaFunc,
    UpdateFromFunc,
    VGroup,
    Wait,
    Wiggle,
    Write,
)


def square(**how):
    """Make a filled square."""
    return Square(1.5, **{"fill_opacity": 0.5, "color": BLUE, **how})


def circle():
    """Make a circle elsewhere."""
    return Circle(0.8, color=YELLOW, fill_opacity=0.3).shift(2 * RIGHT)


def three():
    """Make three things in a row."""
    return VGroup(Square(0.6), Circle(0.4), Dot(radius=0.3)).arrange(RIGHT)


def alone(kind, *given, **how):
    """An animation of a square that is there."""
    return lambda scene: kind(added(scene, square()), *given, **how)


def entering(kind, *given, **how):
    """An animation that brings a square."""
    return lambda _: kind(square(), *given, **how)


def turned(kind, **how):
    """An animation from a square to a circle."""
    return lambda scene: kind(added(scene, square()), circle(), **how)


def writing(kind, **how):
    """An animation of a text."""
    return lambda _: kind(Text("written"), **how)


def typed(kind, **how):
    """An animation of a text and a cursor."""
    return lambda scene: kind(added(scene, Text("typed")), Square(0.3, fill_opacity=1), **how)


def added(scene, mobject):
    """Put something on stage."""
    scene.add(mobject)
    return mobject


def target(scene):
    """Move to a target set before."""
    one = added(scene, square())
    one.generate_target().shift(RIGHT).set_color(RED)
    return MoveToTarget(one)


def restored(scene):
    """Go back to what was saved."""
    one = added(scene, square())
    one.save_state()
    one.shift(2 * UP).rotate(0.5).set_opacity(0.2)
    return Restore(one)


def followed(scene):
    """Keep a place beside something that moves."""
    one, two = added(scene, square()), added(scene, Dot(2 * UP))
    return AnimationGroup(one.animate.shift(RIGHT), MaintainPositionRelativeTo(two, one))


def decimal(scene):
    """A number without LaTeX."""
    return added(scene, DecimalNumber(0, mob_class=Text))


def matching(scene):
    """Letters that find each other."""
    return TransformMatchingShapes(added(scene, Text("abc")), Text("cab").shift(DOWN))


ANIMATIONS = {
    "Add": lambda _: Succession(Add(square()), Wait(0.2), Add(circle())),
    "AddTextLetterByLetter": writing(AddTextLetterByLetter, time_per_char=0.1),
    "AnimationGroup": lambda _: AnimationGroup(FadeIn(square()), Create(circle()), lag_ratio=0.5),
    "ApplyComplexFunction": lambda scene: ApplyComplexFunction(lambda z: z * z / 2, added(scene, square())),
    "ApplyFunction": lambda scene: ApplyFunction(lambda m: m.shift(RIGHT).scale(0.5), added(scene, square())),
    "ApplyMatrix": lambda scene: ApplyMatrix([[1, 0.5], [0, 1.2]], added(scene, square())),
    "ApplyMethod": lambda scene: ApplyMethod(added(scene, square()).shift, UP),
    "ApplyPointwiseFunction": lambda scene: ApplyPointwiseFunction(lambda p: p + np.sin(p), added(scene, square())),
    "ApplyWave": alone(ApplyWave),
    "Blink": alone(Blink, blinks=2),
    "Broadcast": lambda _: Broadcast(square(), n_mobs=3),
    "ChangeDecimalToValue": lambda scene: ChangeDecimalToValue(decimal(scene), 7.5),
    "ChangeSpeed": lambda scene: ChangeSpeed(added(scene, square()).animate.shift(RIGHT), {0.3: 0.5, 0.7: 2}),
    "ChangingDecimal": lambda scene: ChangingDecimal(decimal(scene), lambda a: 9 * a),
    "Circumscribe": alone(Circumscribe, fade_out=True),
    "ClockwiseTransform": turned(ClockwiseTransform),
    "ComplexHomotopy": lambda scene: ComplexHomotopy(lambda z, t: z * (1 + t * 1j), added(scene, square())),
    "CounterclockwiseTransform": turned(CounterclockwiseTransform),
    "Create": entering(Create),
    "CyclicReplace": lambda scene: CyclicReplace(*added(scene, three())),
    "DrawBorderThenFill": entering(DrawBorderThenFill),
    "FadeIn": entering(FadeIn, shift=UP, scale=0.5),
    "FadeOut": alone(FadeOut, target_position=2 * RIGHT),
    "FadeToColor": alone(FadeToColor, RED),
    "FadeTransform": turned(FadeTransform, stretch=False),
    "FadeTransformPieces": lambda scene: FadeTransformPieces(added(scene, three()), three().shift(UP)),
    "Flash": lambda _: Flash(RIGHT, num_lines=6),
    "FocusOn": alone(FocusOn),
    "GrowArrow": lambda _: GrowArrow(Arrow(LEFT, RIGHT)),
    "GrowFromCenter": entering(GrowFromCenter),
    "GrowFromEdge": entering(GrowFromEdge, DOWN),
    "GrowFromPoint": entering(GrowFromPoint, 2 * LEFT, point_color=RED),
    "Homotopy": lambda scene: Homotopy(lambda x, y, z, t: (x + t * y, y, z), added(scene, square())),
    "Indicate": alone(Indicate),
    "LaggedStart": lambda _: LaggedStart(*(FadeIn(part) for part in three()), lag_ratio=0.4),
    "LaggedStartMap": lambda scene: LaggedStartMap(FadeOut, added(scene, three())),
    "MaintainPositionRelativeTo": followed,
    "MoveAlongPath": alone(MoveAlongPath, Circle(2)),
    "MoveToTarget": target,
    "PhaseFlow": lambda scene: PhaseFlow(lambda p: np.array([-p[1], p[0], 0]), added(scene, square())),
    "RemoveTextLetterByLetter": lambda scene: RemoveTextLetterByLetter(added(scene, Text("gone")), time_per_char=0.1),
    "ReplacementTransform": turned(ReplacementTransform),
    "Restore": restored,
    "Rotate": alone(Rotate, PI / 2, about_point=LEFT),
    "Rotating": alone(Rotating, angle=PI, run_time=0.6),
    "ScaleInPlace": alone(ScaleInPlace, 1.5),
    "ShowIncreasingSubsets": lambda _: ShowIncreasingSubsets(three()),
    "ShowPassingFlash": lambda _: ShowPassingFlash(Circle(1, color=RED), time_width=0.4),
    "ShowPassingFlashWithThinningStrokeWidth": lambda _: ShowPassingFlashWithThinningStrokeWidth(
        Circle(), n_segments=4
    ),
    "ShowSubmobjectsOneByOne": lambda _: ShowSubmobjectsOneByOne(three()),
    "ShrinkToCenter": alone(ShrinkToCenter),
    "SpinInFromNothing": entering(SpinInFromNothing),
    "SpiralIn": lambda _: SpiralIn(three()),
    "Succession": lambda _: Succession(FadeIn(square()), Wait(0.2), Create(circle()), run_time=1.2),
    "Swap": lambda scene: Swap(*added(scene, three())[:2]),
    "Transform": turned(Transform, path_arc=1.0),
    "TransformFromCopy": turned(TransformFromCopy),
    "TransformMatchingShapes": matching,
    "TypeWithCursor": typed(TypeWithCursor, time_per_char=0.1),
    "Uncreate": alone(Uncreate),
    "UntypeWithCursor": typed(UntypeWithCursor, time_per_char=0.1),
    "Unwrite": lambda scene: Unwrite(added(scene, Text("gone"))),
    "UpdateFromAlphaFunc": alone(UpdateFromAlphaFunc, lambda m, a: m.set_opacity(1 - a / 2)),
    "UpdateFromFunc": alone(UpdateFromFunc, lambda m: m.rotate(0.1)),
    "Wait": lambda _: Wait(0.5, frozen_frame=False),
    "Wiggle": alone(Wiggle),
    "Write": writing(Write, reverse=True),
}

ELSEWHERE = {
    "bases of others in the table": "Animation ShowPartial",
    "of LaTeX, which is not on every machine": "TransformMatchingTex",
    "broken in Manim itself": "AddTextWordByWord ApplyPointwiseFunctionToCenter "
    "SmoothedVectorizedHomotopy TransformAnimations",
}
