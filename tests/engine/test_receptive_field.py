from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import fixed


def conv(kernel=3, stride=1, padding=0, **more):
    return {"kernel_size": kernel, "stride": stride, "padding": padding, **more}


def sizes(specs):
    return [layer.size for layer in receptive_field(specs)]


POOL = conv(2, 2)


@pytest.mark.parametrize(
    ("specs", "expected"),
    [
        ([conv(), conv(), conv()], [3, 5, 7]),
        ([conv(5)], [5]),
        ([conv(), POOL, conv(), POOL, conv()], [3, 4, 8, 10, 18]),  # the 28x28 network
        ([conv(), conv(4, 4), conv(5, padding=2), POOL], [3, 6, 22, 26]),  # the 130x130 network
        ([conv(3, dilation=2), conv(3, dilation=4)], [5, 13]),
    ],
)
def test_the_worked_values(specs, expected):
    assert sizes(specs) == expected


def bottleneck(stride):
    inner = [conv(1), conv(3, stride, 1), conv(1)]
    return [{"branches": [inner, [conv(1, stride)]]}]


def resnet(*units):
    """The original release: each block but the last has its stride in its last unit."""
    layers = [conv(7, 2, 3), conv(3, 2, 1)]
    for block, count in enumerate(units):
        for unit in range(count):
            layers += bottleneck(2 if unit == count - 1 and block < 3 else 1)
    return layers


def inception_v3():
    def row(n):
        return conv((1, n), 1, (0, n // 2))

    def column(n):
        return conv((n, 1), 1, (n // 2, 0))

    one, three, average, halve = conv(1), conv(3, 1, 1), conv(3, 1, 1), conv(3, 2)
    a = [[one], [one, conv(5, 1, 2)], [one, three, three], [average, one]]
    b = [[one], [one, row(7), column(7)], [one, column(7), row(7), column(7), row(7)], [average, one]]
    split = {"branches": [[row(3)], [column(3)]]}
    c = [[one], [one, split], [one, three, split], [average, one]]
    return [
        *(conv(3, 2), conv(3), three, halve, one, conv(3), halve),
        *({"branches": a},) * 3,
        {"branches": [[halve], [one, three, halve], [halve]]},
        *({"branches": b},) * 4,
        {"branches": [[one, halve], [one, row(7), column(7), halve], [halve]]},
        *({"branches": c},) * 2,
    ]


ALEXNET_V2 = [conv(11, 4), conv(3, 2), conv(5, 1, 2), conv(3, 2), *[conv(3, 1, 1)] * 3, conv(3, 2)]
VGG16 = [layer for count in (2, 2, 3, 3, 3) for layer in (*[conv(3, 1, 1)] * count, POOL)]


@pytest.mark.parametrize(
    ("specs", "size", "jump"),
    [
        (ALEXNET_V2, 195, 32),
        (VGG16, 212, 32),
        (resnet(3, 4, 6, 3), 483, 32),
        (resnet(3, 8, 36, 3), 1507, 32),
        (inception_v3(), 1311, 32),
    ],
    ids=["AlexNet v2", "VGG-16", "ResNet-50", "ResNet-152", "Inception v3"],
)
def test_the_values_of_the_literature(specs, size, jump):
    last = receptive_field(specs)[-1]
    assert (last.size, last.jump) == (size, jump)


def test_start_is_where_the_first_cell_begins():
    rows = receptive_field([conv(3, 2, 1), conv(3, 1, 1), conv(2, 2)])
    assert [(row.size, row.jump, row.start) for row in rows] == [(3, 2, -1), (7, 2, -3), (9, 4, -3)]
    assert receptive_field([conv(3, 1, "same")])[0].start == -1
    assert receptive_field([conv(4, 1, "same")])[0].start == -1  # the odd cell goes after
    assert receptive_field([conv(3, 1, "full")])[0].start == -2
    assert receptive_field([conv(3, 1, [(2, 0)])])[0].start == -2


def test_axes_are_told_apart_only_where_they_differ():
    first, second = receptive_field([conv((1, 7), 1, (0, 3)), conv((7, 1), 1, (3, 0))])
    assert (first.size, first.jump, first.start) == ((1, 7), (1, 1), (0, -3))
    assert (second.size, second.jump, second.start) == (7, 1, -3)


def test_behind_branches_a_cell_sees_what_any_of_them_sees():
    wide, narrow = conv(5, 1, 2), conv(3, 1, 1)
    assert sizes([{"branches": [[wide], [narrow], ()]}]) == [5]
    assert sizes([{"branches": [[narrow, narrow], ()]}, conv()]) == [5, 7]
    uneven = receptive_field([{"branches": [[conv(3, 1, [(2, 0)])], [conv(3, 1, [(0, 2)])]]}])[0]
    assert (uneven.size, uneven.start) == (5, -2)
    assert sizes([{"branches": [[narrow], ()], "kernel_size": 2}]) == [4]  # joined, then the layer's own window


def test_everything_is_seen_after_a_dense_layer():
    rows = receptive_field([conv(), LayerSpec(name="dense", everything=True), LayerSpec(name="relu")])
    assert [(row.name, row.size, row.jump, row.start) for row in rows[1:]] == [
        ("dense", inf, 0, -inf),
        ("relu", inf, 0, -inf),
    ]
    assert sizes([{"branches": [[conv(1)], [LayerSpec(everything=True)]]}]) == [inf]


def test_a_transposed_convolution_undoes_the_jump():
    rows = receptive_field([conv(2, 2), conv(2, 2, transposed=True), conv(3, 1, 1)])
    assert [(row.size, row.jump) for row in rows] == [(2, 2), (2, 1), (4, 1)]
    (row,) = receptive_field([conv(4, 2, 1, transposed=True)])
    assert (row.size, row.jump, row.start) == (2, 0.5, -1)
    (row,) = receptive_field([conv(1, 2, transposed=True)])  # every other cell sees nothing
    assert (row.size, row.jump) == (1, 0.5)


def seen_by_loops(layers, out):
    """The input cells that one output cell sees, gathered layer by layer."""
    cells = {out}
    for layer in reversed(layers):
        k, s, p, d = (layer[name] for name in ("kernel_size", "stride", "padding", "dilation"))
        if layer["transposed"]:
            cells = {(o + p - t * d) // s for o, t in product(cells, range(k)) if (o + p - t * d) % s == 0}
        else:
            cells = {o * s - p + t * d for o, t in product(cells, range(k))}
    return cells


@st.composite
def chain(draw):
    def layer():
        kernel = draw(st.integers(1, 4))
        return {
            "kernel_size": kernel,
            "stride": draw(st.integers(1, 3)),
            "padding": draw(st.integers(0, 2)),
            "dilation": draw(st.integers(1, 2)),
            "transposed": draw(st.booleans()),
        }

    return [layer() for _ in range(draw(st.integers(1, 4)))]


@fixed
@given(chain())
def test_it_is_what_a_loop_over_the_cells_finds(layers):
    *_, last = receptive_field(layers)
    period = int(np.prod([layer["stride"] for layer in layers if layer["transposed"]]))
    spans = [(min(cells), max(cells)) for o in range(3 * period) if (cells := seen_by_loops(layers, o))]
    if not spans:
        assert last.size == 0
        return
    assert last.size == max(high - low + 1 for low, high in spans)
    if seen_by_loops(layers, 0):
        assert last.start == min(seen_by_loops(layers, 0))
        later = seen_by_loops(layers, period)
        assert last.jump * period == pytest.approx(min(later) - last.start)


def test_a_network_says_its_own_layers():
    class Network:
        def layer_specs(self):
            yield LayerSpec(name="conv", kernel_size=3)
            yield LayerSpec(name="pool", kernel_size=2, stride=None)

    rows = receptive_field(Network())
    assert [(row.name, row.size, row.jump) for row in rows] == [("conv", 3, 1), ("pool", 4, 2)]
    assert [row.size for row in receptive_field([{"branches": [Network(), [POOL]]}])] == [4]
    assert receptive_field([]) == ()


@pytest.mark.parametrize(
    ("network", "error", "text"),
    [
        (
            "conv",
            OptionError,
            "receptive_field: expected layers in a sequence, or a network with layer_specs(), got str; "
            "write [LayerSpec(...), ...]",
        ),
        (
            [3],
            OptionError,
            "receptive_field: expected each layer as a LayerSpec or a mapping, got int; "
            "write LayerSpec(kernel_size=3), for instance",
        ),
        (
            [{"kernel": 3}],
            OptionError,
            "receptive_field: expected the fields name, kernel_size, stride, padding, dilation, transposed, "
            "everything, branches, got 'kernel'; write one of these",
        ),
        (
            [conv(0)],
            OptionError,
            "receptive_field: expected kernel_size of at least 1, got 0; choose 1 or more",
        ),
        (
            [{"name": "fork", "branches": [[conv(3, 2, 1)], ()]}],
            ShapeError,
            "receptive_field: expected branches that join with the same stride, got 1, 2 in fork; "
            "give the shorter branch the stride of the other",
        ),
        (
            [conv((3, 3)), conv((3, 3, 3))],
            ShapeError,
            "receptive_field: expected layers with the same number of axes, got 2, 3; "
            "give one number for each axis everywhere, or one for all",
        ),
    ],
)
def test_what_cannot_be_done_is_said(network, error, text):
    with says(error, text):
        receptive_field(network)
