"""Any Manim scene, frame by frame, as Manim draws it and many times faster."""

from cnnviz.render.fast.load import load_manim
from cnnviz.render.fast.rendered import Beat, RenderedScene, Section, Sound, Subcaption
from cnnviz.render.fast.run import prepare_scene, render_scene, render_share, scenes_use, stock_render_scene
from cnnviz.render.fast.sink import Box, Frame, FrameSink

__all__ = [
    "Beat",
    "Box",
    "Frame",
    "FrameSink",
    "RenderedScene",
    "Section",
    "Sound",
    "Subcaption",
    "load_manim",
    "prepare_scene",
    "render_scene",
    "render_share",
    "scenes_use",
    "stock_render_scene",
]
