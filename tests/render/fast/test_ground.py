"""The frames of everything that Manim offers are Manim's: each kind of mobject and animation, and ways to use them."""

import inspect

import manim
import pytest
from manim import Animation, Mobject

from tests.render.fast.compare import ALLOWED, both, differences
from tests.render.fast.ground import GROUND, animations, mobjects

SMALL = {"width": 240, "height": 136, "fps": 5}


def of_manim(kind):
    return {name for name, value in vars(manim).items() if inspect.isclass(value) and issubclass(value, kind)}


@pytest.mark.parametrize(("kind", "table"), [(Mobject, mobjects.MOBJECTS), (Animation, animations.ANIMATIONS)])
def test_nothing_that_manim_offers_is_left_out(kind, table):
    where = mobjects if kind is Mobject else animations
    told_apart = set(" ".join(where.ELSEWHERE.values()).split())
    tips = {name for name in of_manim(kind) if name.startswith(("Arrow", "Stealth")) and "Tip" in name}
    assert of_manim(kind) - told_apart - tips <= set(table)
    assert not told_apart & set(table)
    assert len(GROUND) >= 150


@pytest.mark.few(6)
@pytest.mark.parametrize("name", GROUND)
def test_the_frames_are_those_of_manim(name):
    (ours, fast), (theirs, stock) = both(GROUND[name], **SMALL)
    assert ours == theirs
    assert max(differences(fast, stock)) <= ALLOWED
