"""Run experiments again and keep what comes out: python scripts/experiments/run.py [NAME ...], all unless told.

Writes cnnviz/nn/experiments/measured/NAME.json and the tables in docs/experiments.md; with `--tables` only these.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; sums keep their order

import re
import sys
import time
from pathlib import Path

from cnnviz.nn.experiments import Result, find, measured, names
from cnnviz.nn.experiments.catalog import FOLDER

MOST = 12
"""Rows of a table; of longer ones some are shown."""

PAGE = Path(__file__).parents[2] / "docs" / "experiments.md"


def block(result: Result) -> str:
    """Write a result for the page, between two marks."""
    lines = [f"<!-- {result.name} -->", f"*{result.setting}*"]
    for chart in result.charts:
        head, *rows = chart.rows()
        if len(rows) > MOST:
            rows = rows[:: len(rows) // 8]
        lines += ["", f"{chart.title}: {chart.quantity}", "", _row(head), _row(["---"] + ["--:"] * (len(head) - 1))]
        lines += [_row(row) for row in rows]
    return "\n".join([*lines, "", result.finding, f"<!-- end of {result.name} -->"])


def page(text: str) -> str:
    """Put the tables that ship into the page."""
    for name in names():
        pattern = re.compile(f"<!-- {name} -->.*?<!-- end of {name} -->", re.DOTALL)
        text, count = pattern.subn(lambda _, name=name: block(measured(name)), text)
        if count != 1:
            sys.exit(f"{PAGE}: expected one place for {name}, got {count}")
    return text


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> None:
    tables = "--tables" in arguments
    chosen = [argument for argument in arguments if argument != "--tables"]
    for name in [] if tables else chosen or names():
        start = time.process_time()
        result = find(name).run()
        (FOLDER / f"{name}.json").write_text(result.json() + "\n", "utf-8")
        print(f"{result}\n{time.process_time() - start:.0f} s of processor time\n", flush=True)
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
