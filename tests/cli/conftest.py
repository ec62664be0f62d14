"""Runs of the program: in this process where that is enough, in one of its own where it is not."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from cnnviz.cli import run


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch, tmp_path_factory):
    """Let every test draw for itself."""
    monkeypatch.setenv("CNNVIZ_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def cnnviz(capsys, tmp_path, monkeypatch):
    """Run the program here, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments) -> Outcome:
        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture
def process(tmp_path):
    """Run the program as a process of its own, in an empty folder."""

    def call(*arguments, **options) -> Outcome:
        command = [sys.executable, "-m", "cnnviz", *(str(argument) for argument in arguments)]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=tmp_path, timeout=300, **options
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def drawn(monkeypatch):
    """Catch what would be drawn: slugs and options."""
    asked = []
    monkeypatch.setattr("cnnviz.cli.drawing.draw", lambda _, slug, **options: asked.append((slug, options)))
    return asked
