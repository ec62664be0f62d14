"""The gradient check: what is written and where the points stand is what the network gives; a wrong formula shows."""

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.subjects.gradient_check import GradientCheck
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch07-s05-gradient-check")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "lecture": ("16:9", {}),
    "wrong": ("9:16", {"image": "digit:3", "label": "8", "theme": "light"}),
    "right": ("4:3", {"image": "digit:7"}),
    "photo": ("1:1", {"image": "photo:china", "label": "2"}),
}


@pytest.fixture(scope="module", params=[pytest.param(n, marks=[pytest.mark.full] * (n != "lecture")) for n in CASES])
def watched(request):
    aspect, options = CASES[request.param]
    return watch(SCENE, aspect, **options)


def lines(still):
    """What is written below the curve, by what stands before the number; a line may be set in several colors."""
    rows = []
    for label in sorted(still.labels, key=lambda each: each.box[0]):
        row = next((row for row in rows if _joins(row[-1], label)), None)
        row.append(label) if row else rows.append([label])
    pairs = ["".join(label.text for label in row).replace(": ", "=").split("=") for row in rows]
    return {pair[0].strip(): pair[1].strip() for pair in reversed(pairs) if len(pair) == 2}


def _joins(left, right):
    return abs(left.center[1] - right.center[1]) < 0.1 and right.box[0] - left.box[2] < 0.15


def check_lines(watched):
    subject, told = GradientCheck(**chosen(watched)), set()
    for still in watched.pictures:
        found = lines(still)
        if not {"h", "L(w + h)"} <= set(found) or still.seconds == 0 or "float32" in still.beat.text:
            continue
        nudge = min(subject.nudges, key=lambda each: abs(float(found["h"].replace("−", "-")) - each.h))
        true = {
            "L(w + h)": nudge.up,
            "L(w − h)": nudge.down,
            "difference ÷ 2h": (nudge.up - nudge.down) / (2 * nudge.h),
            "slope by formula": subject.nudges[5].slope,  # to nine digits, the best nudge is as good as the formula
        }
        for name, number in true.items():
            slack = 1e-6 * abs(number) if name == "slope by formula" else 0.0
            assert near(found[name], number) or abs(float(found[name].replace("−", "-")) - number) <= slack, name
        told.add(nudge.h)
    return told


def check_table(watched):
    """Compare every row of the table with the network; return how many rows the last picture has."""
    subject, count = GradientCheck(**chosen(watched)), 0
    for still in watched.pictures:
        found = sorted(still.labels, key=lambda each: -each.box[0])  # of two, the left one: the other is in the chart
        heads = {label.text: label for label in found if label.text in ("h", "slope", "L(w + h)")}
        if len(heads) < 3:
            continue
        lefts = {name: label.box[0] for name, label in heads.items()}
        floor = next(label.center[1] for label in still.labels if label.text == "by formula")  # the chart may be below
        rows = [
            label for label in still.labels if abs(label.box[0] - lefts["h"]) < 0.1 and floor < label.center[1] - 0.1
        ]
        rows = [row for row in rows if row.text[0] in "01"]
        for row in rows:
            beside = [label for label in still.labels if abs(label.center[1] - row.center[1]) < 0.06]
            nudge = min(subject.nudges, key=lambda each: abs(number(row.text) - each.h))
            inner = (label for label in beside if lefts["h"] + 0.3 < label.box[0] < lefts["slope"] - 0.1)
            loss = "".join(label.text for label in sorted(inner, key=lambda each: each.box[0]))
            assert loss == f"{nudge.up:.16f}", nudge.h
            (slope,) = (label.text for label in beside if abs(label.box[0] - lefts["slope"]) < 0.1)
            assert near(slope, (nudge.up - nudge.down) / (2 * nudge.h)), nudge.h
        count = len(rows)
    return count


def number(text):
    return float(text.replace("−", "-"))


def chosen(watched):
    return {name: getattr(watched.scene.subject, name) for name in ("image", "label")}


def test_every_nudge_is_written_as_the_network_gives_it(watched):
    subject = watched.scene.subject
    assert check_lines(watched) == {nudge.h for nudge in subject.nudges[:4]}
    assert check_table(watched) == len(subject.nudges)


def test_the_points_stand_where_the_losses_are(watched):
    subject = watched.scene.subject
    nudge = subject.nudges[3]
    watched.scene.show(nudge, subject.view(nudge.h))
    curve = watched.scene.curve
    marks = [part for part in curve.get_family() if isinstance(part, Rectangle)]
    places = sorted(tuple(mark.get_center()[:2]) for mark in marks)
    values = [curve.low + curve.room * (y - curve.plane.bottom) / curve.plane.height for _, y in places]
    assert values == pytest.approx([nudge.down, subject.loss, nudge.up], rel=1e-9)
    steps = [x - curve.plane.center[0] for x, _ in places]
    assert steps == pytest.approx([-curve.plane.width / 2.5, 0.0, curve.plane.width / 2.5], abs=1e-6)


def test_nothing_is_wrong_under_any_option(watched):
    assert not findings(watched)


def test_a_wrong_formula_would_be_noticed(monkeypatch):
    gradients = GradientCheck._gradients
    monkeypatch.setattr(GradientCheck, "_gradients", lambda self: 1.01 * gradients(self))
    with pytest.raises(AssertionError):
        check_lines(watch(SCENE))
