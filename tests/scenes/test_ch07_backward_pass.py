"""A whole backward pass, read back from the picture: every map by plain loops, lengths, shares and losses by sums."""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from cnnviz.data.digits import digits
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.pictures.volume import Face
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch07-s06-backward-pass")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
WEIGHTS = {name: each.values.astype(float) for name, each in zoo.tiny_cnn(pretrained=True).parameters().items()}


@cache
def seen(**options):
    return watch(SCENE, **options)


def conv(x, weight, bias):
    """Convolve maps by 3 x 3 with one cell of zeros around, window by window."""
    side = x.shape[1]
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    y = np.zeros((len(weight), side, side))
    for k, i, j in itertools.product(range(len(weight)), range(side), range(side)):
        y[k, i, j] = (padded[:, i : i + 3, j : j + 3] * weight[k]).sum() + bias[k]
    return y


def shares_of(x, weights):
    """Forward, with all that is needed on the way back."""
    first = conv(x[None], weights["conv1.weight"], weights["conv1.bias"])
    second = conv(np.maximum(first, 0), weights["conv2.weight"], weights["conv2.bias"])
    behind = np.maximum(second, 0)
    pooled = behind.reshape(16, 4, 2, 4, 2).max(axis=(2, 4))
    scores = weights["dense1.weight"] @ pooled.ravel() + weights["dense1.bias"]
    powers = np.exp(scores - scores.max())
    return powers / powers.sum(), first, second, behind, pooled


def way_back(x, digit, weights):
    """Every gradient, share by share."""
    p, first, second, behind, pooled = shares_of(x, weights)
    wrong = p - np.eye(10)[digit]
    own = {"dense1.weight": np.outer(wrong, pooled.ravel()), "dense1.bias": wrong}
    dense = (weights["dense1.weight"].T @ wrong).reshape(16, 4, 4)
    pool = np.zeros_like(behind)
    for c, i, j in itertools.product(range(16), range(4), range(4)):
        window = behind[c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        row, column = divmod(int(window.argmax()), 2)
        pool[c, 2 * i + row, 2 * j + column] += dense[c, i, j]
    maps = [dense, pool]
    for name, scores, below in (("conv2", second, np.maximum(first, 0)), ("conv1", first, x[None])):
        dy = np.where(scores > 0, maps[-1], 0.0)
        weight, padded = weights[f"{name}.weight"], np.pad(below, ((0, 0), (1, 1), (1, 1)))
        dx, dw = np.zeros_like(padded), np.zeros_like(weight)
        for k, i, j in itertools.product(range(len(weight)), range(8), range(8)):
            dx[:, i : i + 3, j : j + 3] += dy[k, i, j] * weight[k]
            dw[k] += dy[k, i, j] * padded[:, i : i + 3, j : j + 3]
        own |= {f"{name}.weight": dw, f"{name}.bias": dy.sum(axis=(1, 2))}
        maps += [dy, dx[:, 1:-1, 1:-1]]
    return p, wrong, [*maps[:-1], own["conv1.weight"][:, 0]], own


def check(watched, ink, digit, weights=WEIGHTS):
    """Rows of shares, all walls, the lengths, and what one step makes of it."""
    p, wrong, maps, own = way_back(ink / 16, digit, weights)
    last = {still.beat.text: still for still in watched.pictures if still.beat}
    stills = list(last.values())
    drawn = [sheet for sheet in stills[1].grids if sheet.texts]
    for sheet, row in zip(drawn, (np.arange(10), p, np.eye(10)[digit], wrong), strict=True):
        assert np.allclose(sheet.values[0], row, atol=1e-4)
    for still, expected in zip(stills[2:8], maps, strict=True):
        tiles = [sheet for sheet in still.grids if sheet.role == "gradient" and not isinstance(sheet.grid, Face)]
        assert np.allclose([tile.values for tile in tiles], expected, atol=2e-3)
        zeros = int((np.array([tile.values for tile in tiles]) == 0).sum())
        heading = [label.text for label in still.labels if "are 0" in label.text]
        assert heading[0].endswith(f"{zeros:,} of {expected.size:,} are 0")
    lengths = [math.sqrt((own[f"{name}.weight"] ** 2).sum()) for name in ("conv1", "conv2", "dense1")]
    assert watched.scene.lengths.made.values == pytest.approx(lengths, rel=0.02)
    stepped = {name: values - 0.003 * own[name] for name, values in weights.items()}
    after = shares_of(ink / 16, stepped)[0]
    rows = [sheet for sheet in stills[-1].grids if sheet.texts]
    for sheet, row in zip(rows, (np.arange(10), p, after), strict=True):
        assert np.allclose(sheet.values[0], row, atol=1e-3)
    texts = [label.text.split()[-1] for label in stills[-1].labels if "loss ≈" in label.text]
    for text, shares in zip(texts, (p, after), strict=True):
        assert near(text, -math.log(shares[digit]))


def test_every_gradient_is_that_of_plain_loops():
    watched = seen()
    check(watched, watched.scene.subject.ink, 9)


def test_another_weight_would_be_noticed():
    watched = seen()
    other = {**WEIGHTS, "conv2.weight": WEIGHTS["conv2.weight"].copy()}
    other["conv2.weight"][3, 2, 0, 1] += 0.05
    with pytest.raises(AssertionError):
        check(watched, watched.scene.subject.ink, 9, other)


@pytest.mark.full
@pytest.mark.parametrize("options", [{"image": "digit:5"}, {"image": "checkerboard", "label": "4"}])
def test_ones_own_digit(options):
    watched = watch(SCENE, "9:16", theme="light", **options)
    assert not findings(watched)
    if "label" not in options:
        ink = watched.scene.subject.ink
        assert (digits().of(5) == ink).all(axis=(1, 2)).any()
        check(watched, ink, 5)
