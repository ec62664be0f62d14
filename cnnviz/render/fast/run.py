"""Rendering a scene into a sink."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from cnnviz.render.fast.load import load_manim
from cnnviz.render.fast.rendered import RenderedScene
from cnnviz.render.fast.settings import borrowed
from cnnviz.render.fast.sink import FrameSink
from cnnviz.render.fast.workroom import workroom

# Manim takes seconds to import, so that is left to the functions that render.
if TYPE_CHECKING:
    from manim import Scene

    from cnnviz.render.fast.share import Share, ShareSink


def render_scene(
    make_scene: Callable[[Any], "Scene"],
    *,
    width: int,
    height: int,
    fps: float,
    sink: FrameSink,
    background: Any = None,
    transparent: bool | None = None,
    still: bool = False,
    on_play: Callable[[int, int], None] | None = None,
    seed: int = 0,
) -> RenderedScene:
    """Render a Manim scene, drawing only what changes from frame to frame.

    The frames are those of Manim's own renderer, pixel by pixel. Nothing is written to disk but what the sink writes;
    Manim's settings and the random numbers of the caller are as they were afterwards.

    Parameters
    ----------
    make_scene
        Takes a renderer and returns the scene, as a scene class called with `renderer` does.
    width, height
        Size of the frames in pixels.
    fps
        Frames per second.
    sink
        Takes the frames, see `FrameSink`.
    background
        Color behind the scene, anything Manim takes as a color; None for Manim's own.
    transparent
        Leave the background clear, or not; None leaves that to Manim's settings.
    still
        Skip all animations and write one frame: the scene as it ends.
    on_play
        Called after every animation with its index and the number of frames done so far.
    seed
        Start of the random numbers, Python's and numpy's, so that a scene is the same each time.

    Examples
    --------
    >>> from manim import RIGHT, Scene, Square
    >>> class Slide(Scene):
    ...     def construct(self):
    ...         square = Square()
    ...         self.play(square.animate.shift(RIGHT), run_time=0.4)
    ...         self.wait(1)
    >>> class Count:
    ...     def write(self, frame, frames, box):
    ...         print(frame.shape, frames)
    >>> render_scene(lambda renderer: Slide(renderer=renderer), width=32, height=18, fps=5, sink=Count()).seconds
    (18, 32, 4) 1
    (18, 32, 4) 1
    (18, 32, 4) 5
    1.4
    """
    load_manim()
    from cnnviz.render.fast.renderer import FastRenderer

    return _run(FastRenderer, True, make_scene, width, height, fps, sink, background, transparent, still, on_play, seed)


def render_share(
    make_scene: Callable[[Any], "Scene"],
    share: "Share",
    *,
    width: int,
    height: int,
    fps: float,
    sink: "ShareSink",
    on_play: Callable[[int, int], None] | None = None,
) -> RenderedScene:
    """Render as `render_scene` does, but hand over the frames of one share only; all of the scene is played."""
    load_manim()
    from cnnviz.render.fast.share import ShareRenderer

    renderer = partial(ShareRenderer, share=share)
    return _run(renderer, True, make_scene, width, height, fps, sink, None, None, False, on_play, 0)


def stock_render_scene(
    make_scene: Callable[[Any], "Scene"],
    *,
    width: int,
    height: int,
    fps: float,
    sink: FrameSink,
    background: Any = None,
    transparent: bool | None = None,
    still: bool = False,
    on_play: Callable[[int, int], None] | None = None,
    seed: int = 0,
) -> RenderedScene:
    """Render as `render_scene` does, with every frame drawn by Manim."""
    load_manim()
    from cnnviz.render.fast.renderer import StockRenderer

    return _run(
        StockRenderer, False, make_scene, width, height, fps, sink, background, transparent, still, on_play, seed
    )


def prepare_scene(make_scene: Callable[[], "Scene"], *, width: int, height: int, fps: float) -> None:
    """Make a scene as if it were to be rendered."""
    load_manim()
    from cnnviz.render.fast.renderer import FastRenderer

    with _alone({"pixel_width": width, "pixel_height": height, "frame_rate": fps}), scenes_use(FastRenderer(None)):
        make_scene()


@contextmanager
def scenes_use(renderer: Any) -> Iterator[None]:
    """Let scenes that are made meanwhile have a renderer in place of Manim's, however their `__init__` looks."""
    from manim.scene import scene

    plain = scene.CairoRenderer
    scene.CairoRenderer = lambda *_, **__: renderer
    try:
        yield
    finally:
        scene.CairoRenderer = plain


def _run(
    renderer_class: Any,
    hasten: bool,
    make_scene: Callable[[Any], "Scene"],
    width: int,
    height: int,
    fps: float,
    sink: Any,
    background: Any,
    transparent: bool | None,
    still: bool,
    on_play: Callable[[int, int], None] | None,
    seed: int,
) -> RenderedScene:
    from manim import config

    settings: dict[str, Any] = {"pixel_width": width, "pixel_height": height, "frame_rate": fps}
    if config.seed is None:
        settings["seed"] = seed
    if background is not None:
        settings["background_color"] = background
    if transparent is not None:
        settings["background_opacity"] = 0.0 if transparent else 1.0
    from cnnviz.render.fast.colors import colors_remembered
    from cnnviz.render.fast.copies import copies_share
    from cnnviz.render.fast.texts import texts_remembered

    with _alone(settings), ExitStack() as stack:
        if hasten:
            stack.enter_context(texts_remembered())
            stack.enter_context(copies_share())
            stack.enter_context(colors_remembered())
        renderer = renderer_class(sink, on_play=on_play, still=still)
        make_scene(renderer).render()
        writer = renderer.file_writer
        return RenderedScene(
            writer.frames,
            fps,
            tuple(writer.plays),
            writer.noted_sections(),
            writer.noted_subcaptions(),
            tuple(writer.sounds),
        )


@contextmanager
def _alone(settings: dict[str, Any]) -> Iterator[None]:
    """Give one rendering Manim's global settings for itself, quiet, and with a folder of its own that vanishes."""
    from manim import RendererType, config

    quiet = {"progress_bar": "none", "verbosity": "ERROR"}
    no_files = {"dry_run": True, "disable_caching": True, "save_sections": False, "log_to_file": False}
    no_window = {"preview": False, "live_preview": False, "show_in_file_browser": False, "enable_gui": False}
    everything = {"from_animation_number": 0, "upto_animation_number": -1}
    # To set the renderer gives every class new bases.
    drawing = {} if config.renderer is RendererType.CAIRO else {"renderer": "cairo"}
    with (
        workroom() as folder,
        borrowed(**drawing, **quiet, **no_files, **no_window, **everything, media_dir=str(folder), **settings),
    ):
        yield
