"""A whole backward pass, read back from the picture: every map by plain loops, lengths, shares and losses by sums."""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from cnnviz.data.digits import digits
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects.number import as_in_cell
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


def way_forward(x, weights):
    _, first, second, behind, _ = shares_of(x, weights)
    return first, second, behind, x


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


def titled(still, title):
    return next(sheet for sheet in still.grids if getattr(sheet.grid, "title", "") == title)


def check_followed(one, stills, maps, forward, weights, wrong):
    """Every number that is followed, by the loops' maps at the places that the scene names."""
    (_, second, behind, first), number, target = forward, one.map, one.target
    column = number * 16 + one.pooled[0] * 4 + one.pooled[1]
    value, reached = maps[2][number][one.cell], maps[4][target][one.place]
    kernel, (top, left) = weights["conv2.weight"][number, target], one.place
    pixels = np.pad(first, 1)[top : top + 3, left : left + 3]
    products = weights["dense1.weight"][:, column] * wrong
    assert products.sum() == pytest.approx(value, abs=1e-4)
    row, column = one.window
    assert behind[number, row : row + 2, column : column + 2].max() == behind[number][one.cell]
    assert second[number][one.cell] > 0
    assert (one.cell[0] + one.tap[0] - 1, one.cell[1] + one.tap[1] - 1) == one.place
    expected = (
        {f"map {number}": maps[0][number], "× w": products[None]},
        {"its window": behind[number, row : row + 2, column : column + 2], f"map {number}": maps[1][number]},
        {f"map {number}": maps[2][number], "relu, on the way there": behind[number]},
        {"kernel": kernel, f"× {as_in_cell(value)}": value * kernel, f"map {target}": maps[3][target]},
        {f"map {target}": maps[4][target]},
        {
            "what it saw": pixels,
            f"× {as_in_cell(reached)}": reached * pixels,
            f"dW of filter {target}": maps[5][target],
        },
    )
    for still, sheets, zeros in zip(stills, expected, (None, 1, 2, None, 4, None), strict=True):
        for title, true in sheets.items():
            found = [sheet for sheet in still.grids if getattr(sheet.grid, "title", "") == title]
            found = found or [sheet for sheet in still.grids if sheet.texts and sheet.values.shape == true.shape]
            assert any(each.values.shape == true.shape and np.allclose(each.values, true, atol=2e-3) for each in found)
        if zeros is not None:
            silent = f"{int((maps[zeros] == 0).sum()):,} of {maps[zeros].size:,} are 0"
            assert any(silent in label.text for label in still.labels)


def check(watched, ink, digit, weights=WEIGHTS):
    """Rows of shares, the number that is followed, and what one step makes of it."""
    p, wrong, maps, own = way_back(ink / 16, digit, weights)
    last = {still.beat.text: still for still in watched.pictures if still.beat}
    stills = list(last.values())
    drawn = [sheet for sheet in stills[1].grids if sheet.texts]
    for sheet, row in zip(drawn, (np.arange(10), p, np.eye(10)[digit], wrong), strict=True):
        assert np.allclose(sheet.values[0], row, atol=1e-4)
    check_followed(watched.scene.one, stills[4:10], maps, way_forward(ink / 16, weights), weights, wrong)
    stepped = {name: values - 0.003 * own[name] for name, values in weights.items()}
    number = watched.scene.one.target
    step = titled(stills[10], "after the step").values
    assert np.allclose(step, stepped["conv1.weight"][number, 0], atol=1e-3)
    after = shares_of(ink / 16, stepped)[0]
    rows = [sheet for sheet in stills[-1].grids if sheet.texts]
    for sheet, row in zip([row for row in rows if len(row.values) == 1], (np.arange(10), p, after), strict=True):
        assert np.allclose(sheet.values[0], row, atol=1e-3)
    texts = [label.text.split()[-1] for label in stills[-1].labels if label.text.startswith("loss ")]
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
