"""The training, read back from the picture: curves, numbers, filters, bars and answers are those of the run."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Course, Verdict
from cnnviz.stage.color import rgb
from cnnviz.subjects import Training, run
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s01-watch-it-learn")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
SAMPLES = {"training": "––– ", "validation": "– – "}


class Noted(SCENE):
    """The same scene, which notes where lines end, how long bars are and how weights are painted, at every hold."""

    def hold(self, seconds):
        self.notes = {**getattr(self, "notes", {}), round(self.renderer.time, 6): self.note()}
        super().hold(seconds)

    def tear_down(self):
        super().tear_down()
        self.notes[round(self.renderer.time, 6)] = self.note()

    def note(self):
        """What is drawn, read from outlines and pixels."""
        if not hasattr(self, "loss"):
            return None
        heads = [_middle(head) for head in self.loss.curves.heads]
        bars = [[float(np.ptp(bar.points[:, 0])) for bar in verdict.bars.rectangles] for verdict in self.verdicts]
        painted = [grid._image.pixel_array[..., :3].tolist() for grid in self.filters.grids[1:]]
        return heads, bars, painted


@cache
def seen(**options):
    return watch(Noted, **options)


def _middle(part):
    x, y = ((part.points.min(axis=0) + part.points.max(axis=0)) / 2)[:2].tolist()
    return x, y


def epoch_of(still):
    found = [label.text for label in still.labels if label.text.startswith("epoch ") and "/" in label.text]
    return int(found[0].split()[1]) if found else None


def check(watched, record):
    """Every picture that stood still shows what was measured after the epoch that it names; returns the epochs."""
    epochs = {}
    for still in watched.stills:
        epoch = epoch_of(still)
        if epoch is None or not _is_told(still) or not watched.scene.notes[round(still.start, 6)]:
            continue
        epochs.setdefault(epoch, still)
        check_numbers(still, record, epoch)
        check_large(still, record, epoch)
        answers = sorted((label.center[0], label.text) for label in still.labels if label.text.startswith("read as "))
        assert [text for _, text in answers] == [f"read as {shares.argmax()}" for shares in record.shares[epoch]]
        check_drawn(watched.scene, watched.scene.notes[round(still.start, 6)], record, epoch)
    return set(epochs)


def _is_told(still):
    return any(label.text.startswith("read as") for label in still.labels)


def check_numbers(still, record, epoch):
    """The losses in the corner, each right of its name, and both shares below."""
    for column, (name, sample) in enumerate(SAMPLES.items()):
        (named,) = (label for label in still.labels if label.text == sample + name)
        assert near(_right_of(named, still).text, record.loss[epoch, column])
    (named,) = (label for label in still.labels if label.text.strip() == "read right")
    texts, at = [], named
    for name, share in zip(SAMPLES, record.accuracy[epoch], strict=True):
        at = _right_of(at, still)
        said = at.text.strip().removeprefix(name).strip()
        texts.append(said)
        assert near(said.removesuffix(" %"), 100 * share) or (said == "> 99.9 %" and share > 0.9995)
    assert len(texts) == 2


def _right_of(name, still):
    same = [label for label in still.labels if abs(label.center[1] - name.center[1]) < 0.06 and label is not name]
    return min((label for label in same if label.box[0] > name.box[0]), key=lambda label: label.box[0])


def check_large(still, record, epoch):
    """The weights of the enlarged filter, cell by cell."""
    (sheet,) = (sheet for sheet in still.grids if sheet.role == "kernel" and sheet.texts)
    weights = record.filters[epoch, 0].astype(float)
    assert len(sheet.texts) == weights.size
    assert all(near(text, weights[cell]) for cell, text in sheet.texts.items())


def check_drawn(scene, note, record, epoch):
    """Ends of lines on an axis of powers, lengths of bars, fills of weights on one scale."""
    heads, bars, painted = note
    course, numbers = scene.loss, record.loss
    plane = course.curves.plane
    for column, (x, y) in enumerate(heads):
        drawn = (x - plane.left) / plane.width * record.epochs
        last = round(drawn)
        assert drawn == pytest.approx(last, abs=1e-6)
        assert last == epoch or epoch == record.best <= last == record.epochs
        low, top = course.curves.low, course.curves.top
        share = np.log(numbers[last, column] / low) / np.log(top / low)
        assert (y - plane.bottom) / plane.height == pytest.approx(share, abs=1e-6)
    for verdict, lengths, shares in zip(scene.verdicts, bars, record.shares[epoch], strict=True):
        assert lengths == pytest.approx((verdict.bars.length * shares).tolist(), abs=1e-6)
    scale = np.abs(record.filters).max()
    for pixels, values in zip(painted, record.filters[epoch, 1:].astype(float), strict=True):
        fills = [[list(rgb(scene.theme.fill("kernel", value / scale))) for value in row] for row in values.tolist()]
        assert pixels == fills


def test_every_picture_shows_what_was_recorded():
    assert {0, 1, 17, 33} <= check(seen(), run.recorded())


def test_the_epoch_that_is_kept_is_marked():
    watched, record = seen(), run.recorded()
    last = watched.stills[-1]
    assert epoch_of(last) == record.best
    for course in (part for part in last.family if isinstance(part, Course)):
        x = course.curves.plane.left + course.curves.plane.width * record.best / record.epochs
        upright = [part for part in course.get_family() if len(part.points) == 4 and np.allclose(part.points[:, 0], x)]
        assert len(upright) == 1
        assert upright[0].points[:, 1].max() <= course.curves.plane.top + 1e-6


def test_a_digit_that_is_read_right_from_now_on_is_outlined():
    watched, record = seen(), run.recorded()
    for digit, epoch in ((1, 17), (2, 33)):
        (still, *_) = (s for s in watched.stills if s.beat and s.beat.text.startswith(f"Epoch {epoch}: from now on"))
        outlined = [mark.grid for mark in still.marks if mark.outline.get_stroke_color().to_hex().lower() == "#f7ef66"]
        verdicts = [part for part in still.family if isinstance(part, Verdict)]
        assert outlined == [verdicts[digit].digit]
        assert np.array_equal(outlined[0].values, record.ink[digit])
        assert f"this {record.labels[digit]} is" in still.beat.text


def test_what_was_read_at_first_stays_as_outlines():
    watched, record = seen(), run.recorded()
    texts = [label.text for label in watched.stills[-1].labels]
    assert [text for text in texts if text.startswith("at first")] == [f"at first {a}" for a in record.answers[0]]
    for verdict, shares in zip(watched.scene.verdicts, record.shares[0], strict=True):
        ghosts = [part for part in verdict.chart.content if part is not verdict.bars]
        lengths = [float(np.ptp(ghost.points[:, 0])) for ghost in ghosts]
        assert lengths == pytest.approx((verdict.bars.length * shares).tolist(), abs=1e-6)


def test_the_end_says_how_many_are_read_right():
    record = run.recorded()
    texts = {label.text for label in seen().stills[-1].labels}
    assert f"{record.right[0]}, then {record.right[record.best]} of 355 right" in texts


@pytest.mark.parametrize(
    "options", [{"epochs": 1, "theme": "light"}, pytest.param({"seed": 4, "epochs": 6}, marks=pytest.mark.full)]
)
def test_a_run_of_somebodys_own(options):
    watched = seen(**options)
    asked = {name: value for name, value in options.items() if name != "theme"}
    check(watched, Training(**asked).run)
    assert not findings(watched)


@pytest.mark.parametrize(("name", "factor"), [("loss", 1.05), ("accuracy", 0.99), ("shares", 0.99), ("filters", 1.2)])
def test_a_forged_number_would_be_noticed(name, factor):
    record = run.recorded()
    changed = getattr(record, name) * factor
    if name == "filters":
        changed[:, 3] = record.filters[:, 3]
    with pytest.raises(AssertionError):
        check(seen(), replace(record, **{name: changed}))


def test_a_displaced_line_would_be_noticed():
    record = run.recorded()
    notes = {at: note and ([(x, y + 0.01) for x, y in note[0]], *note[1:]) for at, note in seen().scene.notes.items()}
    scene = seen().scene
    kept, scene.notes = scene.notes, notes
    try:
        with pytest.raises(AssertionError):
            check(seen(), record)
    finally:
        scene.notes = kept
