"""When not to, read back from the picture: sums in both orders, neighbors by plain loops, layers counted one by one."""

from functools import cache

import pytest

from cnnviz.render.catalog import find, load_scene
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch12-s02-when-not-to")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@cache
def seen(**options):
    return watch(SCENE, **options)


def said(watched, words):
    """The last picture of the beat with these words."""
    return [still for still in watched.pictures if still.beat and words in still.beat.text][-1]


def numbers(sheet):
    """What is written in a grid, row by row."""
    return [
        [int(sheet.texts[i, j].replace("−", "-")) for j in range(sheet.values.shape[1])]
        for i in range(len(sheet.values))
    ]


def check_sums(still):
    """Sums of three by plain sums; those of the other order stand elsewhere."""
    tables, sums = ([sheet for sheet in still.grids if sheet.grid.role == role] for role in ("input", "output"))
    (one, other), (first, second) = tables, sums
    weights = [1, 2, -1]
    tags = [part for part in still.family if type(part).__name__ == "Tag"]
    assert [int(tag.text.replace("−", "-")) for tag in tags] == weights
    for row, sums in ((one, first), (other, second)):
        x = numbers(row)[0]
        assert numbers(sums)[0] == [sum(a * b for a, b in zip(x[i:], weights, strict=False)) for i in range(4)]
    assert all(a != b for a, b in zip(numbers(first)[0], numbers(second)[0], strict=True))
    return numbers(first)[0] + numbers(second)[0]


def check_dense(still):
    """Columns keep their weights in the other order, and both sums are one and the same by hand."""
    (one, other), weights, (first, second) = (
        [sheet for sheet in still.grids if sheet.grid.role == role] for role in ("input", "kernel", "output")
    )
    pairs = [sorted(zip(numbers(x)[0], numbers(w)[0], strict=True)) for x, w in zip((one, other), weights, strict=True)]
    assert pairs[0] == pairs[1]
    by_hand = sum(a * b for a, b in pairs[0])
    assert numbers(first) == numbers(second) == [[by_hand]]
    return by_hand


def layers(length, grow):
    """How many windows of three, each with holes of its own, until one sees so many."""
    field, count = 1, 0
    while field < length:
        field, count = field + 2 * grow(count), count + 1
    return count


def check_layers(watched, length):
    """How far both ends reach in each layer, and how many layers are written below."""
    last = watched.stills[-1]
    ways = [part for part in last.family if type(part).__name__ == "Reach"]
    counts = [layers(length, lambda _: 1), layers(length, lambda i: 2**i), 1]
    plain, holes, direct = (way.reached for way in ways)
    assert plain == [1 + i for i in range(counts[0] + 1)]
    assert holes == [2**i for i in range(counts[1] + 1)]
    assert direct == [1, length]
    for way in (plain, holes):
        assert 2 * way[-2] - 1 < length <= 2 * way[-1] - 1
    texts = {label.text for label in last.labels}
    assert {f"{count:,} layer{'s' * (count > 1)}" for count in counts} <= texts


def test_the_table_by_plain_sums():
    sums = check_sums(said(seen(), "none is where it was"))
    assert check_dense(said(seen(), "in any order")) not in sums


def beat(watched, words):
    """All pictures of the beat with these words."""
    return [still for still in watched.pictures if still.beat and words in still.beat.text]


def test_what_is_said_of_the_table_is_there_already():
    for still in beat(seen(), "less the baths"):
        (mark,) = (mark for mark in still.marks if mark.rows * mark.columns == 3)
        assert tuple(mark.cell) == (0, 0)
    for still in beat(seen(), "none is where it was"):
        check_sums(still)
    for still in beat(seen(), "in any order"):
        assert still.beat.text == f"The rent is {check_dense(still)} in any order."


def notes(still):
    """What is written below each point of the graph."""
    (graph,) = (part for part in still.family if type(part).__name__ == "Graph")
    texts = []
    for point in range(6):
        (x, y), lines = graph.spot(point).center, []
        for label in still.labels:
            if abs(label.center[1] - y) < 0.1 and label.box[0] - 1.5 < x < label.box[2] + 1.5:
                lines.append(label)
        texts.append(" ".join(label.text.strip() for label in sorted(lines, key=lambda each: each.box[0])))
    return graph, texts


def test_each_point_adds_up_its_neighbors():
    graph, counts = notes(said(seen(), "In a graph"))
    _, sums = notes(said(seen(), "each point adds up"))
    for point, links in enumerate(graph.links):
        others = [int(graph.values[j]) for j in range(6) if links[j]]
        assert counts[point] == f"{len(others)} neighbor{'s' * (len(others) > 1)}"
        terms = " + ".join(map(str, others))
        assert sums[point] == (f"{terms} = {sum(others)}" if len(others) > 1 else terms)


def test_a_point_and_its_neighbors_have_rings():
    stills = [still for still in seen().pictures if still.beat and "each point adds up" in still.beat.text]
    (graph,) = (part for part in stills[-1].family if type(part).__name__ == "Graph")
    seen_in_turn = []
    for still in stills:
        middles = [part.get_center()[:2] for part in still.family if type(part).__name__ == "Circle"]
        ringed = {i for i in range(6) for at in middles if abs(at - graph.point(i)).max() < 1e-6}
        if ringed and ringed not in seen_in_turn:
            seen_in_turn.append(ringed)
    links = seen().scene.subject.links
    assert all(ringed in seen_in_turn for ringed in ({i, *links[i].nonzero()[0].tolist()} for i in range(6)))


def test_layers_are_counted_one_by_one():
    check_layers(seen(), 1000)
    assert {str(2**i) for i in range(1, 9)} <= {label.text for label in seen().stills[-1].labels}
    with pytest.raises(AssertionError):
        check_layers(seen(), 1100)


@pytest.mark.full
def test_ones_own_length():
    watched = watch(SCENE, "9:16", theme="light", length="300")
    assert not findings(watched)
    check_layers(watched, 300)
    assert near("300", watched.scene.subject.length)
