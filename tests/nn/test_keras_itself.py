"""Networks of Keras itself: their weights, and a line of layers, give the outputs that Keras gives."""

import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from cnnviz.nn import load

pytestmark = [pytest.mark.full, pytest.mark.filterwarnings("ignore")]  # Keras and its backend warn of themselves


@pytest.fixture(scope="module")
def keras(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "torch")
        patch.setenv("KERAS_HOME", str(tmp_path_factory.mktemp("keras")))
        import keras

        yield keras


SAME = {"padding": "same"}
NETWORKS = {
    "plain": (
        lambda L: [L.Conv2D(8, 3, **SAME), L.ReLU(), L.MaxPooling2D(2), L.Flatten(), L.Dense(10, "softmax")],
        "3x12x13 > conv 8 k3 p1 > relu > pool 2 > flatten > dense 10 > softmax",
    ),
    "strided": (
        lambda L: [L.Conv2D(4, 3, 2, **SAME), L.Conv2D(4, 5, 3, **SAME, use_bias=False), L.MaxPooling2D(3, 2, **SAME)],
        "3x28x25 > conv 4 k3 s2 same > conv 4 k5 s3 same nobias > pool 3 s2 same",
    ),
    "averages": (  # of odd sizes: where an even one is padded unevenly, the PyTorch side of Keras repeats the border
        lambda L: [L.AveragePooling2D(3, 2, **SAME), L.Conv2D(3, 2, **SAME), L.AveragePooling2D(3, 1, **SAME)],
        "3x13x13 > avgpool 3 s2 same > conv 3 k2 same > avgpool 3 s1 same",
    ),
    "transposed": (
        lambda L: [L.Conv2DTranspose(4, 3, 2, **SAME), L.Conv2DTranspose(5, 4, 3), L.Conv2DTranspose(2, 2, 3, **SAME)],
        "3x4x5 > convt 4 k3 s2 same > convt 5 k4 s3 > convt 2 k2 s3 same",
    ),
    "normalized": (
        lambda L: [
            L.Conv2D(4, 3),
            L.BatchNormalization(),
            L.ReLU(),
            L.BatchNormalization(epsilon=1e-5),
            L.Conv2D(4, 1),
        ],
        "3x6x7 > conv 4 > bn eps1e-3 > relu > bn eps1e-5 > conv 4 k1",
    ),
    "by channel": (
        lambda L: [L.DepthwiseConv2D(3, 2, depth_multiplier=2, **SAME), L.SeparableConv2D(5, 3, **SAME)],
        "3x12x13 > conv 6 k3 s2 g3 same > conv 6 k3 g6 p1 nobias > conv 5 k1",
    ),
    "padded by a layer": (
        lambda L: [L.ZeroPadding2D(3), L.Conv2D(4, 7, 2), L.ReLU(), L.ZeroPadding2D(1), L.MaxPooling2D(3, 2)],
        "3x16x16 > conv 4 k7 s2 p3-3 > relu > pool 3 s2 p1-1",
    ),
    "dilated and grouped": (
        lambda L: [L.Conv2D(6, 3, dilation_rate=2, groups=3, **SAME), L.GlobalAveragePooling2D(), L.Dense(6)],
        "3x12x13 > conv 6 k3 d2 g3 same > gap > flatten > dense 6",
    ),
}


CASES = [(name, how) for name in NETWORKS for how in ("npz", "safetensors", "in order")]
CASES.remove(("by channel", "safetensors"))  # a separable convolution is two layers here: only .npz keeps their order


@pytest.mark.parametrize(("name", "how"), CASES)
def test_outputs_are_those_of_keras(keras, tmp_path, name, how):
    layers, line = NETWORKS[name]
    channels, rows, columns = map(int, line.split(" > ")[0].split("x"))
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((rows, columns, channels)), *layers(keras.layers)])
    draw = np.random.default_rng(1)
    for weight in model.weights:
        values = draw.standard_normal(weight.shape) * 0.5
        weight.assign(abs(values) * 0.01 if "variance" in weight.path else values)
    x = draw.standard_normal((2, rows, columns, channels)).astype(np.float32)
    y = np.asarray(model.predict(x, verbose=0))
    arrays = {weight.path: np.ascontiguousarray(weight.numpy()) for weight in model.weights}
    path = tmp_path / ("w.safetensors" if how == "safetensors" else "w.npz")
    if how == "in order":
        np.savez(path, *model.get_weights())
    elif how == "npz":
        np.savez(path, **arrays)
    else:
        save_file(arrays, path)
    found = load(path, like=line).forward(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))
    found = found if found.ndim == 2 else found.transpose(0, 2, 3, 1)
    assert found.shape == y.shape
    assert np.abs(found - y).max() <= 1e-5 * np.abs(y).max()


def test_the_page_can_be_followed(keras, tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "your-network.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python keras\n(.*?)```", page, re.DOTALL)
    (line,) = re.findall(r'keras\.npz --like "(.*)"', page)
    L = keras.layers
    layers = [L.Conv2D(8, 3, 2, padding="same"), L.BatchNormalization(), L.ReLU(), L.MaxPooling2D(2, padding="same")]
    model = keras.Sequential([keras.Input((28, 28, 1)), *layers, L.Flatten(), L.Dense(10)])
    monkeypatch.chdir(tmp_path)
    exec(block, {"np": np, "model": model})
    x = np.random.default_rng(2).standard_normal((2, 28, 28, 1)).astype(np.float32)
    found = load("keras.npz", like=line).forward(x.transpose(0, 3, 1, 2))
    np.testing.assert_allclose(found, model.predict(x, verbose=0), rtol=1e-4, atol=1e-5)
