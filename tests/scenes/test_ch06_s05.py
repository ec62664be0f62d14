"""The forward pass, read back from the picture: windows, sums, line, shares and mistake equal nested loops."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Volume
from cnnviz.stage.color import rgb
from tests import helpers
from tests.scenes.findings import findings
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


def answers(of):
    return loops(np.ascontiguousarray(of.picture.values[0], dtype=float).tobytes())


def still_with(watched, sentence):
    """The last picture that stood still under a sentence."""
    return [s for s in watched.pictures if s.beat is not None and sentence in s.beat.text][-1]


def line_of(still, word):
    """The texts on the line of a word, from left to right."""
    (head,) = [label for label in still.labels if label.text.startswith(word)]
    line = [label for label in still.labels if abs(label.center[1] - head.center[1]) < 0.09 and not label.caption]
    return [label.text for label in sorted(line, key=lambda label: label.box[0])]


def check_sums(watched):
    """The lines below the windows say sum, bias, and what the ReLU makes of them."""
    thread, layers = watched.scene.subject.thread, answers(watched.scene.subject.seen)
    for look, sentence, layer in zip(thread.convs, ("9 products", "72 products"), ("relu1", "relu2"), strict=True):
        step = look.trace.at(look.cell)
        texts = line_of(still_with(watched, sentence), "sum")
        total = sum(a * b for a, b in zip(step.values.ravel().tolist(), step.weights.ravel().tolist(), strict=True))
        assert texts[0] == "sum"
        assert near(texts[1], total)
        sign = -1 if texts[2].startswith("−") else 1
        assert near(texts[3], sign * step.bias)
        assert near(texts[5], total + step.bias)
        assert near(texts[7], layers[layer][look.cell])


def test_sums_bias_and_relu():
    check_sums(seen())


def test_windows_are_those_of_the_picture():
    watched = seen()
    look = watched.scene.subject.thread.convs[0]
    step = look.trace.at(look.cell)
    grids = still_with(watched, "9 products").grids
    window, kernel, products = (grid for grid in grids if grid.values.shape == (3, 3) and grid.texts)
    ink, (_, i, j) = watched.scene.subject.seen.picture.values[0], look.cell
    for (a, b), text in window.texts.items():
        inside = 0 <= i + a - 1 < 8 and 0 <= j + b - 1 < 8
        value = ink[i + a - 1, j + b - 1] / 16 if inside else 0.0
        weight = step.weights[0, a, b]
        assert near(text, value)
        assert near(kernel.texts[a, b], weight)
        assert near(products.texts[a, b], value * weight)


def test_the_strongest_partial_sums_and_what_the_others_add():
    watched = seen()
    look = watched.scene.subject.thread.convs[1]
    step, still = look.trace.at(look.cell), still_with(watched, "look through all")
    sums = [
        sum(float(a) * float(b) for a, b in zip(values.ravel(), weights.ravel(), strict=True))
        for values, weights in zip(step.values, step.weights, strict=True)
    ]
    strongest = sorted(sorted(range(8), key=lambda i: -abs(sums[i]))[:5])
    numbers = [label for label in still.labels if re.fullmatch("[−0-9.]+", label.text) and not label.caption]
    low = min(label.center[1] for label in numbers)
    shown = sorted((label for label in numbers if label.center[1] < low + 0.05), key=lambda label: label.box[0])
    expected = [sums[i] for i in strongest] + [sum(sums) - sum(sums[i] for i in strongest)]
    assert len(shown) == 6
    assert all(near(label.text, value) for label, value in zip(shown, expected, strict=True))
    assert any(label.text == "3 more" for label in still.labels)


def test_the_line_has_its_index_and_its_numbers():
    watched = seen()
    line = answers(watched.scene.subject.seen)["line"]
    still = still_with(watched, "Flatten")
    (grid,) = [g for g in still.grids if g.values.shape == (1, 8) and g.texts]
    first = next(int(m[1]) for label in still.labels if (m := re.search(r"(\d+) [.…]+ ?\d+$", label.text)))
    for (_, column), text in grid.texts.items():
        assert near(text, line[first + column])
    formula = re.compile(r"(\d+) \S (\d+) \+ (\d+) \S (\d+) \+ (\d+)")
    a, b, c, d, e = next(map(int, m.groups()) for label in still.labels if (m := formula.match(label.text)))
    index = int(re.search(r"index (\d+)", still.beat.text)[1])
    (mark,) = [m for m in still.marks if m.grid is grid.grid]
    assert index == a * b + c * d + e == first + mark.cell[1]
    assert line[index] == pytest.approx(watched.scene.subject.thread.pool.outcome, abs=2e-5)


def check_score(watched):
    subject = watched.scene.subject
    layers, weights = answers(subject.seen), zoo.tiny_cnn(pretrained=True).parameters()["dense1.weight"].array("test")
    still = still_with(watched, "Products and a bias")
    numbers, kernel, products = (g for g in still.grids if g.values.shape in ((1, 8), (1, 5)) and g.texts)
    first = next(int(m[1]) for label in still.labels if (m := re.search(r"(\d+) [.…]+ ?\d+$", label.text)))
    for (_, column), text in numbers.texts.items():
        value, weight = layers["line"][first + column], float(weights[subject.answer, first + column])
        assert near(text, value)
        assert near(kernel.texts[0, column], weight)
        assert near(products.texts[0, column], value * weight)
    assert near(line_of(still, "sum of all")[-1], layers["scores"][subject.answer])


def test_the_score_is_a_sum_over_the_whole_line():
    check_score(seen())


def percent(text, share):
    number = text.strip().removesuffix(" %")
    if number[0] in "<>":
        return (number == "< 0.1" and share < 0.001) or (number == "> 99.9" and share > 0.999)
    return abs(float(number) - 100 * share) <= 0.05 + 1e-6


def check_shares(watched, sentence, *those):
    still = still_with(watched, sentence)
    bars = sorted((label for label in still.labels if label.text.endswith("%")), key=lambda label: -label.center[1])
    shares = [share for of in those for share in answers(of)["shares"]]
    assert all(percent(label.text, share) for label, share in zip(bars, shares, strict=True))


def test_shares_of_the_digit_and_of_the_misread_one():
    watched = seen()
    subject = watched.scene.subject
    check_shares(watched, "Softmax", subject.seen)
    check_shares(watched, "the largest share", subject.seen, subject.mistake[0])
    texts = [label.text for label in watched.stills[-1].labels]
    assert {"written as 5", "read as 5", "written as 9", "read as 3"} <= set(texts)
    assert int(np.argmax(answers(subject.mistake[0])["shares"])) == 3 != subject.mistake[1]


def check_maps(watched, sentence, layer):
    """The maps side by side are those of nested loops, cell by cell."""
    layers, theme = answers(watched.scene.subject.seen), watched.scene.theme
    said = [s for s in watched.pictures if s.beat is not None and sentence in s.beat.text]
    hung = [[g for g in still.grids if g.pixels is not None and not in_block(watched, g)] for still in said]
    maps = layers[layer]
    grids = next(grids for grids in hung if len(grids) == len(maps))
    for grid, values in zip(grids, maps, strict=True):
        expected = [rgb(theme.fill("output", value / maps.max())) for value in values.ravel()]
        assert np.abs(grid.pixels.reshape(-1, 3).astype(int) - np.array(expected)).max() <= 1


def in_block(watched, grid):
    return any(grid.grid in part.faces for s in watched.pictures for part in s.family if isinstance(part, Volume))


@pytest.mark.parametrize(("sentence", "layer"), [("8 maps, each lit", "relu1"), ("The next filters look", "relu2")])
def test_the_maps_are_painted_cell_by_cell(sentence, layer):
    check_maps(seen(), sentence, layer)


def test_the_window_ends_where_the_last_step_of_its_filter_is():
    watched = seen()
    look = watched.scene.subject.thread.convs[0]
    last = still_with(watched, "The same weights")
    rows, columns = look.trace.output_shape[1:]
    (mark,) = [m for m in last.marks if (m.rows, m.columns) == (3, 3)]
    assert tuple(mark.cell) == (rows - 2, columns - 2)


OTHERS = [
    {"image": "photo:china", "theme": "light"},
    {"image": "digit:1#3"},
    {"image": "impulse"},
    {"network": "3x20x30 > conv 4 k3 s2 > relu > pool 2 > conv 20 k3 g2 > relu > flatten > dense 12"},
    {"network": "lenet5"},
    {"network": "resnet18"},
    {"network": "1x8x8 > flatten > dense 10"},
]


@pytest.mark.full
@pytest.mark.parametrize("options", OTHERS, ids=lambda options: " ".join(options.values())[:24])
@pytest.mark.parametrize("aspect", ["4:3", "9:16"])
def test_other_pictures_and_networks_lay_out_as_well(options, aspect):
    watched = watch(scene(), aspect, fps=8, **options)
    assert not findings(watched)
    assert 20 <= watched.rendered.seconds <= 100
    if "network" not in options:
        check_score(watched)


@pytest.mark.full
def test_what_is_left_out_is_said():
    watched = seen(network="3x20x30 > conv 40 k3 > relu > flatten > dense 12")
    texts = {label.text for still in watched.pictures for label in still.labels}
    assert "16 of 40 maps, the strongest" in texts
    assert any("has not learned" in caption.text for caption in watched.rendered.subcaptions)


@pytest.mark.full
def test_a_network_that_errs_in_nothing_ends_with_its_answer(monkeypatch):
    split = digits_split()
    easy = type(split)(split.train, split.validation, split.test.take(slice(5)))
    monkeypatch.setattr("cnnviz.subjects.forward.digits_split", lambda: easy)
    watched = watch(scene())
    assert 20 <= watched.rendered.seconds <= 120
    assert not any("Written as" in caption.text for caption in watched.rendered.subcaptions)


@pytest.mark.parametrize(
    ("sentence", "word", "check"),
    [("9 products", "sum", check_sums), ("Products and a bias", "sum of all", check_score)],
)
def test_a_wrong_number_would_be_noticed(sentence, word, check):
    watched = seen()
    check(watched)
    pictures = tuple(forged(s, word) if s.beat is not None and sentence in s.beat.text else s for s in watched.pictures)
    with pytest.raises(AssertionError):
        check(replace(watched, pictures=pictures))


def forged(still, word):
    """The same picture with another last digit in the last number on the line of a word."""
    heads = [label for label in still.labels if label.text.startswith(word)]
    if not heads:
        return still
    line = [x for x in still.labels if abs(x.center[1] - heads[0].center[1]) < 0.09 and x.text[-1].isdigit()]
    last = max((x for x in line if not x.caption), key=lambda x: x.box[0])
    wrong = replace(last, text=last.text[:-1] + str((int(last.text[-1]) + 2) % 10))
    return replace(still, labels=tuple(wrong if x is last else x for x in still.labels))


def test_a_wrong_map_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.stage.stories.passing.coarse", lambda values: (values[::-1], 1))
    with pytest.raises(AssertionError):
        check_maps(watch(scene()), "8 maps, each lit", "relu1")
