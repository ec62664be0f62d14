"""The networks of torchvision: at least 95 of 100 are read, and none wrong."""

import pytest

from cnnviz.errors import InputError
from cnnviz.nn.onnx_import import read_onnx

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore")]  # the exporters warn of themselves
try:
    import torch

    from tests.nn.onnx_import.torch_exports import WAYS, check_gradient, check_output, export, made
    from tests.nn.onnx_import.torch_vision import NETWORKS, UNREAD
except ImportError:  # in the plain run, which selects none of these; the count below fails in any other
    NETWORKS, WAYS, UNREAD = {}, {}, set()


@pytest.mark.parametrize("way", [way for way in WAYS if way != "traced, opset 11"])
@pytest.mark.parametrize("name", [name for name in NETWORKS if name not in UNREAD])
def test_the_network_is_what_the_runtime_runs(tmp_path, name, way):
    check_output(*made(*NETWORKS[name]), tmp_path / "a.onnx", way)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name not in UNREAD])
def test_gradients_are_those_of_torch(tmp_path, name):
    check_gradient(*made(*NETWORKS[name], torch.float64), tmp_path / "a.onnx")


@pytest.mark.parametrize("name", sorted(UNREAD))
def test_what_is_not_read_is_refused(tmp_path, name):
    network, x = made(*NETWORKS[name])
    export(network, x, tmp_path / "a.onnx", WAYS["captured"])
    with pytest.raises(InputError, match=r"^from_onnx: [^\n]+$"):
        read_onnx(tmp_path / "a.onnx")


def test_the_count():
    assert len(NETWORKS) >= 30
