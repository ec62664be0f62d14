"""Networks that PyTorch exports give what ONNX Runtime gives, and the gradients of PyTorch."""

import warnings

import numpy as np
import pytest

from cnnviz.nn import LocalResponseNorm
from cnnviz.nn.onnx_import import read_onnx

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore")]  # the exporters warn of themselves
try:
    import onnxruntime
    import torch

    from tests.nn.onnx_import.torch_networks import NETWORKS
except ImportError:  # in the plain run, which selects none of these; the count below fails in any other
    NETWORKS = {}

WAYS = {
    "traced, opset 11": {"dynamo": False, "opset_version": 11},
    "traced, any batch": {"dynamo": False, "opset_version": 17, "dynamic_axes": {"x": {0: "n"}}},
    "captured": {"dynamo": True, "verbose": False},
}


def made(name, dtype=None):
    make, shape = NETWORKS[name]
    torch.manual_seed(5)
    network = make().eval()
    for layer in network.modules():
        if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm):
            torch.nn.init.normal_(layer.running_mean, std=0.1)
            torch.nn.init.uniform_(layer.running_var, 0.5, 2)
    return network.to(dtype or torch.float32), torch.randn(2, *shape, dtype=dtype)


def export(network, x, path, options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, (x,), str(path), input_names=["x"], **options)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_network_is_what_the_runtime_runs(tmp_path, name, way):
    network, x = made(name)
    export(network, x, tmp_path / "a.onnx", WAYS[way])
    read, shape = read_onnx(tmp_path / "a.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "a.onnx", providers=["CPUExecutionProvider"])
    expected = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0]
    found = read.forward(x.numpy())
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= 1e-5 * np.abs(expected).max()
    assert read.summary(shape).output == expected.shape[1:]


@pytest.mark.parametrize("name", NETWORKS)
def test_gradients_are_those_of_torch(tmp_path, name):
    network, x = made(name, torch.float64)
    export(network, x, tmp_path / "a.onnx", WAYS["traced, any batch"])
    x.requires_grad_()
    y = network(x)
    y = y[0] if isinstance(y, tuple) else y
    dy = torch.randn(y.shape, dtype=y.dtype)
    y.backward(dy)
    read, _ = read_onnx(tmp_path / "a.onnx")
    record = read.forward(x.detach().numpy(), record=True)
    np.testing.assert_allclose(record.output, y.detach().numpy(), rtol=1e-5, atol=1e-6)
    dx = x.grad.numpy()
    assert np.abs(read.backward(dy.numpy(), record).input - dx).max() <= 1e-5 * np.abs(dx).max()


@pytest.mark.parametrize("way", WAYS)
def test_a_response_norm_is_recognized(tmp_path, way):
    network, x = made("alexnet")
    export(network, x, tmp_path / "a.onnx", WAYS[way])
    read, _ = read_onnx(tmp_path / "a.onnx")
    assert isinstance(read["lrn1"], LocalResponseNorm)


def test_the_count():
    assert len(NETWORKS) >= 40
