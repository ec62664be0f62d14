import pytest

from cnnviz.errors import OptionError, ShapeError
from cnnviz.subjects.padding import MODES, Padding
from tests import helpers


def test_numbers_keep_their_size_and_pictures_get_a_border_that_can_be_seen():
    assert Padding().around == ((1, 1), (1, 1))
    assert Padding("digit:3", "1,2;3,4").around == ((0, 1), (0, 1))
    china = Padding("photo:china")
    assert (china.picture.values.shape, china.around) == ((1, 32, 48), ((4, 4), (4, 4)))
    assert Padding("photo:china", "gaussian-5", size=14).around == ((2, 2), (2, 2))


def test_none_comes_first_and_each_mode_has_its_trace():
    traces = Padding().traces
    assert tuple(traces) == MODES
    assert [trace.padding_mode for trace in traces.values()] == ["zeros", *MODES[1:]]


@pytest.mark.parametrize("mode", MODES[1:])
@pytest.mark.parametrize("options", [{}, {"image": "ramp", "size": (4, 6), "padding": ((1, 2), (3, 0))}], ids=str)
def test_every_copy_names_the_line_that_it_repeats(mode, options):
    subject = Padding(**options)
    trace, copied = subject.traces[mode], []
    for axis, size in enumerate(trace.input.shape[1:]):
        before, after = trace.padding[axis]
        places = (*range(-before, 0), *range(size, size + after))
        sources = [(place + before, helpers.source(place, size, mode)) for place in places]
        expected = [(place, source + before) for place, source in sources if source is not None]
        assert subject.copies(mode, axis) == expected
        copied += expected
    assert bool(copied) == (mode != "zeros")


@pytest.mark.parametrize(
    ("options", "kind", "line"),
    [
        (
            {"padding": 5},
            ShapeError,
            "trace_conv: expected reflect padding of at most 4 along H of size 5, got 5; "
            "pad less or use padding_mode='replicate'",
        ),
        (
            {"padding": 1000},
            OptionError,
            "padding: expected at most 128 for an animation, got 1000; choose less",
        ),
        (
            {"image": "blackboard-4", "kernel": "gaussian-5"},
            ShapeError,
            "padding: expected a kernel no larger than the picture (H=4, W=4), which is shown without padding first, "
            "got (H=5, W=5); use a smaller kernel or a larger picture",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(options, kind, line):
    with pytest.raises(kind) as caught:
        Padding(**options)
    assert str(caught.value) == line
