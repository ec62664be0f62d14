"""EfficientNet, read back from the picture: the family's parameters, and multiply-adds counted block by block."""

import math
from functools import cache

import pytest

from cnnviz.errors import OptionError
from cnnviz.nn.zoo.efficientnet import efficientnet
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Skyline
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch09-s07-efficientnet")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
PARAMETERS = [5288548, 7794184, 9109994, 12233232, 19341616, 30389784, 43040704, 66347960]  # as others count them
FAMILY = [(1, 1, 224), (1, 1.1, 240), (1.1, 1.2, 260), (1.2, 1.4, 300), (1.4, 1.8, 380), (1.6, 2.2, 456)]
FAMILY += [(1.8, 2.6, 528), (2, 3.1, 600)]
BLOCKS = [(1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4)]
BLOCKS += [(6, 3, 1, 320, 1)]  # table 1 of the paper: expansion, kernel, stride, filters, layers


def filters(count, width):
    near = min(range(8, 9000, 8), key=lambda each: (abs(each - count * width), -each))
    return near if near >= 0.9 * count * width else near + 8


def macs(width, depth, side):
    """Multiply and add layer by layer, as the table of the paper says."""
    side, last = math.ceil(side / 2), filters(32, width)
    total = 27 * last * side**2
    for expansion, kernel, stride, out, count in BLOCKS:
        makes = filters(out, width)
        for place in range(math.ceil(round(count * depth, 6))):
            inner = last * expansion
            total += last * inner * side**2 * (expansion > 1)
            side = math.ceil(side / stride) if place == 0 else side
            total += kernel**2 * inner * side**2 + 2 * inner * (last // 4) + inner * makes * side**2
            last = makes
    head = filters(1280, width)
    return total + last * head * side**2 + head * 1000


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def columns(words):
    """What stands below each tower, from above, by the names of the lines."""
    still = said(words)
    (skyline,) = (part for part in still.family if isinstance(part, Skyline))
    lines = [[""] * (len(skyline.towers) + 1) for _ in skyline.names]
    for label in sorted(still.labels, key=lambda label: label.center[0]):
        if not label.caption and skyline.box.bottom < label.center[1] < skyline.y(0) + 0.15:
            row = min(range(len(lines)), key=lambda line: abs(skyline.y(line) - label.center[1]))
            column = max(0, 1 + int((label.center[0] - skyline.left) // skyline.across))
            lines[row][column] = f"{lines[row][column]} {label.text}".strip()
    assert [name for name, *_ in lines] == skyline.names
    return skyline, lines


def check_family(counts, name):
    _, lines = columns("From")
    (texts,) = (line[1:] for line in lines if line[0] == name)
    assert len(texts) == len(counts)
    assert all(near(text, count) for text, count in zip(texts, counts, strict=True))


def test_the_family_is_that_of_the_paper():
    check_family([macs(*each) for each in FAMILY], "multiply-adds")
    check_family(PARAMETERS, "parameters")
    beat = said("B7 is").beat
    assert tuple(beat.fields[name] for name in ("width", "depth", "side")) == FAMILY[-1]
    assert said("multiply-adds.").beat.fields["last"] == macs(*FAMILY[-1])


def test_a_wrong_count_would_be_noticed():
    with pytest.raises(AssertionError):
        check_family([*PARAMETERS[:-1], 67_347_960], "parameters")


@pytest.mark.parametrize(
    ("words", "depth", "width", "side"),
    [
        ("Twice the depth", 2, 1, 1),
        ("Twice the width", 1, 2, 1),
        ("of twice the side", 1, 1, 2),
        ("All a little", 1.2, 1.1, 1.15),
    ],
)
def test_each_way_of_scaling_is_counted(words, depth, width, side):
    work = macs(width, depth, round(224 * side)) / macs(1, 1, 224)
    learned = efficientnet(width, depth).parameter_count / PARAMETERS[0]
    _, lines = columns(words)
    written = [[text for text in line if text][-1] for line in lines]
    assert written == [f"× {value:.2f}" for value in (work, learned)]


def test_what_is_scaled_multiplies_to_what_is_said_before_it_is_counted():
    assert "1.2 × 1.1 × 1.1 × 1.15 × 1.15 ≈ 1.92" in said("All a little").beat.text
    assert round(1.2 * 1.1**2 * 1.15**2, 2) == 1.92


def test_storeys_are_the_blocks_of_the_paper():
    skyline, _ = columns("All a little")
    for tower, (width, depth, side) in zip(skyline.towers, [(1, 1, 1), (1, 2, 1), (2, 1, 1), (1, 1, 2)], strict=False):
        rows, storeys = math.ceil(224 * side / 2), [(filters(32, width), math.ceil(224 * side / 2))]
        for _, _, stride, out, count in BLOCKS:
            rows = math.ceil(rows / stride)
            storeys += [(filters(out, width), rows)] * math.ceil(count * depth)
        assert tower.storeys == storeys


def test_the_edges_of_the_first_tower_are_named():
    texts = [label.text for label in said("layers and blocks").labels]
    assert {"17", "320", "224", "depth", "width", "side"} <= {*texts}
    assert 1 + sum(count for *_, count in BLOCKS) == 17


def test_a_size_that_cannot_be_is_refused():
    with pytest.raises(OptionError, match="expected width and depth"):
        efficientnet(0.0)


@pytest.mark.full
@pytest.mark.parametrize("network", ["resnet18", "mobilenet-v1"])
def test_other_networks_are_told(network):
    found = findings(watch(SCENE, "9:16", fps=8, network=network))
    assert not [each for each in found if "untold" not in each]
