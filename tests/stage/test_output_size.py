"""The output-size formula with numbers put in says what counting windows says."""

import math
import re

import pytest

from cnnviz.errors import ShapeError
from cnnviz.stage.output_size import size_rungs, transposed_rungs
from cnnviz.stage.theme import theme
from cnnviz.subjects.output_size import OutputSize
from cnnviz.subjects.transposed import Transposed

DARK = theme("dark")
CASES = [
    OutputSize(32, 3, stride=2, padding=(1, 1)),
    OutputSize(32, 5, padding=(2, 2)),
    OutputSize(8, 3, stride=3),
    OutputSize(16, 3, dilation=4),
    OutputSize(9, 4, stride=2, padding=(1, 2)),
    OutputSize(5, 5),
]
EACH = pytest.mark.parametrize("size", CASES, ids=str)


def counted(size):
    """The windows that fit, found by laying each of them down."""
    cells = size.width + sum(size.padding)
    span = range(0, size.kernel * size.dilation, size.dilation)
    starts = [at for at in range(0, cells, size.stride) if at + span[-1] < cells]
    return len(starts), cells - 1 - starts[-1] - span[-1]


def value(source):
    """What a formula's source amounts to, read as arithmetic."""
    plain = re.sub(r'#text\(fill: rgb\("#[0-9a-f]{6}"\)\)\[\$(.*?)\$\];', r"\1", source)
    plain = plain.replace(" dots", "").replace(" dot ", "*").replace("floor", "math.floor")
    assert not set(plain.replace("math.floor", "")) - set("0123456789.+-*/() ")
    return eval(plain, {"math": math})  # a constant of this program


@EACH
@pytest.mark.parametrize("short", [True, False])
def test_every_step_amounts_to_the_windows_that_fit(size, short):
    count, left_over = counted(size)
    assert [value(rung) for rung in size_rungs(size, DARK, short=short)[2:]] == [count] * 5
    assert (size.out, size.left_over) == (count, left_over)


@EACH
def test_letters_become_numbers_and_nothing_else_changes(size):
    for short in (True, False):
        letters, put_in = size_rungs(size, DARK, short=short)[1:3]
        for letter, own in (("W", size.width), ("F", size.kernel), ("S", size.stride), ("D", size.dilation)):
            letters = letters.replace(f"${letter}$", f"${own}$")
        letters = letters.replace("$P$", f"${size.padding[0]}$")
        letters = letters.replace("$P_0$", f"${size.padding[0]}$").replace("$P_1$", f"${size.padding[1]}$")
        assert letters.replace(" dot ", "").replace(" ", "") == put_in.replace(" dot ", "").replace(" ", "")


def test_a_wrong_number_would_be_noticed():
    assert value(size_rungs(OutputSize(32, 3, stride=2, padding=(1, 1)), DARK)[2].replace("32", "33")) != 16


def test_the_short_form_is_the_one_on_blackboards():
    assert value(size_rungs(OutputSize(8, 3, stride=3), DARK, short=True)[2]) == math.floor((8 - 3) / 3) + 1
    assert "dot" not in size_rungs(OutputSize(8, 3), DARK, short=True)[2]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"kernel": "1,1;1,1"},
        {"stride": 3, "padding": 1, "dilation": 2},
        {"stride": 2, "padding": 1, "output_padding": 1},
        {"image": "digit:3", "size": (4, 6), "stride": 1, "padding": ((2, 0), (1, 1))},
    ],
    ids=str,
)
def test_the_size_of_a_transposed_convolution_is_that_of_what_is_stamped(options):
    subject = Transposed(**options)
    trace = subject.trace
    rows = {at for step in trace for at in range(*step.window[0].indices(10**6))}
    (before, after), added = trace.padding[0], subject.added[0]
    size = max(rows) + 1 + added - before - after
    assert [value(rung) for rung in transposed_rungs(subject, DARK)[2:]] == [size, size]
    letters = transposed_rungs(subject, DARK)[1]
    assert ("$A$" in letters, "$D$" in letters) == (bool(added), trace.dilation[0] > 1)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ShapeError) as caught:
        _ = OutputSize(4, 5).out
    assert str(caught.value) == (
        "output_shape: expected a kernel no larger than the padded input (L=4), got one that spans (L=5); "
        "use a smaller kernel or dilation, or more padding"
    )
