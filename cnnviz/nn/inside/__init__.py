"""Looking inside a network: which pixels a score depends on, what a layer looks for, what it sees in a photograph."""

from cnnviz.nn.inside.ascent import Dream
from cnnviz.nn.inside.dream import deep_dream
from cnnviz.nn.inside.grad_cam import GradCam, grad_cam
from cnnviz.nn.inside.maximize import maximize_activation
from cnnviz.nn.inside.occlusion import Occlusion, occlusion
from cnnviz.nn.inside.saliency import Saliency, guided, saliency

__all__ = [
    "Dream",
    "GradCam",
    "Occlusion",
    "Saliency",
    "deep_dream",
    "grad_cam",
    "guided",
    "maximize_activation",
    "occlusion",
    "saliency",
]
