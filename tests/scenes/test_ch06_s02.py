"""Two summaries, read back from the picture: every count beside its layer, by counting weights one by one."""

import itertools
from functools import cache

import pytest

from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Summaries
from tests.engine.says import says
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch06-s02-summaries")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
DENSE = [784, 128, 64, 10]  # units, from what goes in
CNN = [
    (1, 28, 3, 32),
    (0, 26, 2, 0),
    (32, 13, 3, 64),
    (0, 11, 2, 0),
    (64, 5, 3, 64),
]  # maps, cells a side, kernel, filters
HEAD = [576, 64, 10]


def count(*ranges):
    """How many there are of what has an index for each range."""
    return sum(1 for _ in itertools.product(*map(range, ranges)))


def dense(units):
    """Parameters and multiplications of dense layers, weight by weight."""
    pairs = [count(a, b) for a, b in itertools.pairwise(units)]
    return [weights + b for weights, b in zip(pairs, units[1:], strict=True)], pairs


def convolutions():
    """Parameters and multiplications of the convolutions and poolings."""
    parameters = [count(filters, maps, kernel, kernel) + filters for maps, _, kernel, filters in CNN]
    places = [count(side - kernel + 1, side - kernel + 1) for _, side, kernel, _ in CNN]
    weights = [count(filters, maps, kernel, kernel) for maps, _, kernel, filters in CNN]
    return parameters, [place * each for place, each in zip(places, weights, strict=True)]


PARAMETERS = [0, *dense(DENSE)[0]], [0, *convolutions()[0], *dense(HEAD)[0]]
WORK = [0, *dense(DENSE)[1]], [0, *convolutions()[1], *dense(HEAD)[1]]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def bars(still, role):
    """The ends of what is filled with a role's color, bar by bar from above, each from the left."""
    found = {}
    for part in still.family:
        if type(part).__name__ == "Rectangle" and part.fill_color.to_hex() == seen().scene.theme.role(role).upper():
            (left, low), (right, high) = part.points[:, :2].min(axis=0), part.points[:, :2].max(axis=0)
            if high - low > 0.2:  # the progress line is thinner
                found.setdefault(round(low, 3), []).append((left, right))
    return [sorted(found[low]) for low in sorted(found, reverse=True)]


def check_parameters(words, counts):
    """Each part of a bar is as long as its share of the larger total, and its number is written."""
    still = said(words)
    drawn = bars(still, "kernel")
    scale = (max(ends[-1][1] for ends in drawn) - drawn[0][0][0]) / max(map(sum, counts))
    assert len(drawn) == len(counts)
    for ends, each in zip(drawn, counts, strict=True):
        x = ends[0][0]
        for (left, right), count in zip(ends, filter(None, each), strict=True):
            assert abs(left - x) < 1e-6
            assert -1e-6 <= count * scale - (right - left) < 0.031
            x += count * scale
    numbers = {f"{number:,}" for each in counts for number in each if number}
    assert numbers <= {label.text for label in still.labels}


def test_parameters_are_counted_one_by_one():
    check_parameters("Does sharing save so little", PARAMETERS)
    assert [sum(each) for each in PARAMETERS] == [109_386, 93_322]
    assert {f"{sum(each):,}" for each in PARAMETERS} <= {label.text for label in said("in all; ").labels}


def test_multiplications_are_counted_place_by_place():
    still, totals = said("multiply-adds"), [sum(each) for each in WORK]
    assert {f"{total:,} multiply-adds" for total in totals} <= {label.text for label in still.labels}
    long = [right - left for ((left, right),) in bars(still, "gradient")]
    assert long[0] / long[1] == pytest.approx(totals[0] / totals[1])


def test_a_wrong_count_would_be_noticed():
    first, second = PARAMETERS
    with pytest.raises(AssertionError):
        check_parameters("Does sharing save so little", ([*first[:-1], 651], second))


def test_sums_come_out():
    texts = {label.text for still in seen().pictures for label in still.labels if not label.caption}
    runs = [still for still in seen().pictures if still.beat and "36,928 each" in still.beat.text][-1]
    ends = [label.text for label in runs.labels if (label.text or "").startswith("= ")]
    sums = [label.text for label in runs.labels if " + " in (label.text or "")]
    assert [eval_sum(text) for text in sums] == [int(text[2:].replace(",", "")) for text in ends]
    assert len(sums) == 8
    assert {"784 × 128 + 128", "≈ 1.17", "≈ 25.6", "≈ 18.7", "= 121", "≈ 2,265"} <= texts


def eval_sum(text):
    """A product and a bias for each unit."""
    product, biases = text.split(" + ")
    total = 1
    for factor in product.split(" × "):
        total *= int(factor)
    return total + int(biases)


def test_one_layer_without_sharing():
    cells = [(13, 13), (11, 11)]
    numbers = [32 * count(*cells[0]), 64 * count(*cells[1])]
    full = numbers[0] * numbers[1] + numbers[1]
    local = sum(32 * 3 * 3 + 1 for _ in range(numbers[1]))
    still = seen().stills[-1]
    plates, texts = seen().scene.plates, {label.text for label in still.labels}
    drawn = [ends for row in bars(still, "kernel") for ends in row]
    for (left, right), one, exact in zip(drawn, plates, (full, local, PARAMETERS[1][3]), strict=True):
        assert left == pytest.approx(one.whole.left)
        assert right - left == pytest.approx(max(one.whole.width * exact / full, 0.012))
    assert {f"= {value:,}" for value in (full, local, PARAMETERS[1][3])} <= texts
    assert {"5,409 × 64 × 11 × 11", "289 × 64 × 11 × 11", "289 × 64", "32 × 13 × 13 + 1 = 5,409"} <= texts
    assert [one.seen((5, 5)) for one in plates] == [((0, 0), (13, 13)), ((5, 5), (3, 3)), ((5, 5), (3, 3))]
    shades = [len(set(one.above.values.ravel())) for one in plates]
    assert shades == [count(*cells[1]), count(*cells[1]), 1]


def test_two_numbers_are_asked_for():
    with says(OptionError, "networks: expected 2 values, each NAME|LAYERS|FILE, got 1"):
        Summaries("vgg16")


@pytest.mark.full
@pytest.mark.parametrize(
    "networks",
    ["lenet5;vgg16", "dense;784 > dense 8", "vgg11;vgg11", "1x8x8 > conv 4 k5 > flatten > dense 3;resnet50"],
)
@pytest.mark.parametrize("aspect", ["16:9", "4:3", "9:16"])
def test_other_networks_are_told(networks, aspect):
    assert not findings(watch(SCENE, aspect, fps=8, networks=networks))
