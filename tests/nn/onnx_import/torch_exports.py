"""How networks of PyTorch are made ready and written as ONNX, and what they are compared with."""

import warnings

import numpy as np
import onnxruntime
import torch

from cnnviz.nn.onnx_import import read_onnx

WAYS = {
    "traced, opset 11": {"dynamo": False, "opset_version": 11},
    "traced, any batch": {"dynamo": False, "opset_version": 17, "dynamic_axes": {"x": {0: "n"}}},
    "captured": {"dynamo": True, "verbose": False},
}


def made(make, shape, dtype=torch.float32):
    """Build a network with weights that show a mistake, and two inputs."""
    torch.manual_seed(5)
    network = make().eval()
    for layer in network.modules():
        if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm):
            torch.nn.init.normal_(layer.running_mean, std=0.1)
            torch.nn.init.uniform_(layer.running_var, 0.5, 2)
    return network.to(dtype), torch.randn(2, *shape, dtype=dtype)


def export(network, x, path, options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network, (x,), str(path), input_names=["x"], **options)


def check_output(network, x, path, way):
    """Require what ONNX Runtime gives, to 1e-5 of the largest number."""
    export(network, x, path, WAYS[way])
    read, shape = read_onnx(path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    expected = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0]
    found = read.forward(x.numpy())
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= 1e-5 * np.abs(expected).max()
    assert read.summary(shape).output == expected.shape[1:]


def check_gradient(network, x, path):
    """Require the gradient that PyTorch gives; network and input in double precision."""
    export(network, x, path, WAYS["traced, any batch"])
    x.requires_grad_()
    y = network(x)
    y = y[0] if isinstance(y, tuple) else y
    dy = torch.randn(y.shape, dtype=y.dtype)
    y.backward(dy)
    read, _ = read_onnx(path)
    record = read.forward(x.detach().numpy(), record=True)
    np.testing.assert_allclose(record.output, y.detach().numpy(), rtol=1e-5, atol=1e-6)
    dx = x.grad.numpy()
    assert np.abs(read.backward(dy.numpy(), record).input - dx).max() <= 1e-5 * np.abs(dx).max()
