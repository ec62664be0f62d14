"""The kit for scenes: theme, lesson, grids, windows, sums.

Names are loaded when they are first used: importing the package does not load Manim.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Approach": "cnnviz.stage.pictures.viewport",
    "Arrows": "cnnviz.stage.pictures.arrows",
    "Band": "cnnviz.stage.pictures.band",
    "Bars": "cnnviz.stage.mobjects.bars",
    "Beam": "cnnviz.stage.pictures.beam",
    "Chain": "cnnviz.stage.pictures.chain",
    "Code": "cnnviz.stage.pictures.code",
    "Column": "cnnviz.stage.place",
    "Branches": "cnnviz.stage.pictures.branches",
    "Cone": "cnnviz.stage.pictures.beam",
    "Convolving": "cnnviz.stage.stories.convolution",
    "Counted": "cnnviz.stage.language",
    "Course": "cnnviz.stage.pictures.course",
    "Curves": "cnnviz.stage.mobjects.curves",
    "Diagram": "cnnviz.stage.pictures.diagram",
    "Filters": "cnnviz.stage.pictures.filters",
    "Frame": "cnnviz.stage.frame",
    "Glide": "cnnviz.stage.glide",
    "Graph": "cnnviz.stage.pictures.graph",
    "Grid": "cnnviz.stage.pictures.grid",
    "Headed": "cnnviz.stage.pictures.headed",
    "Inset": "cnnviz.stage.place",
    "Label": "cnnviz.stage.text",
    "Ladder": "cnnviz.stage.pictures.ladder",
    "Lattice": "cnnviz.stage.pictures.lattice",
    "Lesson": "cnnviz.stage.lesson",
    "Line": "cnnviz.stage.text",
    "Made": "cnnviz.stage.pictures.made",
    "NumberGrid": "cnnviz.stage.mobjects.number_grid",
    "NumberLine": "cnnviz.stage.pictures.number_line",
    "Outline": "cnnviz.stage.pictures.window",
    "Picture": "cnnviz.stage.pictures.picture",
    "Piece": "cnnviz.stage.text",
    "PixelImage": "cnnviz.stage.mobjects.pixel_image",
    "PoolingStory": "cnnviz.stage.stories.pooling",
    "Ranking": "cnnviz.stage.pictures.ranking",
    "Reckoning": "cnnviz.stage.pictures.reckoning",
    "Resettle": "cnnviz.stage.glide",
    "Row": "cnnviz.stage.place",
    "Scene": "cnnviz.stage.scene",
    "Secant": "cnnviz.stage.pictures.secant",
    "Setting": "cnnviz.stage.pictures.measured",
    "Skyline": "cnnviz.stage.pictures.skyline",
    "Slot": "cnnviz.stage.pictures.picture",
    "Spread": "cnnviz.stage.pictures.spread",
    "Stages": "cnnviz.stage.stories.stages",
    "Stack": "cnnviz.stage.pictures.stack",
    "Stems": "cnnviz.stage.pictures.stems",
    "Sum": "cnnviz.stage.pictures.sum",
    "SumPanel": "cnnviz.stage.pictures.sum_panel",
    "Table": "cnnviz.stage.place",
    "Theme": "cnnviz.stage.theme",
    "Tiles": "cnnviz.stage.mobjects.tiles",
    "Tower": "cnnviz.stage.pictures.tower",
    "Trail": "cnnviz.stage.pictures.trail",
    "Tunnel": "cnnviz.stage.pictures.stack",
    "Turn": "cnnviz.stage.space",
    "Verdict": "cnnviz.stage.pictures.verdict",
    "View": "cnnviz.stage.space",
    "Viewport": "cnnviz.stage.pictures.viewport",
    "Volume": "cnnviz.stage.pictures.volume",
    "Wall": "cnnviz.stage.pictures.wall",
    "Window": "cnnviz.stage.pictures.window",
    "Wire": "cnnviz.stage.pictures.wire",
    "Words": "cnnviz.stage.text",
    "Years": "cnnviz.stage.pictures.years",
    "bypass": "cnnviz.stage.pictures.wire",
    "cell_text": "cnnviz.subjects.number",
    "counted": "cnnviz.stage.language",
    "halves": "cnnviz.stage.pictures.spread",
    "measured_course": "cnnviz.stage.pictures.measured",
    "say": "cnnviz.stage.language",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cnnviz.stage' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
