"""The recap, read back from the picture: every chapter's numbers by plain loops on the digit that is drawn."""

from functools import cache

import numpy as np
import pytest

from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Bars
from cnnviz.subjects.number import cell_text
from tests.scenes.diagrams import check_bars
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch12-s03-recap")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
BIG = "digit", "filter", "with a border of zeros", "map", "a deeper map", "ReLU", "strongest of four"
TITLES = *BIG, "score lost", "lengths", "squashed"


@cache
def seen(**options):
    return watch(SCENE, **options)


def grids(watched, words):
    """The grids of the beat with these words, in the end: those in the room, not in the row."""
    still = [still for still in watched.pictures if still.beat and words in still.beat.text][-1]

    order = {title: place for place, title in enumerate(TITLES)}
    return sorted((sheet for sheet in still.grids if sheet.grid.title in order), key=lambda s: order[s.grid.title])


def check(watched):
    """Window, ReLU, pooling, shares and squash, on what is drawn."""
    ink = grids(watched, "To a computer")[0].values
    x, kernel, y = (sheet.values for sheet in grids(watched, "A window slides"))
    assert np.array_equal(x, ink)
    for i, j in np.ndindex(6, 6):
        total = sum(x[i + k, j + m] / 16 * kernel[k, m] for k, m in np.ndindex(3, 3))
        assert y[i, j] == pytest.approx(total, abs=1e-6)
    padded = grids(watched, "A border of zeros")[1].values
    assert np.array_equal(padded[1:-1, 1:-1], ink)
    assert padded.sum() == ink.sum()
    _, before, after, pooled = (sheet.values for sheet in grids(watched, "ReLU drops"))
    for i, j in np.ndindex(8, 8):
        assert after[i, j] == max(0.0, before[i, j])
    for i, j in np.ndindex(4, 4):
        assert pooled[i, j] == max(after[2 * i + k, 2 * j + m] for k, m in np.ndindex(2, 2))
    _, lengths, squashed = (sheet.values[0] for sheet in grids(watched, "Capsules"))
    assert squashed == pytest.approx([n * n / (1 + n * n) for n in lengths])


def check_evidence(watched):
    """How far the score of the answer falls under each cover, and what the last picture says of the shares."""
    ink, drop = (sheet.values for sheet in grids(watched, "Cover 3"))
    network = zoo.tiny_cnn(pretrained=True)

    def scores(picture):
        return network.forward((picture[None, None] / 16).astype(np.float32))[0].astype(float)

    whole = scores(ink)
    for i, j in np.ndindex(6, 6):
        covered = ink.copy()
        covered[i : i + 3, j : j + 3] = 0
        assert drop[i, j] == pytest.approx((whole - scores(covered))[whole.argmax()], abs=1e-4)
    shares = np.exp(whole - whole.max())
    shares /= shares.sum()
    bars = [still for still in watched.pictures if still.beat and "ten shares" in still.beat.text][-1]
    check_bars(bars, shares, most=1.0)
    assert next(part for part in bars.family if isinstance(part, Bars)).best == whole.argmax()
    last = watched.stills[-1]
    assert any(label.text.startswith(f"It reads {whole.argmax()}:") for label in last.labels)
    again = [still for still in watched.pictures if still.beat and "Once more" in still.beat.text]
    assert not any(label.text == "Beyond images" for label in again[-1].labels)
    names = [part.title for part in last.family if type(part).__name__ in ("Grid", "Made") and part.title]
    assert len(names) == 12


def check_training(watched):
    """Losses that are said are those of the filters that are seen."""
    run = watched.scene.subject.run
    stills = [still for still in watched.pictures if still.beat and "Training follows" in still.beat.text]
    seen = {}
    for still in stills:
        drawn = [sheet.values for sheet in still.grids if sheet.values.shape == (3, 3) and sheet.grid.role == "kernel"]
        for label in still.labels:
            if label.text.startswith("epoch"):
                epoch = int(label.text.split(":")[0].split()[1])
                assert f"loss {cell_text(run.loss[epoch, 0])}" in label.text
                seen[epoch] = drawn[-8:]
    assert run.epochs in seen
    for epoch, drawn in seen.items():
        assert np.allclose(drawn, run.filters[epoch])


def test_every_chapter_by_plain_loops():
    check(seen())


def test_filters_change_while_the_loss_falls():
    check_training(seen())


def test_capsules_keep_their_direction():
    still = [still for still in seen().pictures if still.beat and "Capsules" in still.beat.text][-1]
    (plane,) = (part for part in still.family if type(part).__name__ == "Arrows")
    before = seen().scene.subject.vectors
    assert len(before) == 4
    for (x, y), (u, v) in zip(before, plane.vectors.values(), strict=True):
        long = (x * x + y * y) ** 0.5
        assert (u, v) == pytest.approx((x * long / (1 + long**2), y * long / (1 + long**2)))


def test_the_evidence_cover_by_cover():
    check_evidence(seen())


def test_what_a_number_has_seen_is_marked():
    still = [still for still in seen().pictures if still.beat and "has seen" in still.beat.text][-1]
    ink, pooled = grids(seen(), "has seen")
    (there,) = (mark for mark in still.marks if mark.grid is ink.grid)
    (here,) = (mark for mark in still.marks if mark.grid is pooled.grid)
    row, column = np.unravel_index(pooled.values.argmax(), (4, 4))
    assert tuple(here.cell) == (row, column)
    top, left = max(0, 2 * row - 2), max(0, 2 * column - 2)  # two convolutions of 3 x 3 around a window of 2 x 2
    assert tuple(there.cell) == (top, left)
    assert (there.rows, there.columns) == (min(8, 2 * row + 4) - top, min(8, 2 * column + 4) - left)


def test_another_number_would_be_noticed():
    watched = seen()
    y = grids(watched, "A window slides")[2].values
    y[2, 3] += 0.1
    try:
        with pytest.raises(AssertionError):
            check(watched)
    finally:
        y[2, 3] -= 0.1


@pytest.mark.full
def test_ones_own_digit():
    watched = watch(SCENE, "9:16", theme="light", image="digit:7")
    assert not findings(watched)
    check(watched)
