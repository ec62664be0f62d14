"""What went wrong, as one line for a person and one exit code for a script."""

import sys
import traceback

import click

from cnnviz.errors import CnnvizError, InputError, OptionError, ShapeError

__all__ = ["describe", "report"]


def report(error: BaseException, *, debug: bool = False) -> int:
    """Write the one line to stderr, after the traceback if that is wanted, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    text, code = describe(error)
    if debug:
        traceback.print_exception(error)
    # Whatever a file is called, it cannot start a second line or speak to the terminal.
    print("cnnviz:", "".join(c if c.isprintable() else " " for c in text), file=sys.stderr)
    return code


def describe(error: BaseException) -> tuple[str, int]:
    """Return what to say of an error, and the exit code: 2 a wrong call, 1 a failure, 130 stopped.

    A call is wrong when what it names cannot be used: an option, a number, a file. All that happens later is a failure.

    Examples
    --------
    >>> describe(OptionError("stride: expected at least 1, got 0"))
    ('stride: expected at least 1, got 0', 2)
    >>> describe(KeyboardInterrupt())
    ('stopped', 130)
    """
    match error:
        case KeyboardInterrupt() | click.Abort():
            return "stopped", 130
        case click.ClickException():
            return _click_text(error), error.exit_code
        case OptionError() | ShapeError() | InputError():  # what was typed or named cannot be used
            return str(error), 2
        case CnnvizError():
            return str(error), 1
        case MemoryError():
            return "out of memory; try a smaller --size, --width or --fps", 1
        case OSError() if error.strerror:
            place = f"{error.filename}: " if error.filename else ""
            return f"{place}{error.strerror}", 1
    return f"unexpected {type(error).__name__}: {error} (a fault of ours; --debug shows where)", 1


def _click_text(error: click.ClickException) -> str:
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{text} (see '{context.command_path} --help')" if context else text
