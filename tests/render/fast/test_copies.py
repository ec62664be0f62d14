"""Quick copies and remembered texts are, part by part, what Manim makes."""

import enum

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    Arrow,
    Axes,
    Circle,
    Dot,
    ImageMobject,
    ManimColor,
    Rectangle,
    Square,
    Text,
    ThreeDAxes,
    ValueTracker,
    VGroup,
    VMobject,
)

from cnnviz.render.fast.colors import colors_remembered
from cnnviz.render.fast.copies import UNCHANGING, copies_share
from cnnviz.render.fast.texts import texts_remembered


def signature(thing, seen=None):
    """Describe an object to the last number, and which of its parts are the same object."""
    seen = {} if seen is None else seen
    if isinstance(thing, (*UNCHANGING, ManimColor)):
        return str(thing)
    if thing is None or isinstance(thing, (bool, int, float, str, bytes, enum.Enum, np.generic)):
        return repr(thing)
    if id(thing) in seen:
        return f"the {seen[id(thing)][0]}th"
    seen[id(thing)] = len(seen), thing  # kept, for an id names an object only while it lives
    kind = type(thing).__name__
    if isinstance(thing, np.ndarray):
        return kind, str(thing.dtype), thing.shape, thing.flags["C_CONTIGUOUS"], thing.tobytes()
    if isinstance(thing, dict):
        return kind, [(signature(name, seen), signature(part, seen)) for name, part in thing.items()]
    if isinstance(thing, (list, tuple)):
        return kind, [signature(part, seen) for part in thing]
    if callable(thing) or not hasattr(thing, "__dict__"):
        return kind, id(thing)
    passed = {"original_id", "sheen_direction" if isinstance(thing, Text) else ""}  # of a whole text it says nothing
    parts = {name: value for name, value in vars(thing).items() if name not in passed}
    return kind, [(name, signature(value, seen)) for name, value in sorted(parts.items())]


class Careful(Square):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)


def with_target():
    square = Square().add_updater(print)
    square.generate_target()
    square.marks = [square.target, (square, np.arange(3)), {"own": square.points}]
    return square


MADE = {
    "square": lambda: Square(color=BLUE, fill_opacity=0.5),
    "group": lambda: VGroup(Circle(), VGroup(Rectangle(), Dot())).arrange(DOWN),
    "text": lambda: Text("a b", color=BLUE),
    "itself": with_target,
    "own ways": Careful,
    "tracker": lambda: ValueTracker(3),
    "axes": lambda: Axes(x_range=[0, 2], y_range=[0, 1]),
    "space": ThreeDAxes,
    "image": lambda: ImageMobject(np.eye(4, dtype=np.uint8)),
    "columns": lambda: VMobject().set_points(np.asfortranarray(np.ones((4, 3)))),
    "arrow": Arrow,
}


@pytest.mark.parametrize("name", MADE)
def test_a_quick_copy_is_a_copy(name):
    made = MADE[name]()
    plain = made.copy()
    with copies_share():
        quick = made.copy()
    assert signature(quick) == signature(plain)
    arrays = [{id(part.points) for part in copied.get_family()} for copied in (quick, made)]
    assert not arrays[0] & arrays[1]


@pytest.mark.parametrize("name", [name for name in MADE if name != "space"])  # whose functions are its own each time
def test_a_mobject_with_colors_looked_up_is_what_it_is(name):
    plain = MADE[name]()
    with colors_remembered():
        MADE[name]().set_color("#123456")  # must not change what is known
        quick = MADE[name]()
    assert signature(quick) == signature(plain)


@pytest.mark.parametrize("sheen", [0, 0.3])
@pytest.mark.parametrize("color", [BLUE, "#ff0000", [BLUE, "#00ff00"], None])
@pytest.mark.parametrize("opacity", [0.5, 1, None, [0.2, 0.4]])
def test_any_colors(color, opacity, sheen):
    def made():
        mobject = Square(sheen_factor=sheen)
        mobject.set_fill(color, opacity).set_stroke(color, opacity=opacity)
        return signature([mobject.fill_rgbas, mobject.stroke_rgbas, mobject.fill_opacity])

    plain = made()
    with colors_remembered():
        assert made() == made() == plain


def test_the_signature_sees_a_part_that_is_shared_or_other():
    made = VGroup(Square(), Square())
    whole = signature(made)
    made[0].points = made[1].points
    shared = signature(made)
    made[0].points = made[1].points.copy()
    assert shared != whole == signature(made)
    made[0].points[0, 0] += 1e-9
    assert signature(made) != whole


TEXTS = {
    "plain": lambda: Text("12"),
    "color": lambda: Text("12", color=BLUE, font_size=20),
    "no color": lambda: Text("12", font_size=20),
    "size": lambda: Text("12", 0.5, 1),
    "parts": lambda: Text("12", t2c={"1": BLUE}),
    "lines": lambda: Text("1\n2", line_spacing=2),
    "joined": lambda: Text("1 2", disable_ligatures=True),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_second_time_a_text_is_what_it_is_the_first_time(name, monkeypatch):
    plain = signature(TEXTS[name]())
    sets = []
    monkeypatch.setattr(Text, "_text2svg", _counted(Text._text2svg, sets))
    with texts_remembered():
        for other in TEXTS.values():  # one must not be taken for another
            other()
        first, second = TEXTS[name](), TEXTS[name]()
        first.set_color("#FF0000").shift(DOWN)
        third = TEXTS[name]()
    assert signature(second) == signature(third) == plain
    assert second.chars[0] is second.submobjects[0] is not third.submobjects[0]
    assert len(sets) == len(TEXTS) + 3 * (name == "parts")


def _counted(make, calls):
    return lambda self, *options: calls.append(self) or make(self, *options)


def test_a_text_after_a_change_of_defaults():
    class Own(Text):
        pass

    with texts_remembered():
        before, own = Text("12"), Own("12")
        Text.set_default(font_size=20)
        small = Text("12")
        Text.set_default()
        VMobject.set_default(joint_type="ROUND")
        try:
            other = Text("12")
        finally:
            VMobject.set_default()
        after = Text("12")
    assert type(own) is Own
    assert small.height < before.height == after.height == own.height
    assert other[0].joint_type == "ROUND" != after[0].joint_type
