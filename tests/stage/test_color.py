import itertools

import pytest

from cnnviz.errors import OptionError
from cnnviz.stage.color import READABLE, contrast, difference, mix, seen_with
from cnnviz.stage.theme import ROLES, THEMES, theme

EYES = ("protanopia", "deuteranopia", "tritanopia")


@pytest.mark.parametrize("name", THEMES)
def test_text_reads_on_its_ground(name):
    look = theme(name)
    for color in (look.text, look.muted, *(look.role(role) for role in ROLES)):
        assert contrast(color, look.ground) >= READABLE, color


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("role", ROLES)
def test_numbers_read_on_every_fill(name, role):
    look = theme(name)
    for strength in range(-100, 101):
        fill = look.fill(role, strength / 100)
        assert contrast(look.text_on(fill), fill) >= READABLE


def test_no_single_text_color_would_do():
    look = theme("dark")
    assert contrast(look.text, look.fill("highlight", 1.0)) < READABLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_roles_stay_apart_for_color_blind_viewers(name, eyes):
    look = theme(name)
    for a, b in itertools.combinations(ROLES, 2):
        apart = difference(seen_with(eyes, look.role(a)), seen_with(eyes, look.role(b)))
        assert apart >= 5, (a, b, round(apart, 1))


def test_red_and_green_of_one_lightness_fail_that_check():
    assert difference(seen_with("deuteranopia", "#d05a3a"), seen_with("deuteranopia", "#8c8a35")) < 5


def test_fill_grows_with_the_value_and_turns_at_zero():
    look = theme("light")
    assert look.fill("input", 0) == look.cell
    steps = [difference(look.fill("input", s / 4), look.cell) for s in range(5)]
    assert steps == sorted(steps)
    assert look.fill("input", -0.5) == look.fill("output", -0.5) == mix(look.cell, look.negative, 0.43)
    assert look.fill("input", 7) == look.fill("input", 1)


def test_unknown_theme():
    with pytest.raises(OptionError) as caught:
        theme("sepia")
    assert str(caught.value) == "theme: expected one of dark, light or a .toml file, got 'sepia'"
