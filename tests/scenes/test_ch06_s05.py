"""The forward pass, read back from the picture: windows, sums, table, bars and mistake equal nested loops."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.map_wall import MapWall
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch


def scene():
    entry = find("ch06-s05-forward-pass")
    return load_scene(entry.path, entry.class_name)


@cache
def seen(**options):
    return watch(scene(), **options)


@cache
def loops(data):
    """All layers of one picture, given as bytes of ink, in nested loops."""
    ink = np.frombuffer(data).reshape(8, 8)
    weights = {name: p.array("test").astype(float) for name, p in zoo.tiny_cnn(pretrained=True).parameters().items()}
    first = helpers.conv(ink[None, None] / 16, weights["conv1.weight"], weights["conv1.bias"], padding=1)
    first = np.where(first > 0, first, 0)
    second = helpers.conv(first, weights["conv2.weight"], weights["conv2.bias"], padding=1)
    second = np.where(second > 0, second, 0)
    pooled = helpers.max_pool(second, (2, 2))
    line = np.array([[pooled[0, c, i, j] for c in range(16) for i in range(4) for j in range(4)]])
    scores = helpers.linear(line, weights["dense1.weight"], weights["dense1.bias"])
    return {"relu1": first[0], "relu2": second[0], "pool1": pooled[0], "scores": scores[0], "line": line[0]} | {
        "shares": helpers.softmax(scores)[0]
    }


def answers(reading):
    return loops(np.ascontiguousarray(reading.ink, dtype=float).tobytes())


def still_with(watched, *texts):
    """The last still that shows all of these words."""
    return [s for s in watched.stills if all(any(text == label.text for label in s.labels) for text in texts)][-1]


def row(still, name):
    """The texts on the line of a row's name, from left to right, without it."""
    (head,) = [label for label in still.labels if label.text == name]
    line = [label for label in still.labels if abs(label.center[1] - head.center[1]) < 0.09 and label is not head]
    return [label.text for label in sorted(line, key=lambda label: label.box[0]) if label.text not in "+=≈"]


def check_sums(watched):
    """The four lines at the end of a window say its sum, bias, and what the ReLU makes of them."""
    thread, layers = watched.scene.subject.reading.thread(), answers(watched.scene.subject.reading)
    for step, name, layer in ((thread.first, "sum of 9 products", "relu1"), (thread.second, "sum of 8 sums", "relu2")):
        still = still_with(watched, name, "after ReLU")
        total = sum(a * b for a, b in zip(step.values.ravel().tolist(), step.weights.ravel().tolist(), strict=True))
        assert near(row(still, name)[-1], total)
        assert near(row(still, "bias")[-1], step.bias)
        assert near(row(still, "before ReLU")[-1], total + step.bias)
        assert near(row(still, "after ReLU")[-1], layers[layer][step.output_index])


def test_sums_bias_and_relu():
    check_sums(seen())


def test_windows_are_those_of_the_picture():
    watched = seen()
    step = watched.scene.subject.reading.thread().first
    grids = still_with(watched, "window", "products", "after ReLU").grids
    window, kernel, products = (grid for grid in grids if grid.values.shape == (3, 3) and grid.texts)
    ink, (_, i, j) = watched.scene.subject.reading.ink, step.output_index
    for (a, b), text in window.texts.items():
        inside = 0 <= i + a - 1 < 8 and 0 <= j + b - 1 < 8
        value = ink[i + a - 1, j + b - 1] / 16 if inside else 0.0
        weight = step.weights[0, a, b]
        assert near(text, value)
        assert near(kernel.texts[a, b], weight)
        assert near(products.texts[a, b], value * weight)


def test_the_eight_partial_sums():
    watched = seen()
    step = watched.scene.subject.reading.thread().second
    texts = row(still_with(watched, "windows", "weights", "sums", "after ReLU"), "sums")[:8]
    for text, values, weights in zip(texts, step.values, step.weights, strict=True):
        assert near(text, sum(float(a) * float(b) for a, b in zip(values.ravel(), weights.ravel(), strict=True)))


def test_the_line_has_its_indices_in_order():
    watched = seen()
    thread, line = watched.scene.subject.reading.thread(), answers(watched.scene.subject.reading)["line"]
    still = [s for s in watched.stills if any(g.values.shape == (1, 16) for g in s.grids)][-1]
    (grid,) = [g for g in still.grids if g.values.shape == (1, 16)]
    first = 16 * thread.pooled.output_index[0]
    for (_, column), text in grid.texts.items():
        assert near(text, line[first + column])
    shown = {label.text for label in still.labels}
    assert {str(first + i) for i in range(16)} <= shown
    caption = next(c.text for c in watched.rendered.subcaptions if "index" in c.text)
    index, _, terms = caption.partition("index ")[2].rstrip(".").partition(": ")
    a, b, c = (eval_product(term) for term in terms.split(" + "))
    assert int(index) == a + b + c == thread.place
    assert line[int(index)] == pytest.approx(thread.pooled.result, abs=2e-5)


def eval_product(text):
    left, _, right = text.partition(" · ")
    return int(left) * int(right or 1)


def check_table(watched):
    layers = answers(watched.scene.subject.reading)
    still = still_with(watched, "score", "exp(score)", "÷ sum")
    assert row(still, "digit") == list("0123456789")
    for text, value in zip(row(still, "score"), layers["scores"], strict=True):
        assert near(text, value)
    *powers, total = row(still, "exp(score)")
    for text, value in zip(powers, np.exp(layers["scores"]), strict=True):
        assert near(text, value)
    assert near(total.removeprefix("sum "), np.exp(layers["scores"]).sum())
    shares = re.findall("[<>]? ?[0-9.]+ %", " ".join(row(still, "÷ sum")))
    for text, value in zip(shares, layers["shares"], strict=True):
        assert percent(text, value)


def percent(text, share):
    number = text.strip().removesuffix(" %")
    if number[0] in "<>":
        return (number == "< 0.1" and share < 0.001) or (number == "> 99.9" and share > 0.999)
    return abs(float(number) - 100 * share) <= 0.05 + 1e-6


def test_the_softmax_table():
    check_table(seen())


def test_the_last_picture_shows_both_answers():
    watched = seen()
    subject, last = watched.scene.subject, watched.stills[-1]
    shares = answers(subject.mistake)["shares"]
    bars = [
        label for label in last.labels if label.text.endswith("%") and label.box[0] > 4.7 and label.center[1] > -0.5
    ]
    bars.sort(key=lambda label: -label.center[1])
    assert len(bars) == 10
    assert all(percent(label.text, share) for label, share in zip(bars, shares, strict=True))
    texts = [label.text for label in last.labels]
    assert {"written as 5", "read as 5", "written as 9", "read as 3"} <= set(texts)
    assert int(np.argmax(shares)) == 3 != subject.mistake.label


@pytest.mark.parametrize("moment", ["first", "last"])
def test_the_maps_are_painted_cell_by_cell(moment):
    watched = seen()
    subject = watched.scene.subject
    still = watched.stills[-1] if moment == "last" else still_with(watched, "exp(score)")
    layers = answers(subject.mistake if moment == "last" else subject.reading)
    walls = [part for part in still.family if isinstance(part, MapWall)]
    assert [wall.values.shape for wall in walls] == [(1, 8, 8), (8, 8, 8), (16, 8, 8), (16, 4, 4), (16, 1, 16)]
    look = watched.scene.theme
    for wall, layer in zip(walls[1:4], ("relu1", "relu2", "pool1"), strict=True):
        scale = layers[layer].max()
        for image, values in zip(wall.maps, layers[layer], strict=True):
            expected = [rgb(look.fill("output", value / scale)) for value in values.ravel()]
            assert np.abs(image.pixel_array[..., :3].reshape(-1, 3).astype(int) - np.array(expected)).max() <= 1


OTHERS = ["photo:china", *(pytest.param(name, marks=pytest.mark.full) for name in ("digit:1#3", "impulse", "digit:7"))]


@pytest.mark.parametrize("image", OTHERS)
def test_other_pictures_lay_out_as_well(image):
    watched = seen(image=image, theme="light")
    for check in (outside, overlapping, too_small, unreadable, off_palette, untrue, unread):
        assert not check(watched), check.__name__
    check_sums(watched)
    check_table(watched)


@pytest.mark.full
def test_a_network_that_errs_in_nothing_ends_with_its_answer(monkeypatch):
    split = digits_split()
    easy = type(split)(split.train, split.validation, split.test.take(slice(5)))
    monkeypatch.setattr("cnnviz.subjects.forward.digits_split", lambda: easy)
    watched = watch(scene())
    assert 20 <= watched.rendered.seconds <= 120
    assert not any("Written as" in caption.text for caption in watched.rendered.subcaptions)


@pytest.mark.parametrize(
    ("name", "check"), [("before ReLU", check_sums), ("score", check_table), ("÷ sum", check_table)]
)
def test_a_wrong_number_would_be_noticed(name, check):
    watched = seen()
    check(watched)
    stills = tuple(forged(still, name) for still in watched.stills)
    with pytest.raises(AssertionError):
        check(replace(watched, pictures=stills))


def forged(still, name):
    """The same still with one more in the last digit of the last number on the line of a name."""
    if name not in {label.text for label in still.labels}:
        return still
    (head,) = [label for label in still.labels if label.text == name]
    line = [
        label for label in still.labels if abs(label.center[1] - head.center[1]) < 0.09 and label.text[-1].isdigit()
    ]
    last = max(line, key=lambda label: label.box[0])
    wrong = replace(last, text=last.text[:-1] + str((int(last.text[-1]) + 2) % 10))
    return replace(still, labels=tuple(wrong if label is last else label for label in still.labels))
