"""The page about the experiments shows the numbers that ship, and no others."""

import importlib.util
from pathlib import Path

import pytest

from cnnviz.nn.experiments import measured, names

ROOT = Path(__file__).parents[3]


def _load():
    path = ROOT / "scripts" / "experiments" / "run.py"
    spec = importlib.util.spec_from_file_location("run_experiments", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script, page = _load(), (ROOT / "docs" / "experiments.md").read_text("utf-8")


@pytest.mark.parametrize("name", names())
def test_tables_are_those_that_ship(name):
    assert script.block(measured(name)) in page
    assert script.block(measured(name)).replace("±", "+") not in page


def test_the_page_is_what_the_script_would_write():
    assert script.page(page) == page
