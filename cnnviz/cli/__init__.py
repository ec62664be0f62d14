"""The command line. Each command is a module of its own, loaded when it is called; none loads Manim to say no."""

import sys
import warnings
from collections.abc import Sequence

from cnnviz.cli.app import app
from cnnviz.cli.failure import report
from cnnviz.cli.session import Session
from cnnviz.cli.values import plain_numbers

__all__ = ["main", "run"]


def main() -> None:
    """Run the program and leave with its exit code: 0 done, 2 a wrong call, 1 a failure, 130 stopped by Ctrl-C."""
    # What other packages' sources look like to a newer Python, said once when it compiles them, is not for our users.
    warnings.simplefilter("ignore", SyntaxWarning)
    sys.exit(run())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a failure is written to stderr as one line."""
    session = Session()
    try:
        given = plain_numbers(sys.argv[1:] if arguments is None else arguments)
        # A command's own result is None; only an early exit such as --help answers with a code.
        return app.main(given, prog_name="cnnviz", standalone_mode=False, obj=session) or 0
    except (Exception, KeyboardInterrupt) as error:
        return report(error, debug=session.debug)
