"""Before the network: the three ways into the square, the histogram and the numbers read, by loops over the photo."""

import numpy as np
import pytest
from PIL import Image

from cnnviz.quizzes import make
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Preprocessing
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch01-s06-before-the-network")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@pytest.fixture(scope="module")
def seen():
    return watch(SCENE)


def counted(numbers, parts, peak):
    """How many numbers lie in each part, one by one; the last part holds its end."""
    counts = [0] * parts
    for number in numbers:
        counts[min(int(number * parts / peak), parts - 1)] += 1
    return counts


def during(seen, words):
    """The last picture of the beat with these words."""
    return [still for still in seen.pictures if still.beat and words in still.beat.text][-1]


def check_axis(still, bars, low, high):
    """What is written on the axis stands where it is, the ends at the ends; return the numbers."""
    read = {}
    for label in still.labels:
        left, bottom, right, top = label.box
        if bars.box.left - 0.05 <= left and bars.plane.bottom - 0.7 < bottom and top < bars.plane.bottom:
            read[float(label.text.replace("−", "-"))] = left, right
    for value, (left, right) in read.items():
        at = bars.plane.left + (value - low) / (high - low) * bars.plane.width
        assert left - 0.1 <= at <= right + 0.1
    return sorted(read)


def test_the_bars_are_the_counts_of_the_channel(seen):
    subject, bars = seen.scene.subject, seen.scene.bars
    expected = counted(subject.chosen.values[-1].ravel().tolist(), 8, 255.0)
    still = during(seen, "This number")
    over = [x for x in still.labels if bars.plane.bottom < x.box[1] < bars.box.top - 0.6 and x.box[0] > bars.box.left]
    assert [int(x.text.replace(",", "")) for x in sorted(over, key=lambda x: x.box[0])] == expected
    heights = [bars.bar(i).height for i in range(8)]
    assert np.allclose(np.array(heights) / max(heights), np.array(expected) / max(expected))
    assert sum(expected) == 32 * 32


def test_the_axis_slides_and_the_bars_stay(seen):
    bars = seen.scene.bars
    plane = seen.scene.subject.chosen.values[-1] / 255
    mean, spread = round(float(plane.mean()), 2), round(float(plane.std()), 2)
    ends = {
        "This number": (0, 255),
        "Divide by 255": (0, 1),
        "Take the mean": (-mean, 1 - mean),
        "Divide by the spread": (-mean / spread, (1 - mean) / spread),
    }
    for words, (low, high) in ends.items():
        read = check_axis(during(seen, words), bars, low, high)
        assert 0 in read
        assert read[0] == pytest.approx(low, abs=0.005)
        assert read[-1] == pytest.approx(high, abs=0.005)
    with pytest.raises(AssertionError):
        check_axis(during(seen, "Take the mean"), bars, 0, 1)


def test_the_patch_is_scaled_and_centered_by_hand(seen):
    subject = seen.scene.subject
    plane = subject.chosen.values[-1]
    numbers = [number / 255 for number in plane.ravel().tolist()]
    mean = round(sum(numbers) / len(numbers), 2)
    spread = round((sum((n - sum(numbers) / len(numbers)) ** 2 for n in numbers) / len(numbers)) ** 0.5, 2)
    (top, left), last = subject.corner, during(seen, "Divide by the spread")
    (patch,) = [grid for grid in last.grids if grid.grid is seen.scene.patch]
    for (row, column), text in patch.texts.items():
        assert near(text, (plane[top + row, left + column] / 255 - mean) / spread)
    assert not near(patch.texts[0, 0], plane[top, left] / 255 / spread)


def test_every_channel_arrives_around_zero(seen):
    subject = seen.scene.subject
    named = [grid for grid in seen.stills[-1].grids if grid.role in {"red", "green", "blue"}]
    planes = {grid.role: grid for grid in named if grid.values.shape == (32, 32)}
    strips = {grid.role: grid for grid in named if grid.values.shape == (1, 3)}
    (top, left), (down, _) = subject.corner, subject.pixel
    for role, channel in zip(("red", "green", "blue"), subject.chosen.values, strict=True):
        grid = planes[role]
        numbers = channel / 255
        mean, spread = round(float(numbers.mean()), 2), round(float(numbers.std()), 2)
        assert np.allclose(grid.values, (numbers - mean) / spread)
        assert abs(float(grid.values.mean())) < 0.05
        (own,) = [grid for grid in named if grid.role == role and grid.values.shape == (1, 1)]
        assert near(own.texts[0, 0], channel[top + down, left + subject.pixel[1]])
        assert len(strips[role].texts) == 3
        for (_, column), text in strips[role].texts.items():
            assert near(text, (numbers[top + down, left + column] - mean) / spread)


def test_each_way_costs_what_is_said(seen):
    """Of 342 rows and 512 columns."""
    texts = [beat.text for beat in seen.scene.beats]
    assert f"Crop: shapes stay true, but {100 * (1 - 342 / 512):.1f} % of the picture is cut off." in texts
    rows = round(32 * 342 / 512)
    assert f"Letterbox: all of it stays, and {100 * (1 - rows / 32):.1f} % of the square is left empty." in texts
    assert "Stretch: all of it stays, but one way is squeezed 1.5 times as much." in texts
    letterbox = seen.scene.subject.fitted[1].values
    full = [row for row in range(32) if letterbox[:, row].any()]
    assert len(full) == rows
    assert full[0] == (32 - rows) // 2


def test_a_stretched_picture_is_that_of_pillow():
    subject = Preprocessing()
    pixels = subject.picture.values.transpose(1, 2, 0).astype(np.uint8)
    made = np.asarray(Image.fromarray(pixels).resize((32, 32), Image.Resampling.LANCZOS), float)
    away = np.abs(subject.fitted[2].values - made.transpose(2, 0, 1))
    assert away.mean() < 2
    assert np.abs(subject.fitted[0].values - made.transpose(2, 0, 1)).mean() > 10


@pytest.mark.parametrize("level", [2, *(pytest.param(level, marks=pytest.mark.full) for level in (1, 3))])
def test_a_question_is_shown_with_its_numbers(level):
    question = make("preprocessing", seed=1, difficulty=level)
    watched = watch(SCENE, "9:16", theme="light", **question.scene.options)
    assert findings(watched) == []
    cells = [dict(grid.texts.items()) for still in watched.stills for grid in still.grids]
    sought = question.answer if level != 2 else ((question.answer,) * 4,)
    rows = {(i, j): value for i, row in enumerate(sought) for j, value in enumerate(row)}
    assert any(all(at in grid and near(grid[at], value) for at, value in rows.items()) for grid in cells)


@pytest.mark.full
@pytest.mark.parametrize(
    "options", [{"image": "photo:grace_hopper", "fit": "stretch"}, {"image": "digit:3", "size": 8}]
)
def test_other_pictures(options):
    assert findings(watch(SCENE, "4:3", **options)) == []


def test_a_picture_of_one_gray_says_what_to_do():
    from cnnviz.errors import OptionError

    with pytest.raises(OptionError, match=r"spread: expected a number above 0, got a picture of one gray; choose"):
        Preprocessing(image="7,7;7,7", size=2)
