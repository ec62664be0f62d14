"""Networks that PyTorch exports give what ONNX Runtime gives, and the gradients of PyTorch."""

import pytest

from cnnviz.nn import LocalResponseNorm
from cnnviz.nn.onnx_import import read_onnx

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore")]  # the exporters warn of themselves
try:
    import torch

    from tests.nn.onnx_import.torch_exports import WAYS, check_gradient, check_output, export, made
    from tests.nn.onnx_import.torch_networks import NETWORKS
except ImportError:  # in the plain run, which selects none of these; the count below fails in any other
    NETWORKS, WAYS = {}, {}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_network_is_what_the_runtime_runs(tmp_path, name, way):
    check_output(*made(*NETWORKS[name]), tmp_path / "a.onnx", way)


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_are_those_of_torch(tmp_path, name):
    check_gradient(*made(*NETWORKS[name], torch.float64), tmp_path / "a.onnx")


@pytest.mark.parametrize("way", WAYS)
def test_a_response_norm_is_recognized(tmp_path, way):
    network, x = made(*NETWORKS["alexnet"])
    export(network, x, tmp_path / "a.onnx", WAYS[way])
    read, _ = read_onnx(tmp_path / "a.onnx")
    assert isinstance(read["lrn1"], LocalResponseNorm)


def test_the_count():
    assert len(NETWORKS) >= 40
