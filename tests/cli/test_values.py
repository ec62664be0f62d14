import pytest

from cnnviz.errors import OptionError
from cnnviz.subjects.axis import PaddingKind, PerAxis


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-3", -3),
        ("1,2", (1, 2)),
        (" 1 , 2 ", (1, 2)),
        ("1,2;3,4", ((1, 2), (3, 4))),
        *((word, word) for word in ("valid", "same", "full", "crop")),
    ],
)
def test_padding_is_what_the_engine_takes(text, value):
    assert PaddingKind().read("padding", text) == value


@pytest.mark.parametrize("text", ["", "a", "1.5", "1,2,3", "1;2", "1,2;3", "1,2;3,4;5,6", "nan", "1,", "Same", "1e1"])
def test_padding_refuses_the_rest(text):
    with pytest.raises(OptionError) as caught:
        PaddingKind().read("padding", text)
    assert str(caught.value) == (
        f"padding: expected N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT or one of valid, same, full, crop, got {text!r}"
    )


@pytest.mark.parametrize("text", ["", "same", "1.5", "1,2,3", "1;2"])
def test_per_axis_refuses_the_rest(text):
    with pytest.raises(OptionError) as caught:
        PerAxis().read("size", text)
    assert str(caught.value) == f"size: expected an integer, or two as ROWS,COLUMNS, got {text!r}"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (["gif", "pool", "-1,2;3,-4", "--mode", "no"], 2, "'no' is not one of 'max', 'avg'"),
        (["gif", "pool", "-1,2;3"], 2, "expected rows of equal length"),
        (["gif", "pool", "-1"], 2, "No such option '-1'"),
        (["gif", "pool", "-ql,2"], 2, "'l,2' is not one of"),
    ],
)
def test_rows_may_begin_with_a_minus_sign(cnnviz, typed, code, words):
    outcome = cnnviz(*typed)
    assert outcome.code == code
    assert words in outcome.err


def test_a_typed_picture_below_zero_is_read(cnnviz):
    lines = cnnviz("trace", "conv", "-1,2;3,4", "--kernel", "-1,2").out.splitlines()
    assert lines[1:] == ["y[0, 0, 0] = -1*-1 + 2*2 = 5", "y[0, 1, 0] = 3*-1 + 4*2 = 5"]
