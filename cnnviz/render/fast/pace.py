"""What a scene does over and over for all of its mobjects, done only for those that need it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from manim import Animation, AnimationGroup, Mobject, Scene
from manim.utils.iterables import list_update

from cnnviz.render.fast.family import drawn_in_order, in_order, stirs


def hasten(scene: Scene) -> None:
    """Give a scene quicker ways of what its class does as Manim wrote it; what the class does otherwise stays."""
    if _as_manim_wrote(scene, "update_mobjects"):
        scene.update_mobjects = partial(update_mobjects, scene)
    split = ("get_moving_and_static_mobjects", "get_moving_mobjects", "get_mobject_family_members")
    if all(_as_manim_wrote(scene, name) for name in split):
        scene.get_moving_and_static_mobjects = partial(moving_and_static, scene)
    if _as_manim_wrote(scene, "get_mobject_family_members"):
        scene.get_mobject_family_members = partial(family_members, scene)


def update_mobjects(scene: Scene, dt: float) -> None:
    """Run the updaters of all mobjects, passing over the families that have none."""
    for mobject in scene.mobjects:
        if stirs(mobject):
            mobject.update(dt)


def family_members(scene: Scene) -> list[Mobject]:
    """List all mobjects of a scene and their families."""
    return in_order(scene.mobjects, scene.renderer.camera.use_z_index)


def moving_and_static(scene: Scene, animations: Iterable[Animation]) -> tuple[list[Mobject], list[Mobject]]:
    """Split the members of all families into those to draw at every frame and those to draw once.

    The first member that moves, or has a member that moves, and all that are drawn after it count as moving.
    """
    by_z = scene.renderer.camera.use_z_index
    foreground = set(scene.foreground_mobjects)
    known = {member: True for mobject in _animated(animations) for member in mobject.get_family()}

    def moves(mobject: Mobject) -> bool:
        answer = known.get(mobject)
        if answer is None:
            known[mobject] = False
            answer = bool(mobject.updaters) or mobject in foreground or any(map(moves, mobject.submobjects))
            known[mobject] = answer
        return answer

    members = in_order(scene.mobjects, by_z)
    first = next((i for i, member in enumerate(members) if moves(member)), len(members))
    moving = in_order(members[first:], by_z)
    below = set(moving)
    drawn = drawn_in_order(list_update(scene.mobjects, scene.foreground_mobjects), by_z)
    return moving, [member for member in drawn if member not in below]


def _animated(animations: Iterable[Animation]) -> Iterable[Mobject]:
    for animation in animations:
        yield animation.mobject
        if isinstance(animation, AnimationGroup):
            yield from _animated(animation.animations)


def _as_manim_wrote(scene: Any, name: str) -> bool:
    return name not in vars(scene) and getattr(type(scene), name) is getattr(Scene, name)
