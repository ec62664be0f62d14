"""The kit for scenes: theme, lesson, grids, windows, sums.

Names are loaded when they are first used: importing the package, or `cnnviz.stage.conv.subject`, does not load Manim.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "ActivationLesson": "cnnviz.stage.activation.lesson",
    "ActivationSubject": "cnnviz.stage.activation.subject",
    "Bars": "cnnviz.stage.mobjects.bars",
    "Cone": "cnnviz.stage.receptive_field.cone",
    "ConvSubject": "cnnviz.stage.conv.subject",
    "ConvView": "cnnviz.stage.conv.view",
    "ConvolutionLesson": "cnnviz.stage.conv.lesson",
    "Curves": "cnnviz.stage.mobjects.curves",
    "DepthLesson": "cnnviz.stage.depth.lesson",
    "FeatureStack": "cnnviz.stage.mobjects.feature_stack",
    "FieldSubject": "cnnviz.stage.receptive_field.subject",
    "ForwardLesson": "cnnviz.stage.network.lesson",
    "ForwardSubject": "cnnviz.stage.network.subject",
    "GalleryLesson": "cnnviz.stage.gallery.lesson",
    "Glide": "cnnviz.stage.glide",
    "GlobalPoolingLesson": "cnnviz.stage.pooling.whole",
    "KernelWindow": "cnnviz.stage.mobjects.kernel_window",
    "Label": "cnnviz.stage.text",
    "Lesson": "cnnviz.stage.lesson",
    "Line": "cnnviz.stage.text",
    "MapWall": "cnnviz.stage.mobjects.map_wall",
    "NumberGrid": "cnnviz.stage.mobjects.number_grid",
    "OutputSize": "cnnviz.stage.output_size",
    "PaddingSubject": "cnnviz.stage.padding.subject",
    "Piece": "cnnviz.stage.text",
    "PixelImage": "cnnviz.stage.mobjects.pixel_image",
    "PoolGradientSubject": "cnnviz.stage.pooling.gradient",
    "PoolSubject": "cnnviz.stage.pooling.subject",
    "PoolingGradientLesson": "cnnviz.stage.pooling.routes_lesson",
    "PoolingLesson": "cnnviz.stage.pooling.lesson",
    "RgbLesson": "cnnviz.stage.rgb.lesson",
    "RunningGrid": "cnnviz.stage.mobjects.running_grid",
    "Sheet": "cnnviz.stage.mobjects.sheet",
    "SiftedGrid": "cnnviz.stage.mobjects.sifted_grid",
    "StrideSubject": "cnnviz.stage.stride.subject",
    "SumPanel": "cnnviz.stage.conv.sum_panel",
    "Theme": "cnnviz.stage.theme",
    "Tiles": "cnnviz.stage.mobjects.tiles",
    "TrainingLesson": "cnnviz.stage.training.lesson",
    "Volume": "cnnviz.stage.mobjects.volume",
    "VolumesLesson": "cnnviz.stage.volumes.lesson",
    "WindowRow": "cnnviz.stage.mobjects.window_row",
    "Words": "cnnviz.stage.text",
    "cell_text": "cnnviz.stage.number",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cnnviz.stage' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
