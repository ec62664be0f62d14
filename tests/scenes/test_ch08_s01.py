"""The training, read back from the picture: curves, numbers, filters, bars and answers are those of the run."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Bars, Curves, MapWall
from cnnviz.stage.color import rgb
from cnnviz.stage.theme import theme
from cnnviz.stage.training.view import Dashboard
from cnnviz.subjects import Training, run
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch


def scene():
    entry = find("ch08-s01-watch-it-learn")
    return load_scene(entry.path, entry.class_name)


@cache
def seen(**options):
    return watch(scene(), **options)


def epoch_of(still):
    (text,) = [label.text for label in still.labels if label.text.startswith("epoch ") and "/" in label.text]
    return int(text.split()[1])


def parts(family, kind):
    return [part for part in family if isinstance(part, kind)]


def check(watched, record):
    """What is written in every still; what is drawn, in the last one: earlier ones have changed since."""
    epochs = set()
    for still in watched.stills:
        epoch = epoch_of(still)
        epochs.add(epoch)
        numbers = [label for label in still.labels if -4.3 < label.box[2] < 0 and label.size == 19]
        check_numbers(sorted(numbers, key=lambda label: (-round(label.center[1]), label.box[0])), record, epoch)
        answers = [label.text for label in still.labels if label.text.startswith("read as ")]
        assert answers == [f"read as {shares.argmax()}" for shares in record.shares[epoch]]
    check_drawn(watched.stills[-1].family, record, record.epochs, watched.scene.theme)
    return epochs


def check_drawn(family, record, epoch, look):
    check_ends(parts(family, Curves), record, epoch)
    for bars, shares in zip(parts(family, Bars), record.shares[epoch], strict=True):
        lengths = [np.ptp(bar.points[:, 1]) for bar in bars.rectangles]
        assert lengths == pytest.approx((bars.length * shares).tolist(), abs=1e-6)
    (wall,) = parts(family, MapWall)
    scale = np.abs(record.filters).max()
    for image, values in zip(wall.maps, record.filters[epoch], strict=True):
        fills = [list(rgb(look.fill("kernel", value / scale))) for value in values.ravel().tolist()]
        assert image.pixel_array[..., :3].reshape(-1, 3).tolist() == fills


def check_numbers(labels, record, epoch):
    """The four numbers beside the titles."""
    texts = [label.text for label in labels if label.text[0].isdigit() or label.text[0] in "<>"]
    assert len(texts) == 4, texts
    for text, value in zip(texts[:2], record.loss[epoch], strict=True):
        assert near(text, value)
    for text, value in zip(texts[2:], record.accuracy[epoch], strict=True):
        assert near(text.removesuffix(" %"), 100 * value) or value in (0, 1)


def check_ends(curves, record, epoch):
    """Where the lines end: loss on an axis of powers of ten, accuracy on an even one."""
    for axes, numbers in zip(curves, (record.loss, record.accuracy), strict=True):
        for head, value in zip(axes.heads, numbers[epoch], strict=True):
            x, y = ((head.points.min(axis=0) + head.points.max(axis=0)) / 2)[:2]
            assert (x - axes.plane.left) / axes.plane.width == pytest.approx(epoch / record.epochs, abs=1e-6)
            share = np.log(value / axes.low) / np.log(axes.top / axes.low) if numbers is record.loss else value
            assert (y - axes.plane.bottom) / axes.plane.height == pytest.approx(share, abs=1e-6)


def test_every_picture_shows_what_was_recorded():
    epochs = check(seen(), run.recorded())
    assert {0, 1, 2, 3, 17, 33, 40} <= epochs


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_every_epoch_is_drawn_as_it_was_recorded(theme_name):
    record, look = run.recorded(), theme(theme_name)
    board = Dashboard(record, look)
    for epoch in (0, 1, 17, 33, 5, 40):
        board.show(epoch)
        check_drawn(board.get_family(), record, epoch, look)


def test_the_best_epoch_is_marked():
    watched, record = seen(), run.recorded()
    last = watched.stills[-1]
    for axes in parts(last.family, Curves):
        x = axes.plane.left + axes.plane.width * record.best / record.epochs
        marks = [
            part
            for part in last.family
            if len(part.points) == 4
            and np.allclose(part.points[:, 0], x)
            and part.points[:, 1].max() <= axes.plane.top + 1e-6
        ]
        assert marks


@pytest.mark.parametrize(
    "options", [{"epochs": 1, "theme": "light"}, pytest.param({"seed": 4, "epochs": 6}, marks=pytest.mark.full)]
)
def test_a_run_of_somebodys_own(options):
    watched = watch(scene(), **options)
    asked = {name: value for name, value in options.items() if name != "theme"}
    check(watched, Training(**asked).run)
    for wrong in (outside, overlapping, too_small, unreadable, off_palette, untrue, unread):
        assert not wrong(watched), wrong.__name__


def test_a_forged_number_would_be_noticed():
    record = run.recorded()
    forged = run.Run(**{**vars(record), "loss": record.loss * 1.01})
    with pytest.raises(AssertionError):
        check(seen(), forged)
    with pytest.raises(AssertionError):
        check(seen(), run.Run(**{**vars(record), "filters": record.filters * np.linspace(1, 1.1, 8)[:, None, None]}))
