"""The folder that vanishes."""

import subprocess
import sys

import pytest

from cnnviz.render.fast import workroom as room


@pytest.fixture(autouse=True)
def base(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MEMORY", tmp_path)
    monkeypatch.setattr(room, "ENOUGH", 0)
    return tmp_path


def test_it_vanishes_after_an_error_too(base):
    def fail():
        with room.workroom() as folder:
            assert folder.parent == base
            (folder / "a").mkdir()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert list(base.iterdir()) == []


def test_two_live_side_by_side():
    with room.workroom() as one, room.workroom() as other:
        assert one != other
        assert one.exists()


def test_the_room_of_a_killed_process_is_cleared(base):
    code = f"""
import time
from pathlib import Path
from cnnviz.render.fast import workroom as room
room.MEMORY, room.ENOUGH = Path({str(base)!r}), 0
with room.workroom() as folder:
    (folder / "left").write_text("x")
    print("in", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        room.clear_deserted(base)
        (kept,) = base.iterdir()
        assert (kept / "left").exists()
        process.kill()
    with room.workroom():
        assert not kept.exists()


def test_without_memory_it_is_where_the_system_says(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "ENOUGH", 2**70)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    with room.workroom() as folder:
        assert folder.parent.name == "elsewhere"
