"""Run ``python -m PROGRAM ...`` with Manim imported beforehand, and write how long it took into a file.

``python _imported.py SECONDS.txt PROGRAM ARGUMENTS``
"""

import runpy
import sys
import time
from pathlib import Path

from cnnviz.render.fast import load_manim


def main() -> None:
    note, program, *_ = sys.argv[1:]
    if program == "cnnviz":
        load_manim()
    else:
        import manim  # noqa: F401
    start = time.perf_counter()
    sys.argv = sys.argv[2:]
    try:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code:
            raise
    Path(note).write_text(str(time.perf_counter() - start))


if __name__ == "__main__":
    main()
