"""The order in which mobjects are drawn."""

from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Camera, Mobject, Square
from manim.utils.family import extract_mobject_family_members

from cnnviz.render.fast.family import drawn_in_order, in_order

CAMERA = Camera(pixel_width=16, pixel_height=9)


class Hiding(Square):
    """Keeps its first member to itself."""

    def get_family(self, recurse=True):
        return [member for member in super().get_family(recurse) if member not in self.submobjects[:1]]


@st.composite
def families(draw):
    """Mobjects with points and without, in families that share members."""
    members = []
    for i in range(draw(st.integers(1, 9))):
        mobject = draw(st.sampled_from([Square, Mobject, Hiding]))()
        mobject.z_index = draw(st.integers(-1, 1))
        if i:
            mobject.submobjects = draw(st.lists(st.sampled_from(members), max_size=4))
        members.append(mobject)
    return draw(st.lists(st.sampled_from(members), max_size=8))


@settings(max_examples=100, deadline=None)
@given(families(), st.booleans())
def test_the_order_is_the_cameras(mobjects, by_z):
    CAMERA.use_z_index = by_z
    assert drawn_in_order(mobjects, by_z) == CAMERA.get_mobjects_to_display(mobjects)
    assert in_order(mobjects, by_z) == extract_mobject_family_members(mobjects, by_z)


def test_a_family_that_contains_itself():
    a, b = Square(), Square()
    a.submobjects, b.submobjects = [b], [a]
    assert drawn_in_order([a], True) == CAMERA.get_mobjects_to_display([a]) == [a, b]
