"""Ways to write a scene: updaters, rates, cameras, kinds of scene, layers and what a file may set."""

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DOWN,
    GREEN,
    IN,
    LEFT,
    ORIGIN,
    OUT,
    PI,
    RED,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    AnimatedBoundary,
    Axes,
    Circle,
    Create,
    Cube,
    DecimalNumber,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Line,
    LinearTransformationScene,
    MoveAlongPath,
    MovingCameraScene,
    Rotate,
    Scene,
    Sphere,
    Square,
    Star,
    Succession,
    Surface,
    Text,
    ThreeDAxes,
    ThreeDScene,
    TracedPath,
    Transform,
    Triangle,
    UpdateFromFunc,
    ValueTracker,
    VectorScene,
    VGroup,
    ZoomedScene,
    always,
    always_redraw,
    always_rotate,
    always_shift,
    cycle_animation,
    f_always,
    rate_functions,
    turn_animation_into_updater,
)

RATES = (
    "linear",
    "smooth",
    "smoothstep",
    "smootherstep",
    "smoothererstep",
    "rush_into",
    "rush_from",
    "slow_into",
    "double_smooth",
    "there_and_back",
    "there_and_back_with_pause",
    "running_start",
    "wiggle",
    "lingering",
    "exponential_decay",
    "ease_in_sine",
    "ease_out_bounce",
    "ease_in_out_elastic",
    "ease_out_back",
    "ease_in_out_quint",
)


def rated(name):
    """Move a square at a rate."""

    def tell(scene):
        scene.play(
            Square(fill_opacity=0.5).animate(rate_func=getattr(rate_functions, name), run_time=0.6).shift(2 * RIGHT)
        )

    return Scene, tell


def following(scene):
    """One follows another by an updater."""
    one, two = Square(), Dot().add_updater(lambda m: m.next_to(one, UP))
    scene.add(one, two)
    scene.play(one.animate.shift(RIGHT))


def timed(scene):
    """Updaters with the time, through a wait."""
    one = Square().add_updater(lambda m, dt: m.rotate(2 * dt))
    scene.add(one, Circle())
    scene.wait(0.6)


def on_scene(scene):
    """An updater of the scene itself."""
    one = Square(fill_opacity=0.5)
    scene.add(one)
    scene.add_updater(lambda dt: one.shift(dt * RIGHT))
    scene.wait(0.6)


def suspended(scene):
    """Updaters that rest and go on."""
    one = Square()
    one.add_updater(lambda m, dt: m.rotate(3 * dt))
    scene.add(one)
    scene.wait(0.3)
    one.suspend_updating()
    scene.wait(0.3)
    one.resume_updating()
    scene.play(FadeIn(Circle()), run_time=0.3)


def redrawn(scene):
    """A thing made anew for every frame."""
    value = ValueTracker(0.2)
    scene.add(always_redraw(lambda: Circle(value.get_value(), fill_opacity=0.4)))
    scene.play(value.animate.set_value(2))


def counting(scene):
    """A number that follows a value."""
    value = ValueTracker(0)
    number = DecimalNumber(0, mob_class=Text).add_updater(lambda m: m.set_value(value.get_value()))
    scene.add(number)
    scene.play(value.animate.set_value(12.5))


def helpers(scene):
    """Manim's helpers that add updaters."""
    one, two, three, four = Square(), Circle().shift(RIGHT), Triangle().shift(2 * LEFT), Dot(color=RED)
    always_rotate(one)
    always_shift(two, UP, 0.5)
    always(three.next_to, one, LEFT)
    f_always(four.move_to, two.get_top)
    scene.add(one, two, three, four)
    scene.wait(0.5)


def turned_in(scene):
    """Animations turned into updaters."""
    one, two = Square(), Circle().shift(2 * RIGHT)
    turn_animation_into_updater(FadeIn(one, run_time=0.4))
    cycle_animation(Rotate(two, PI, run_time=0.4))
    scene.add(one, two)
    scene.wait(0.8)


def traced(scene):
    """A path behind a dot, and one that fades."""
    dot = Dot()
    scene.add(dot, TracedPath(dot.get_center), TracedPath(dot.get_center, dissipating_time=0.3, stroke_color=RED))
    scene.play(MoveAlongPath(dot, Circle(1.5)))


def bounded(scene):
    """A border whose color runs."""
    one = Square(2)
    scene.add(one, AnimatedBoundary(one, colors=[RED, GREEN, BLUE], cycle_rate=2))
    scene.wait(0.5)


def foreground(scene):
    """Things in the foreground and the background."""
    front = Square(fill_opacity=1, color=BLUE)
    scene.add_foreground_mobject(front)
    scene.play(Circle(2, fill_opacity=1, color=RED).animate.shift(RIGHT))
    scene.remove_foreground_mobject(front)
    scene.bring_to_back(front)
    scene.play(FadeIn(Dot(radius=0.5)))


def layered(scene):
    """Order by z_index, changed between plays."""
    parts = [Square(2, fill_opacity=1, color=c).shift(s * 0.5 * RIGHT) for c, s in ((RED, -1), (GREEN, 0), (BLUE, 1))]
    parts[0].set_z_index(3)
    scene.play(*(FadeIn(part) for part in parts), run_time=0.3)
    parts[2].set_z_index(5)
    scene.play(parts[1].animate.shift(UP), run_time=0.3)


def set_in_groups(scene):
    """Groups whose members move, join and leave."""
    group = VGroup(*(Square(0.5) for _ in range(4))).arrange_in_grid(2, 2)
    scene.play(Create(group), run_time=0.4)
    group.remove(group[0])
    scene.play(group.animate.arrange(DOWN), run_time=0.4)
    group.add(Star(color=YELLOW))
    scene.play(group.animate.scale(0.5), run_time=0.3)


def colored(scene):
    """Gradients, sheens, widths and opacities that change."""
    one = Square(2, fill_opacity=1).set_color([RED, BLUE]).set_sheen(0.5, UP)
    scene.add(one)
    scene.play(one.animate.set_fill(GREEN, 0.4).set_stroke(WHITE, 12))
    one.set_stroke(BLUE, 20, background=True)
    scene.play(one.animate.set_opacity(0.3), run_time=0.4)


def chained(scene):
    """Chains of animate, and several plays of one thing at once."""
    one, two = Square(), Circle().shift(2 * LEFT)
    scene.play(one.animate.shift(UP).rotate(0.5).scale(0.5), two.animate(path_arc=1.0).shift(3 * RIGHT))
    scene.play(Succession(one.animate.shift(DOWN), two.animate.shift(DOWN)), run_time=0.6)


def becoming(scene):
    """Points changed by hand between plays and frozen waits."""
    one = Square()
    scene.add(one)
    scene.wait(0.2)
    one.become(Circle(fill_opacity=0.5))
    scene.wait(0.2)
    one.points = one.points * 0.5
    scene.play(UpdateFromFunc(one, lambda m: m.shift(0.05 * UP)), run_time=0.4)
    one.match_color(Dot(color=RED))
    scene.wait(0.2)


def pictured(scene):
    """Pictures that move, turn, fade and lie over shapes."""
    pixels = np.random.default_rng(0).integers(0, 255, (5, 8, 3), dtype=np.uint8)
    image = ImageMobject(pixels).scale(25)
    scene.add(Square(3, fill_opacity=1, color=BLUE), image)
    scene.play(image.animate.shift(RIGHT).rotate(0.4))
    scene.play(image.animate.set_opacity(0.3), run_time=0.3)
    scene.play(FadeOut(Group(image)), run_time=0.3)


def grounded(scene):
    """A background of another color."""
    scene.camera.background_color = "#224466"
    scene.play(FadeIn(Square()))


def sectioned(scene):
    """Sections, captions and a wait until something holds."""
    scene.next_section("one")
    scene.play(Create(Square()), subcaption="a square", run_time=0.3)
    scene.next_section("two", skip_animations=False)
    scene.add_subcaption("then", duration=0.4)
    one = Dot().add_updater(lambda m, dt: m.shift(2 * dt * RIGHT))
    scene.add(one)
    scene.wait_until(lambda: one.get_x() > 0.5, max_time=1)


def plotted(scene):
    """Axes with a curve, an area and a line that follows."""
    axes = Axes(x_range=[0, 4], y_range=[0, 4], x_length=5, y_length=3)
    curve = axes.plot(lambda x: x * x / 4, x_range=[0, 4, 0.2])
    at = ValueTracker(0.5)
    line = always_redraw(lambda: axes.get_vertical_line(axes.i2gp(at.get_value(), curve)))
    scene.add(axes, axes.get_area(curve, [0, 2]), line)
    scene.play(Create(curve), at.animate.set_value(3))


def panned(scene):
    """A camera that pans, zooms, turns back and follows."""
    scene.add(Square(), Circle().shift(2 * RIGHT))
    scene.camera.frame.save_state()
    scene.play(scene.camera.frame.animate.scale(0.5).move_to(2 * RIGHT))
    scene.play(scene.camera.auto_zoom([scene.mobjects[0]], margin=1), run_time=0.4)
    scene.play(scene.camera.frame.animate.restore(), run_time=0.4)


def zoomed(scene):
    """A second camera in a corner."""
    scene.add(Square(1, fill_opacity=0.5), Text("x").scale(0.4))
    scene.activate_zooming(animate=False)
    scene.play(scene.zoomed_camera.frame.animate.shift(0.5 * RIGHT))


def orbited(scene):
    """A camera in space that turns and is shaded."""
    scene.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
    scene.add(ThreeDAxes(x_length=4, y_length=4, z_length=2), Cube(fill_opacity=0.6))
    scene.begin_ambient_camera_rotation(rate=0.5)
    scene.wait(0.5)
    scene.stop_ambient_camera_rotation()
    scene.move_camera(phi=30 * DEGREES, zoom=0.8, run_time=0.5)


def lit(scene):
    """Surfaces, and letters fixed in the frame, in space."""
    scene.set_camera_orientation(phi=50 * DEGREES, theta=-40 * DEGREES, focal_distance=12)
    title = Text("fixed").to_corner(UP + LEFT)
    scene.add_fixed_in_frame_mobjects(title)
    dot = Dot(OUT + RIGHT)
    scene.add_fixed_orientation_mobjects(dot)
    sheet = Surface(lambda u, v: (u, v, np.sin(u * v)), u_range=[-1, 1], v_range=[-1, 1], resolution=5)
    scene.play(Create(sheet), run_time=0.5)
    scene.play(sheet.animate.shift(IN), Transform(dot, Sphere(radius=0.2, resolution=(3, 3)).shift(UP)), run_time=0.4)


def linear(scene):
    """A plane under a matrix."""
    scene.apply_matrix([[1, 1], [0, 1]], run_time=0.6)
    scene.play(FadeIn(Dot([1, 1, 0])), run_time=0.3)


def vectors(scene):
    """A scene of vectors."""
    scene.add_plane()
    scene.add_vector([1, 1], color=YELLOW)


def crowded(scene):
    """Many things of which few move."""
    dots = VGroup(*(Dot(0.3 * (i % 20 - 10) * RIGHT + 0.3 * (i // 20 - 5) * UP, radius=0.08) for i in range(200)))
    scene.add(dots)
    scene.play(dots[3].animate.shift(UP), dots[100:110].animate.set_color(RED))
    scene.play(FadeOut(dots[::2]), run_time=0.4)


def empty(scene):
    """Nothing for a while, then something at once."""
    scene.wait(0.3)
    scene.add(Line(LEFT, RIGHT), Text("there").move_to(ORIGIN))
    scene.pause(0.3)
    scene.clear()
    scene.wait(0.2)


WAYS = {
    **{f"at the rate {name}": rated(name) for name in RATES},
    **{
        tell.__name__: (Scene, tell)
        for tell in (
            *(
                following,
                timed,
                on_scene,
                suspended,
                redrawn,
                counting,
                helpers,
                turned_in,
                traced,
                bounded,
                foreground,
            ),
            *(
                layered,
                set_in_groups,
                colored,
                chained,
                becoming,
                pictured,
                grounded,
                sectioned,
                plotted,
                crowded,
                empty,
            ),
        )
    },
    "panned": (MovingCameraScene, panned),
    "zoomed": (ZoomedScene, zoomed),
    "orbited": (ThreeDScene, orbited),
    "lit": (ThreeDScene, lit),
    "linear": (LinearTransformationScene, linear),
    "vectors": (VectorScene, vectors),
}
