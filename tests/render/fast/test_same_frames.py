"""The fast renderer's frames are Manim's."""

from functools import cache

import numpy as np
import pytest
from manim import RIGHT, MovingCamera, MultiCamera, Scene, Square, ThreeDCamera

from cnnviz.render.fast import album, boxes, outline, render_scene, studio, view
from tests.render.fast.compare import ALLOWED, SCENES, Frames, both, differences, scene_class

NAMES = [path.stem for path in SCENES]


def by_name(name):
    return scene_class(SCENES[NAMES.index(name)])


def test_there_are_scenes():
    assert len(SCENES) >= 20


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.stem, marks=[pytest.mark.full] * (p.stem == "three_d")) for p in SCENES]
)  # what stands still of it is compared below
def test_same_frames(path):
    (told, fast), (stock_told, stock) = both(scene_class(path))
    assert told == stock_told
    assert max(differences(fast, stock)) <= ALLOWED
    assert len({frame.tobytes() for frame in fast}) > 1, "the scene shows nothing"


@pytest.mark.full
@pytest.mark.parametrize("options", [{"fps": 30}, {"width": 640, "height": 480}, {"transparent": True}], ids=str)
@pytest.mark.parametrize("path", SCENES, ids=NAMES)
def test_same_frames_at_other_settings(path, options):
    (told, fast), (stock_told, stock) = both(scene_class(path), **options)
    assert told == stock_told
    assert max(differences(fast, stock)) <= ALLOWED


@pytest.mark.parametrize("name", ["transparency", "images", "off_screen"])
def test_same_frames_without_a_background(name):
    (_, fast), (_, stock) = both(by_name(name), transparent=True, width=120, height=68)
    assert (fast[0][0, 0] == 0).all()
    assert max(differences(fast, stock)) <= ALLOWED


def test_same_frames_on_a_colored_background():
    (_, fast), (_, stock) = both(by_name("transparency"), background="#ECE7E2", width=120, height=68)
    assert fast[0][0, 0].tolist() == [0xEC, 0xE7, 0xE2, 255]
    assert max(differences(fast, stock)) <= ALLOWED


@pytest.mark.parametrize("name", ["still_and_moving", "three_d", "zoomed"])
def test_same_stills(name):
    (told, fast), (_, stock) = both(by_name(name), still=True)
    assert told.frames == 1
    assert told.seconds == 0.1
    assert max(differences(fast, stock)) <= ALLOWED


def test_a_scene_without_animations_is_one_frame():
    class Standing(Scene):
        def construct(self):
            self.add(Square(fill_opacity=0.5))

    (told, fast), (_, stock) = both(Standing)
    assert told.frames == 1
    assert max(differences(fast, stock)) == 0


# The comparison notices what it should: each of these breaks the fast renderer in one way.


def half(of):
    return [(top, left, (top + bottom + 1) // 2, right) for top, left, bottom, right in of]


BREAKS = {
    "repaints half of what changed": (boxes, "apart", lambda plain: lambda found: half(plain(found)), "transforms"),
    "does not look at the points": (
        outline,
        "look_of",
        lambda plain: lambda mobject, seen: (id(mobject), *plain(mobject, seen)[1:]),
        "in_place",
    ),
    "does not look at the fill": (
        outline,
        "look_of",
        lambda plain: lambda mobject, seen: (plain(mobject, seen)[0], None, *plain(mobject, seen)[2:]),
        "transparency",
    ),
    "takes the camera for standing": (view.View, "stamp", lambda _: lambda _: 0, "images_alone"),
    "takes the way to pixels for the first one": (
        view.View,
        "matrix",
        lambda plain: cache(lambda _: plain(_)),  # noqa: PLW0108
        "moving_camera",
    ),
    "does not look at what is pinned": (view.View, "stance", lambda _: lambda *_: None, "three_d"),
    "takes the background for the first one": (studio, "_same", lambda _: lambda a, _: a.size > 0, "background"),
    "draws for every camera": (view, "understood", lambda _: lambda _: True, "own_camera"),
    "ignores z_index": (view, "drawn_in_order", lambda plain: lambda mobjects, _: plain(mobjects, False), "z_order"),
}


@pytest.mark.full
@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_renderer_is_noticed(what, monkeypatch):
    from cnnviz.render.fast import renderer

    place, name, broken, scene = BREAKS[what]
    replacement = broken(getattr(place, name))
    for module in (place, album, renderer):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, replacement)
    try:
        (_, fast), (_, stock) = both(by_name(scene))
    except AssertionError as error:
        assert "changed outside of" in str(error)  # noqa: PT017
    else:
        assert max(differences(fast, stock)) > ALLOWED


def test_a_box_that_is_too_small_is_noticed(monkeypatch):
    monkeypatch.setattr(studio, "hull", lambda a, _: a)
    monkeypatch.setattr(studio, "reduce", lambda _, found: half(found)[0])
    with pytest.raises(AssertionError, match="changed outside of"):
        both(by_name("transforms"))


# Which cameras are drawn for


@pytest.mark.parametrize("camera", [MovingCamera, MultiCamera, ThreeDCamera])
def test_cameras_of_manim_are_understood(camera):
    assert view.understood(camera())


def test_a_camera_with_methods_of_its_own_is_understood():
    class Named(MovingCamera):
        def name(self):
            return "named"

    assert view.understood(Named())


@pytest.mark.parametrize("method", ["apply_fill", "get_stroke_rgbas", "capture_mobjects", "frame_width"])
def test_a_camera_that_draws_otherwise_is_not_understood(method):
    camera = type("Other", (MovingCamera,), {method: getattr(MovingCamera, method)})()
    assert not view.understood(camera)


def test_the_fast_path_is_taken():
    """No frame of an ordinary scene is drawn by Manim."""

    class Slide(Scene):
        def construct(self):
            square = Square()
            self.add(Square(0.5))
            self.play(square.animate.shift(RIGHT), run_time=0.4)
            self.wait(0.4)

        def setup(self):
            self.camera.capture_mobjects = None
            self.camera.display_vectorized = None

    sink = Frames()
    assert render_scene(lambda r: Slide(renderer=r), width=64, height=36, fps=10, sink=sink).frames == 8
    assert np.any(sink.all[0][:, :, 0])
    assert sink.writes[0][1] is None
    assert all(box is not None for _, box in sink.writes[1:])
