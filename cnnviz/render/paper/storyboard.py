"""A scene as a few pictures with the sentences that belong to them, on a sheet or as a hand-out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.render.catalog import scene_options
from cnnviz.render.drawing import draw_scene, said
from cnnviz.render.paper.stills import Stills, endings, panels
from cnnviz.render.paper.story import Panel, Pixels, Story
from cnnviz.render.plan import plan
from cnnviz.render.quality import USUAL
from cnnviz.render.request import Request

__all__ = ["FORMATS", "storyboard", "tell"]

FORMATS = ("png", "pdf")
FPS = 10
_PAD = 22  # pixels around the stage of a lesson


def storyboard(
    target: str | Path, path: str | Path, *, theme: str | None = None, aspect: str | None = None, **options: Any
) -> Path:
    """Draw a scene and write a storyboard: a contact sheet (.png), or a hand-out to print (.pdf).

    There is a picture for each sentence that is said: of a beat, the one it comes to, else one that holds still.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, a Python file with a Manim scene, or ``FILE.py:Class``.
    path : str or Path
        Where to write; its suffix is the format.
    theme : str, optional
        Of sheet and pictures; dark for a sheet and light for a hand-out if omitted.
    aspect : {"16:9", "4:3", "1:1", "9:16"}, optional
        The shape of the pictures.
    **options
        Of the scene, such as lang, image or kernel.

    Raises
    ------
    InputError, OptionError
        If target, options or suffix are not what they should be.
    RenderError
        If the scene fails or the file cannot be written.
    """
    from cnnviz.render.files.output import staged
    from cnnviz.stage.theme import theme as look
    from cnnviz.stage.theme import use

    out = Path(path)
    kind = out.suffix[1:].lower()
    if kind not in FORMATS:
        raise OptionError(f"storyboard: expected a file name that ends in .png or .pdf, got {str(path)!r}")
    colors = look(theme or ("light" if kind == "pdf" else "dark"))
    use(colors)
    with staged(out) as temporary:
        story = tell(target, theme=colors.name, aspect=aspect, **options)
        if kind == "pdf":
            from cnnviz.render.paper.handout import write_handout

            write_handout(temporary, story, colors)
        else:
            from cnnviz.render.paper.sheet import write_sheet

            write_sheet(temporary, story, colors)
    return out


def tell(target: str | Path, *, theme: str = "dark", aspect: str | None = None, **options: Any) -> Story:
    """Draw a scene and choose its pictures; captions go below them, so they are not drawn into them."""
    clip = plan(Request(target, quality="web", fps=FPS, aspect=aspect, cache=False, options=options))
    with clip.loaded() as (scene, _, look, _):
        known = scene_options(scene)
        usual = {name: value for name, value in {"theme": theme, "captions": "none"}.items() if name in known}
        camera = Stills(FPS)
        drawn = draw_scene(scene, usual | options, camera, look)
    chosen = endings(camera.stills, drawn.beats, FPS) if drawn.beats else panels(camera.stills, said(drawn), FPS)
    if "captions" in usual and "captions" not in options and aspect in (None, USUAL):
        chosen = tuple(Panel(_stage(panel.pixels), panel.text, panel.seconds) for panel in chosen)
    entry = clip.entry.spoken(clip.language) if clip.entry else None
    title = entry.title if entry else getattr(scene, "title", "") or clip.file.stem
    return Story(title, entry.chapter if entry else "", entry.takeaway if entry else "", chosen)


def _stage(pixels: Pixels) -> Pixels:
    """Cut off what the sheet says itself: title, caption band and progress line."""
    from cnnviz.stage import layout

    top, bottom = (
        (layout.FRAME_HEIGHT / 2 - y) * layout.PIXELS_PER_UNIT for y in (layout.STAGE_TOP, layout.STAGE_BOTTOM)
    )
    return pixels[int(top) - _PAD : int(bottom) + _PAD]
