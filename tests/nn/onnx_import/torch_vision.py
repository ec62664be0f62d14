"""Networks of torchvision, without weights and for small pictures."""

import torch

try:
    torch.ops.torchvision.nms  # noqa: B018
except AttributeError:  # compiled for a PyTorch with CUDA: its operators are missing, and no network here needs one
    LIBRARY = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        LIBRARY.define(f"{name}(Tensor boxes, Tensor scores, float threshold) -> Tensor")

from torchvision import models

PICTURE, SMALL = (3, 64, 64), (3, 32, 32)


class Answer(torch.nn.Module):
    """Give the first answer of networks that give several by name."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, x):
        y = self.network(x)
        return y["out"] if isinstance(y, dict) else y


def _bare(make, **options):
    return lambda: Answer(make(weights=None, **options))


_WHOLE = ["alexnet", "vgg11", "vgg11_bn"]
"""Whose last pooling can be exported for pictures of the usual size only."""
_PICTURES = [
    *("resnet18", "resnet50", "resnext50_32x4d", "wide_resnet50_2"),
    *("densenet121", "squeezenet1_0", "squeezenet1_1", "mobilenet_v2"),
    *("mobilenet_v3_small", "mobilenet_v3_large", "shufflenet_v2_x1_0", "mnasnet0_5"),
    *("mnasnet1_0", "efficientnet_b0", "efficientnet_v2_s", "regnet_y_400mf"),
    *("regnet_x_400mf", "convnext_tiny"),
]
_FILMS = ["r3d_18", "mc3_18", "r2plus1d_18"]
NETWORKS = {
    **{name: (_bare(getattr(models, name)), PICTURE) for name in _PICTURES},
    **{name: (_bare(getattr(models, name)), (3, 224, 224)) for name in _WHOLE},
    **{name: (_bare(getattr(models.video, name)), (3, 8, 32, 32)) for name in _FILMS},
    "googlenet": (_bare(models.googlenet, aux_logits=False, init_weights=False), PICTURE),
    "inception_v3": (_bare(models.inception_v3, aux_logits=False, init_weights=False), (3, 96, 96)),
    "fcn_resnet50": (_bare(models.segmentation.fcn_resnet50, weights_backbone=None), PICTURE),
    "deeplabv3_mobilenet": (_bare(models.segmentation.deeplabv3_mobilenet_v3_large, weights_backbone=None), PICTURE),
    "lraspp_mobilenet": (_bare(models.segmentation.lraspp_mobilenet_v3_large, weights_backbone=None), PICTURE),
    "vision transformer": (lambda: Answer(models.VisionTransformer(32, 16, 2, 4, 64, 128)), SMALL),
    "swin_t": (_bare(models.swin_t), PICTURE),
}
UNREAD = {"vision transformer", "swin_t"}
"""What mixes places by attention over shapes of its own: refused, not misread."""
