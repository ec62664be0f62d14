import errno

import click
import pytest

import cnnviz.cli.failure
from cnnviz.cli.failure import describe, report
from cnnviz.errors import CnnvizError, InputError, OptionError, RenderError, ShapeError


@pytest.mark.parametrize(
    ("error", "text", "code"),
    [
        (OptionError("stride: 0"), "stride: 0", 2),
        (ShapeError("too large"), "too large", 2),
        (InputError("not an image"), "not an image", 2),
        (RenderError("no room"), "no room", 1),
        (CnnvizError("something"), "something", 1),
        (KeyboardInterrupt(), "stopped", 130),
        (click.Abort(), "stopped", 130),
        (MemoryError(), "out of memory; try a smaller --size, --width or --fps", 1),
        (OSError(errno.ENOSPC, "No space left on device", "a.gif"), "a.gif: No space left on device", 1),
        (OSError(errno.EIO, "Input/output error"), "Input/output error", 1),
        (KeyError("x"), "unexpected KeyError: 'x' (a fault of ours; --debug shows where)", 1),
        (click.UsageError("two\n\n  lines"), "two lines", 2),
    ],
)
def test_each_error_has_its_words_and_its_code(error, text, code):
    assert describe(error) == (text, code)


def test_one_line_whatever_a_file_is_called(capsys):
    assert report(InputError("a\nb\x1b[31m\u2028c")) == 2
    assert capsys.readouterr() == ("", "cnnviz: a b [31m c\n")


def test_debug_shows_the_traceback_and_ends_with_the_line(cnnviz, monkeypatch):
    outcome = cnnviz("trace", "conv", "--stride", "0", "--debug")
    lines = outcome.err.splitlines()
    assert outcome.code == 2
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == "cnnviz: trace_conv: expected stride of at least 1, got 0; choose 1 or more"


def test_a_fault_of_ours_is_one_line_too(cnnviz, monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.convolution.Convolution.prepare", lambda _: 1 / 0)
    outcome = cnnviz("trace", "conv")
    assert outcome.code == 1
    assert (
        outcome.err == "cnnviz: unexpected ZeroDivisionError: division by zero (a fault of ours; --debug shows where)\n"
    )


def test_every_error_class_of_ours_has_a_code():
    pending = [CnnvizError]
    while pending:
        kind = pending.pop()
        pending.extend(kind.__subclasses__())
        assert describe(kind("x")) == ("x", 2 if issubclass(kind, OptionError | ShapeError | InputError) else 1)
    assert cnnviz.cli.failure.__all__ == ["describe", "report"]
