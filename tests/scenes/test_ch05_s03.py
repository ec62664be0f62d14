"""Jumps, read back from the picture: bars, lit cells, dots and frames stand where windows followed back lead."""

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.lattice import Lattice
from cnnviz.subjects import Jumps
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch05-s03-jumps")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
VGG = [(3, 1)] * 2 + [(2, 2)] + [(3, 1)] * 2 + [(2, 2)] + ([(3, 1)] * 3 + [(2, 2)]) * 3
PLAIN = "1x28x28 > conv 8 k3 > conv 8 k3"
OWN = {"network": "resnet18", "strides": "3,2,3", "dilations": "1,1", "image": "photo:china", "aspect": "9:16"}
CASES = {
    "usual": {},
    "own": {**OWN, "theme": "light"},
    "plain": {"network": PLAIN, "strides": "1,1", "dilations": "4,3,2", "aspect": "1:1"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def numbers(options, name, default):
    return [int(part) for part in options.get(name, default).split(",")]


def stacks(options):
    """Strides and dilations of the three stacks, in the order in which they are shown."""
    strides, dilations = numbers(options, "strides", "2,2,2"), numbers(options, "dilations", "1,2,4")
    return [[(1, 1)] * len(strides), [(s, 1) for s in strides], [(1, d) for d in dilations]]


def columns(stack, cell):
    """The columns of the picture that a cell behind the stack is made of, window by window."""
    found = {cell}
    for stride, dilation in reversed(stack):
        found = {one * stride + tap * dilation for one in found for tap in range(3)}
    return found


def sides(thing):
    return thing.points[:, 0].min(), thing.points[:, 0].max()


def check_stack(scene, still, stack):
    """Bars below as wide as what is seen, lit pixels among them, and their counts written in them."""
    lattice = next(part for part in still.family if isinstance(part, Lattice))
    unit, left = lattice.box.width / lattice.columns, lattice.box.left
    one = lattice.sight.levels[-1].shape[1] // 2 - 1
    seen, beside = columns(stack, one), columns(stack, one + 1)
    bars = [part for part in still.family if isinstance(part, Rectangle) and part.get_fill_opacity() and sides(part)]
    drawn = sorted(tuple(np.round((np.array(sides(bar)) - left) / unit, 3)) for bar in bars)
    ends = [(min(seen), max(seen) + 1), (min(seen), min(beside)), (min(beside), max(beside) + 1)]
    assert all(any(np.allclose(bar, end, atol=0.01) for bar in drawn) for end in ends), (drawn, ends)
    texts = [label.text for label in still.labels if not label.caption]
    assert all(f"{after - before}" in texts for before, after in ends)
    lit = [part for part in still.family if isinstance(part, Tiles) and part.get_stroke_width() > 0]
    pixels = min(lit, key=lambda part: (part.points[:, 1].min(), part.points[:, 0].min()))
    middles = {int((x - left) / unit) for x in pixels.points[::16, 0] + 0.1 * unit}
    assert middles == seen


def check(options, watched):
    stills = [still for still in watched.pictures if still.beat and " on." in still.beat.text]
    stills = [still for still in stills if not still.beat.text.startswith("Its neighbor")]
    told = list(dict.fromkeys(still.beat.text for still in stills))
    last = [[still for still in stills if still.beat.text == text][-1] for text in told]
    for still, stack in zip(last, stacks(options), strict=True):
        check_stack(watched.scene, still, stack)


def test_bars_and_lit_cells_are_where_windows_lead(case):
    check(*case)


def test_nothing_is_wrong_with_own_stacks(case):
    assert not findings(case[1])


def test_the_frame_and_the_counts_of_vgg():
    """Follow one cell back to the picture: an interval of cells, layer by layer; and with all strides 1."""
    subject, fields, flat = Jumps(), [], []
    for upto in range(len(VGG) + 1):
        for sizes, strided in ((fields, True), (flat, False)):
            low = high = 0
            for kernel, stride in reversed(VGG[:upto]):
                step = stride if strided else 1
                low, high = low * step, high * step + kernel - 1
            sizes.append(high - low + 1)
    assert (subject.fields, subject.flat) == (fields, flat)
    assert (fields[-1], flat[-1]) == (212, 32)
    low = high = 3
    for kernel, stride in reversed(VGG):
        pad = int(kernel == 3)
        low, high = low * stride - pad, high * stride - pad + kernel - 1
    assert subject.seen(len(VGG)) == ((low, low), high - low + 1, high - low + 1)


@pytest.mark.full
def test_vgg_ends_in_this_frame_with_dots_a_jump_apart():
    watched = watch(SCENE)
    still = watched.stills[-1]
    assert {(tuple(mark.cell), mark.rows, mark.columns) for mark in still.marks} == {
        ((6, 6), 212, 212),
        ((6, 38), 212, 186),
    }
    photo = still.marks[0].grid
    (dots,) = [part for part in still.family if isinstance(part, Tiles) and len(part.points) == 49 * 16]
    middles = dots.points.reshape(49, 16, 3).mean(axis=1)
    assert np.allclose(np.diff(np.unique(middles[:, 0].round(4))), 32 * photo.side, atol=1e-3)
    texts = " ".join(label.text for label in still.labels if not label.caption)
    assert all(number in texts.split() for number in ("212", "32"))


def test_a_bar_that_goes_astray_would_be_noticed(monkeypatch):
    genuine = Lattice.bar
    monkeypatch.setattr(Lattice, "bar", lambda self, first, *rest: genuine(self, first + 1, *rest))
    with pytest.raises(AssertionError):
        check({}, watch(SCENE, network=PLAIN))
