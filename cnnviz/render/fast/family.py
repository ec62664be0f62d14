"""Which mobjects of a scene are drawn, and in which order."""

from collections.abc import Iterable
from operator import attrgetter

from manim import Mobject

_Z = attrgetter("z_index")


def drawn_in_order(mobjects: Iterable[Mobject], by_z: bool) -> list[Mobject]:
    """List the family members with points, the lowest first, each where it comes last.

    This is the order of Manim's own cameras, found in one walk instead of one per ancestor: from the end backwards, a
    mobject met before has been walked with all of its family.
    """
    seen: set[Mobject] = set()
    order: list[Mobject] = []

    def walk(mobject: Mobject) -> None:
        if mobject in seen:
            return
        if type(mobject).get_family is not Mobject.get_family:
            for member in reversed(mobject.get_family()):
                if member not in seen:
                    seen.add(member)
                    order.append(member)
            return
        seen.add(mobject)
        for child in reversed(mobject.submobjects):
            walk(child)
        order.append(mobject)

    for mobject in reversed(list(mobjects)):
        walk(mobject)
    order = [mobject for mobject in reversed(order) if len(mobject.points)]
    if by_z:
        order.sort(key=_Z)
    return order
