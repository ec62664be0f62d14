"""Weights as Keras writes them: each layer computes what nested loops over its channels-last arrays compute."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from cnnviz.errors import InputError
from cnnviz.nn import load, parse_network, zoo
from tests.engine.says import says
from tests.nn import keras_loops as loops

DRAW = np.random.default_rng(8)
SIZES = [(7, 8), (9, 6), (5, 5)]
STEPS = [(1, 2), (2, 1), (2, 3), (3, 1), (3, 2), (4, 2), (2, 2), (5, 2), (5, 3), (4, 1)]


def drawn(*shape):
    return DRAW.standard_normal(shape)


def written(path, **arrays):
    """Write arrays by the names that Keras gives them."""
    (np.savez if path.suffix == ".npz" else lambda path, **kept: save_file(kept, path))(
        path, **{name.replace("__", "/"): np.ascontiguousarray(values) for name, values in arrays.items()}
    )
    return path


def through(network, picture):
    """Run one picture with channels last, and give the maps so."""
    y = network.forward(np.ascontiguousarray(picture.transpose(2, 0, 1))[None])[0]
    return y if y.ndim == 1 else y.transpose(1, 2, 0)


def close(found, expected):
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("k", "s"), STEPS)
@pytest.mark.parametrize("padding", ["same", "valid"])
def test_convolutions(tmp_path, size, k, s, padding):
    word = "same" if padding == "same" else ""
    x, bias = drawn(*size, 3), drawn(4)
    start = f"3x{size[0]}x{size[1]} >"
    kernel = drawn(k, k, 3, 4)
    path = written(tmp_path / "w.npz", conv2d__kernel=kernel, conv2d__bias=bias)
    network = load(path, like=f"{start} conv 4 k{k} s{s} {word}")
    close(through(network, x), loops.conv(x, kernel, bias, s, padding))
    kernel, bias = drawn(k, k, 3, 2), drawn(6)
    path = written(tmp_path / "w.npz", depthwise_conv2d__depthwise_kernel=kernel, depthwise_conv2d__bias=bias)
    network = load(path, like=f"{start} conv 6 k{k} s{s} g3 {word}")
    close(through(network, x), loops.depthwise(x, kernel, bias, s, padding))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dilation", [2, 3])
def test_dilated_convolutions(tmp_path, size, dilation):
    x, kernel, bias = drawn(*size, 2), drawn(2, 2, 2, 3), drawn(3)
    path = written(tmp_path / "w.npz", conv2d__kernel=kernel, conv2d__bias=bias)
    network = load(path, like=f"2x{size[0]}x{size[1]} > conv 3 k2 d{dilation} same")
    close(through(network, x), loops.conv(x, kernel, bias, 1, "same", dilation))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("k", "s"), STEPS)
def test_transposed_convolutions(tmp_path, size, k, s):
    x, kernel, bias = drawn(*size, 3), drawn(k, k, 2, 3), drawn(2)
    path = written(tmp_path / "w.npz", conv2d_transpose__kernel=kernel, conv2d_transpose__bias=bias)
    network = load(path, like=f"3x{size[0]}x{size[1]} > convt 2 k{k} s{s} same")
    close(through(network, x), loops.conv_transpose(x, kernel, bias, s, "same"))
    network = load(path, like=f"3x{size[0]}x{size[1]} > convt 2 k{k} s{s} o{max(s - k, 0)}")
    close(through(network, x), loops.conv_transpose(x, kernel, bias, s, "valid"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("k", "s"), STEPS)
@pytest.mark.parametrize("padding", ["same", "valid"])
def test_poolings(size, k, s, padding):
    word = "same" if padding == "same" else ""
    x = drawn(*size, 2) - 3
    start = f"2x{size[0]}x{size[1]} >"
    close(through(parse_network(f"{start} pool {k} s{s} {word}")[1], x), loops.max_pool(x, k, s, padding))
    close(through(parse_network(f"{start} avgpool {k} s{s} {word}")[1], x), loops.avg_pool(x, k, s, padding))


def test_a_pooling_steps_by_its_own_size():
    x = drawn(7, 5, 2)
    close(through(parse_network("2x7x5 > pool 3 same")[1], x), loops.max_pool(x, 3, 3, "same"))


NORM = {"gamma": drawn(3), "beta": drawn(3), "moving_mean": drawn(3), "moving_variance": np.array([1e-6, 1e-4, 0])}


@pytest.mark.parametrize("eps", ["1e-3", "0.001", "1e-5", "1.001e-5"])
def test_batch_normalization_of_small_variances(tmp_path, eps):
    """Where the variance is small, epsilon is all that counts."""
    x = drawn(4, 5, 3)
    path = written(tmp_path / "w.npz", **{f"bn__{name}": values for name, values in NORM.items()})
    found = through(load(path, like=f"3x4x5 > bn eps{eps}"), x)
    if eps == "1e-5":  # said, so it is taken; without a kernel nothing says that this file is of Keras
        close(through(load(path, like="3x4x5 > bn"), x), found)
    close(found, loops.batch_norm(x, *NORM.values(), float(eps)))


TEXT = "2x9x9 > conv 4 k3 s2 same > bn eps1e-3 > relu > pool 2 same > conv 4 k1 > flatten > dense 36 > relu > dense 36"


def of_keras():
    """Give a small network's arrays, by name in Keras's order, and what its loops compute of a picture."""
    shapes = {
        "conv2d/kernel": (3, 3, 2, 4),
        "conv2d/bias": (4,),
        "bn/gamma": (4,),
        "bn/beta": (4,),
        "bn/moving_mean": (4,),
        "bn/moving_variance": (4,),
        "conv2d_1/kernel": (1, 1, 4, 4),
        "conv2d_1/bias": (4,),
        "dense/kernel": (36, 36),
        "dense/bias": (36,),
        "dense_1/kernel": (36, 36),
        "dense_1/bias": (36,),
    }
    arrays = {name: abs(drawn(*shape)) if "variance" in name else drawn(*shape) for name, shape in shapes.items()}
    a = list(arrays.values())

    def forward(x):
        x = np.maximum(loops.batch_norm(loops.conv(x, *a[:2], 2, "same"), *a[2:6], 1e-3), 0)
        x = loops.conv(loops.max_pool(x, 2, 2, "same"), *a[6:8], 1, "valid")
        return loops.dense(np.maximum(loops.dense(x.ravel(), *a[8:10]), 0), *a[10:])

    return arrays, forward


@pytest.mark.parametrize("how", ["npz", "safetensors", "keras 2", "no names"])
def test_a_whole_network(tmp_path, how):
    """Square arrays would fit unturned, too; safetensors sorts its names."""
    arrays, forward = of_keras()
    x = drawn(9, 9, 2)
    path = tmp_path / ("w.safetensors" if how == "safetensors" else "w.npz")
    if how == "no names":
        np.savez(path, *arrays.values())
    else:
        written(path, **{name + (":0" if how == "keras 2" else ""): values for name, values in arrays.items()})
    close(through(load(path, like=TEXT), x), forward(x))


def test_layers_of_safetensors_are_counted(tmp_path):
    """The first of like layers has no number; the eleventh does not come after the first."""
    kernels = [drawn(2, 2, 2, 2) for _ in range(12)]
    arrays = {f"conv2d{f'_{i}' if i else ''}__kernel": kernel for i, kernel in enumerate(kernels)}
    x = y = drawn(14, 14, 2)
    for kernel in kernels:
        y = loops.conv(y, kernel, np.zeros(2), 1, "valid")
    path = written(tmp_path / "w.safetensors", **arrays)
    close(through(load(path, like="2x14x14" + " > conv 2 k2 nobias" * 12), x), y)


def test_another_size_is_padded_anew(tmp_path):
    arrays = {"conv2d/kernel": drawn(3, 3, 1, 2), "conv2d/bias": drawn(2)}
    path = written(tmp_path / "w.npz", **arrays)
    for size in ((8, 8), (7, 8), (9, 7)):
        x = drawn(*size, 1)
        network = load(path, like="1x8x8 > conv 2 k3 s2 same", input_shape=(1, *size))
        close(through(network, x), loops.conv(x, *arrays.values(), 2, "same"))
        assert network.input_shape == (1, *size)


def test_what_is_padded_on_each_side():
    x = drawn(5, 6, 1)
    y = through(parse_network("1x5x6 > pool 2 s1 p0-1x1-0")[1], np.abs(x))
    padded = np.pad(np.abs(x), ((0, 1), (1, 0), (0, 0)))
    close(y, loops.max_pool(padded, 2, 1, "valid"))


CONV = {"conv2d__kernel": drawn(3, 3, 2, 4), "conv2d__bias": drawn(4)}
BN = {f"bn__{name}": drawn(4) for name in NORM}
OPEN = "load: expected the padding of {} as Keras has it, got p1 on both sides; {}"
SAID = "write same, or before and after as in p1-1 where a layer of its own pads"
NO_EPS = "load: expected the epsilon of bn1 with weights of Keras, in which it does not stand, got none; "
EPS = "write bn eps1e-3, which is its default there, or what your model takes"


@pytest.mark.parametrize(
    ("line", "arrays", "message"),
    [
        ("2x8x8 > conv 4 s2 p1", CONV, OPEN.format("conv1", SAID)),
        ("2x8x8 > conv 4 > pool 3 s2 p1", CONV, OPEN.format("pool1", SAID)),
        ("2x8x8 > conv 4 > avgpool 3 s1 p1", CONV, OPEN.format("avgpool1", SAID)),
        ("2x8x8 > convt 4 s2 p1", {**CONV, "conv2d__kernel": drawn(3, 3, 4, 2)}, OPEN.format("convt1", SAID)),
        (
            "2x8x8 > conv 4 > bn",
            CONV | BN,
            NO_EPS + EPS,
        ),
    ],
)
def test_what_a_line_leaves_open_is_refused(tmp_path, line, arrays, message):
    path = written(tmp_path / "w.npz", **arrays)
    with says(InputError, message):
        load(path, like=line)


@pytest.mark.parametrize(
    "line",
    [
        "2x8x8 > conv 4 p1",
        "2x8x8 > conv 4 s2 p1-1",
        "2x8x8 > conv 4 s2",
        "2x8x8 > conv 4 > avgpool 3 s1 p1-1",
        "2x8x8 > conv 4 > pool 3 s2 p0-1x1-0",
        "2x8x8 > conv 4 > avgpool 3 same",
    ],
)
def test_what_a_line_says_is_taken(tmp_path, line):
    assert load(written(tmp_path / "w.npz", **CONV), like=line).input_shape == (2, 8, 8)


def test_a_network_alone_does_not_know_enough(tmp_path):
    path = written(tmp_path / "w.npz", **CONV)
    with says(
        InputError,
        "load: expected weights of cnnviz or PyTorch, got those of Keras in w.npz; they need to know more of the "
        "network: read them with cnnviz.nn.load(path, like='1x28x28 > conv 8 k3 same > ...')",
    ):
        parse_network("2x8x8 > conv 4")[1].load(path)


def test_a_name_of_the_zoo_leaves_nothing_to_guess(tmp_path):
    arrays = {}
    for name, parameter in zoo.find("test", "mobilenet-v1").build().parameters().items():
        shape = parameter.shape
        last = name.rpartition(".")[2].replace("weight", "gamma" if len(shape) == 1 else "kernel")
        arrays[f"{name}/{last}"] = np.zeros([shape[i] for i in (2, 3, 1, 0)] if len(shape) == 4 else shape[::-1])
    np.savez(tmp_path / "w.npz", **arrays)
    with says(
        InputError,
        "load: expected the padding of conv1 as Keras has it, got p1 on both sides; write the network as a line of "
        "layers with " + SAID.removeprefix("write "),
    ):
        load(tmp_path / "w.npz", like="mobilenet-v1")


def test_arrays_that_fit_both_ways_need_names(tmp_path):
    kernel = drawn(3, 3, 3, 3)
    np.savez(tmp_path / "w.npz", kernel, drawn(3))
    with says(
        InputError,
        "load: expected names that end in weight, of PyTorch, or in kernel, of Keras, where all arrays of w.npz fit "
        "both ways, got arr_0, arr_1; save with numpy.savez(path, **named arrays)",
    ):
        load(tmp_path / "w.npz", like="3x5x5 > conv 3")
    x = drawn(5, 5, 3)
    path = written(tmp_path / "w.npz", conv__kernel=kernel, conv__bias=np.zeros(3))
    close(through(load(path, like="3x5x5 > conv 3"), x), loops.conv(x, kernel, np.zeros(3), 1, "valid"))
    path = written(tmp_path / "w.npz", **{"conv.weight": kernel, "conv.bias": np.zeros(3)})
    turned = kernel.transpose(2, 3, 1, 0)
    close(through(load(path, like="3x5x5 > conv 3"), x), loops.conv(x, turned, np.zeros(3), 1, "valid"))


def test_a_separable_convolution_needs_an_order(tmp_path):
    """It is one layer there and two here, which only the order of .npz can say."""
    names = ["separable_conv2d__depthwise_kernel", "separable_conv2d__pointwise_kernel", "separable_conv2d__bias"]
    arrays = dict(zip(names, (drawn(3, 3, 2, 1), drawn(1, 1, 2, 4), drawn(4)), strict=True))
    line = "2x6x6 > conv 2 g2 nobias > conv 4 k1"
    x = drawn(6, 6, 2)
    first, second, bias = arrays.values()
    y = loops.conv(loops.depthwise(x, first, np.zeros(2), 1, "valid"), second, bias, 1, "valid")
    close(through(load(written(tmp_path / "w.npz", **arrays), like=line), x), y)
    with pytest.raises(InputError, match=r"^load: expected 1 layer like conv1\.weight .* got 0, but separable_conv2d/"):
        load(written(tmp_path / "w.safetensors", **arrays), like=line)
