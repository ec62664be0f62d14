"""Which mobjects a scene holds, in which order, and which of them stir."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from manim import Mobject
from manim.utils.family import extract_mobject_family_members

_Z = attrgetter("z_index")


def in_order(mobjects: Iterable[Mobject], by_z: bool) -> list[Mobject]:
    """List mobjects and their families, the lowest first, each where it comes last.

    This is Manim's own order, found in one walk instead of one per ancestor: from the end backwards, a mobject met
    before has been walked with all of its family.
    """
    seen: set[Mobject] = set()
    order: list[Mobject] = []

    def walk(mobjects: list[Mobject]) -> None:
        for mobject in reversed(mobjects):
            if mobject in seen:
                continue
            seen.add(mobject)
            if mobject.submobjects:
                walk(mobject.submobjects)
            order.append(mobject)

    walk(list(mobjects))
    order.reverse()
    if by_z:
        order.sort(key=_Z)
    return order


def drawn_in_order(mobjects: Iterable[Mobject], by_z: bool) -> list[Mobject]:
    """List what is drawn of mobjects and their families: the members with points.

    Here, and only here, Manim heeds a class that has a family of its own making.
    """
    mobjects = list(mobjects)
    kinds: set[Any] = set(map(type, mobjects))
    if any(kind.get_family is not Mobject.get_family for kind in kinds):
        drawn: list[Mobject] = extract_mobject_family_members(mobjects, by_z, only_those_with_points=True)
        return drawn
    return [mobject for mobject in in_order(mobjects, by_z) if len(mobject.points)]


def stirs(mobject: Mobject) -> bool:
    """Tell whether updating a mobject can do anything, that is, whether anyone in its family has an updater.

    Examples
    --------
    >>> from manim import Square, VGroup
    >>> stirs(VGroup(Square(), Square()))
    False
    >>> stirs(VGroup(Square(), Square().add_updater(lambda square: square)))
    True
    """
    generation, plain = [mobject], Mobject.update
    for _ in range(1000):
        following: list[Mobject] = []
        for member in generation:
            if member.updaters or type(member).update is not plain:
                return True
            following += member.submobjects
        if not following:
            return False
        generation = following
    return True  # A family without end: let Manim say so.
