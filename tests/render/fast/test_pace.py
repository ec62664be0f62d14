"""The quicker ways give what Manim's own give."""

import copyreg

from hypothesis import given, settings
from hypothesis import strategies as st
from manim import (
    RIGHT,
    AnimationGroup,
    FadeIn,
    FadeOut,
    MovingCameraScene,
    Scene,
    Square,
    Succession,
    Text,
    Transform,
    ValueTracker,
    VMobject,
    Wait,
)

from cnnviz.render.fast import render_scene, stock_render_scene
from cnnviz.render.fast.copies import copies_share
from cnnviz.render.fast.pace import hasten, moving_and_static, update_mobjects
from tests.render.fast.compare import Frames

SCENE = Scene()


@st.composite
def scenes(draw):
    """Mobjects in families that share members, some with updaters, some in the foreground, and animations of some."""
    log, members = [], []
    for i in range(draw(st.integers(2, 9))):
        mobject = Square() if draw(st.booleans()) else VMobject()
        mobject.z_index = draw(st.sampled_from([0, 0, 0, 1]))
        mobject.name = f"m{i}"
        if i:
            mobject.submobjects = draw(st.lists(st.sampled_from(members), max_size=3))
        if draw(st.integers(0, 5)) == 0:
            mobject.add_updater(lambda m, dt: log.append((m.name, dt)))
            mobject.updating_suspended = draw(st.booleans())
        members.append(mobject)
    mobjects = draw(st.lists(st.sampled_from(members), max_size=6))
    foreground = draw(st.lists(st.sampled_from(members), max_size=1))
    animated = draw(st.lists(st.sampled_from(members), max_size=3))
    kinds = draw(st.lists(st.sampled_from([FadeIn, FadeOut]), min_size=len(animated), max_size=len(animated)))
    animations = [kind(mobject) for kind, mobject in zip(kinds, animated, strict=True)]
    if draw(st.booleans()) and animations:
        animations = [Succession(AnimationGroup(*animations), Wait())]
    return mobjects, foreground, animations, log


@settings(max_examples=200, deadline=None)
@given(scenes())
def test_moving_and_static(made):
    SCENE.mobjects, SCENE.foreground_mobjects, animations, _ = made
    assert moving_and_static(SCENE, animations) == Scene.get_moving_and_static_mobjects(SCENE, animations)


@settings(max_examples=100, deadline=None)
@given(scenes())
def test_updates(made):
    SCENE.mobjects, _, _, log = made
    log.clear()
    Scene.update_mobjects(SCENE, 0.25)
    expected = log[:]
    log.clear()
    update_mobjects(SCENE, 0.25)
    assert log == expected


def test_an_updater_that_gives_another_mobject_an_updater():
    scene, tracker, log = Scene(), ValueTracker(0), []
    late = Square()
    tracker.add_updater(lambda _: late.add_updater(lambda _: log.append("late")))
    scene.mobjects = [tracker, late]
    update_mobjects(scene, 1)
    assert log == ["late"]


def test_what_a_class_does_otherwise_stays():
    class Own(Scene):
        def update_mobjects(self, dt):
            return super().update_mobjects(dt)

        def get_moving_mobjects(self, *animations):
            return super().get_moving_mobjects(*animations)

    for scene in (Own(), MovingCameraScene()):
        hasten(scene)
        assert "get_moving_and_static_mobjects" not in vars(scene)
        assert ("update_mobjects" in vars(scene)) == isinstance(scene, MovingCameraScene)


def test_copies_share_what_never_changes_and_only_then():
    table = dict(copyreg.dispatch_table)
    letter = Text("a")[0]
    letter.set_fill("#123456")
    with copies_share():
        shared = letter.copy()
    apart = letter.copy()
    assert copyreg.dispatch_table == table
    assert shared.path_obj is letter.path_obj is not apart.path_obj
    assert shared.points is not letter.points
    assert shared.fill_rgbas is not letter.fill_rgbas
    shared.shift(RIGHT).set_fill("#654321")
    assert (letter.points == apart.points).all()
    assert letter.fill_color == apart.fill_color


def test_texts_are_made_once_for_the_fast_renderer_only(monkeypatch):
    made = []
    plain = Text.generate_mobject
    monkeypatch.setattr(Text, "generate_mobject", lambda self: made.append(self.text) or plain(self))

    class Twice(Scene):
        def construct(self):
            first, second = Text("ab"), Text("ab")
            second.shift(RIGHT).set_color("#FF0000")
            self.add(first, second)
            self.play(Transform(first, Text("ab", slant="ITALIC")), run_time=0.2)

    frames = []
    for render, times in ((render_scene, 2), (stock_render_scene, 3)):
        made.clear()
        sink = Frames()
        render(lambda r: Twice(renderer=r), width=64, height=36, fps=10, sink=sink)
        frames.append([frame.tobytes() for frame in sink.all])
        assert len(made) == times
    assert frames[0] == frames[1]
