"""What scenes, quizzes and commands are about: options, checked once, and the traces made of them; no Manim.

Names are loaded when they are first used.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Activation": "cnnviz.subjects.activation",
    "Architecture": "cnnviz.subjects.architecture",
    "Augmentation": "cnnviz.subjects.augmentation",
    "Agreement": "cnnviz.subjects.agreement",
    "AlexNet": "cnnviz.subjects.alexnet",
    "Backprop": "cnnviz.subjects.backprop",
    "BackwardPass": "cnnviz.subjects.backward_pass",
    "BatchNorm": "cnnviz.subjects.batch_norm",
    "Compared": "cnnviz.subjects.compared",
    "Conv1d": "cnnviz.subjects.conv1d",
    "Conv3d": "cnnviz.subjects.conv3d",
    "Convolution": "cnnviz.subjects.convolution",
    "GradCam": "cnnviz.subjects.evidence",
    "Occlusion": "cnnviz.subjects.evidence",
    "DenseGrowth": "cnnviz.subjects.growth",
    "Depth": "cnnviz.subjects.depth",
    "Dilation": "cnnviz.subjects.dilation",
    "EfficientNet": "cnnviz.subjects.efficientnet",
    "Elsewhere": "cnnviz.subjects.elsewhere",
    "Dreaming": "cnnviz.subjects.dreams",
    "EffectiveField": "cnnviz.subjects.effective",
    "Field": "cnnviz.subjects.field",
    "FirstFilters": "cnnviz.subjects.filters",
    "Flatten": "cnnviz.subjects.flatten",
    "Flip": "cnnviz.subjects.flip",
    "Frequency": "cnnviz.subjects.frequency",
    "Forward": "cnnviz.subjects.forward",
    "Gallery": "cnnviz.subjects.gallery",
    "GradientCheck": "cnnviz.subjects.gradient_check",
    "Groups": "cnnviz.subjects.groups",
    "Hierarchy": "cnnviz.subjects.hierarchy",
    "HighPass": "cnnviz.subjects.high_pass",
    "Neighbors": "cnnviz.subjects.neighbors",
    "Moving": "cnnviz.subjects.moving",
    "OneByOne": "cnnviz.subjects.one_by_one",
    "Im2col": "cnnviz.subjects.im2col",
    "Inception": "cnnviz.subjects.inception",
    "Jumps": "cnnviz.subjects.jumps",
    "LeNet": "cnnviz.subjects.lenet",
    "Option": "cnnviz.subjects.option",
    "Maps": "cnnviz.subjects.inside",
    "Maximized": "cnnviz.subjects.dreams",
    "Optimizers": "cnnviz.subjects.optimizers",
    "OutputSizes": "cnnviz.subjects.output_size",
    "Overfitting": "cnnviz.subjects.overfitting",
    "Padding": "cnnviz.subjects.padding",
    "Parameters": "cnnviz.subjects.parameters",
    "Picasso": "cnnviz.subjects.picasso",
    "PoolGradient": "cnnviz.subjects.pool_gradient",
    "Pipeline": "cnnviz.subjects.pipeline",
    "Pixels": "cnnviz.subjects.pixels",
    "Pooling": "cnnviz.subjects.pooling",
    "Recap": "cnnviz.subjects.recap",
    "Rgb": "cnnviz.subjects.rgb",
    "SamePadding": "cnnviz.subjects.same_padding",
    "Shifting": "cnnviz.subjects.shifting",
    "Softmax": "cnnviz.subjects.softmax",
    "Skips": "cnnviz.subjects.skips",
    "Squash": "cnnviz.subjects.squash",
    "Stacked": "cnnviz.subjects.stacked",
    "Stride": "cnnviz.subjects.stride",
    "StridedGradient": "cnnviz.subjects.strided_gradient",
    "Subject": "cnnviz.subjects.option",
    "Timeline": "cnnviz.subjects.timeline",
    "Training": "cnnviz.subjects.training",
    "Transfer": "cnnviz.subjects.transfer",
    "Transposed": "cnnviz.subjects.transposed",
    "Unpooling": "cnnviz.subjects.unpooling",
    "Vgg": "cnnviz.subjects.vgg",
    "Unsuited": "cnnviz.subjects.unsuited",
    "Volumes": "cnnviz.subjects.volumes",
    "WeightSharing": "cnnviz.subjects.weight_sharing",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cnnviz.subjects' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
