import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from cnnviz.render.files import nest as nests
from cnnviz.render.files.nest import nest, sweep
from cnnviz.render.trouble import terminable

HOLD = """
import sys, time
from pathlib import Path
from cnnviz.render.files.nest import nest
with nest(Path(sys.argv[1])) as path:
    (path / "half.gif").write_bytes(b"half")
    if len(sys.argv) > 2:
        (path / "previous").mkdir()
        Path(sys.argv[1], sys.argv[2]).rename(path / "previous" / sys.argv[2])
    print(path, flush=True)
    time.sleep(60)
"""


def hold(*arguments):
    """Start a process with a nest, and wait until it has it."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    return process


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def test_only_the_dead_are_swept(tmp_path):
    alive, dead = hold(tmp_path), hold(tmp_path)
    kill(dead)
    with nest(tmp_path) as own:
        assert len(list(tmp_path.iterdir())) == 3
        sweep(tmp_path)
        left = set(tmp_path.iterdir())
        assert own in left
        assert len(left) == 2
    kill(alive)
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_had_to_make_room_comes_back(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "1.png").write_bytes(b"earlier")
    process = hold(tmp_path, "frames")
    assert not (tmp_path / "frames").exists()
    kill(process)
    sweep(tmp_path)
    assert (tmp_path / "frames" / "1.png").read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [tmp_path / "frames"]


def test_others_files_are_left_alone(tmp_path):
    for name in (".cnnvizrc", "cnnviz-1", ".cnnvi"):
        (tmp_path / name).mkdir()
    (tmp_path / ".cnnviz-notes").write_bytes(b"a file of the user's")
    (tmp_path / ".cnnviz-own").mkdir()
    (tmp_path / ".cnnviz-own" / "text").touch()
    before = sorted(tmp_path.rglob("*"))
    sweep(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_nest_without_a_lock_is_swept(tmp_path):
    (tmp_path / ".cnnviz-1-x").mkdir()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_nest_swept_before_it_is_locked_is_made_again(tmp_path, monkeypatch):
    make = nests.tempfile.mkdtemp
    made = []

    def swept_at_once(**options):
        made.append(make(**options))
        if len(made) < 3:
            sweep(tmp_path)
        return made[-1]

    monkeypatch.setattr("tempfile.mkdtemp", swept_at_once)
    with nest(tmp_path) as path:
        assert str(path) == made[2]


@pytest.mark.parametrize(("age", "left"), [(3600, 1), (25 * 3600, 0)])
def test_without_locks_age_decides(tmp_path, monkeypatch, age, left):
    (tmp_path / ".cnnviz-1-x").mkdir()
    (tmp_path / ".cnnviz-1-x" / "lock").touch()
    os.utime(tmp_path / ".cnnviz-1-x", (time.time() - age,) * 2)
    monkeypatch.setattr(nests, "fcntl", None)
    sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == left


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_unwinds_the_stack_and_the_default_comes_back(number):
    with pytest.raises(SystemExit) as caught, terminable():
        signal.raise_signal(number)
    assert caught.value.code == 128 + number
    assert signal.getsignal(number) is signal.SIG_DFL


def test_a_handler_of_the_users_is_not_touched():
    seen = []
    signal.signal(signal.SIGTERM, lambda *_: seen.append(1))
    try:
        with terminable():
            os.kill(os.getpid(), signal.SIGTERM)
        assert seen == [1]
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_a_thread_may_write_too(tmp_path):
    done = []

    def work():
        with terminable(), nest(tmp_path):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_the_lock_goes_last_so_that_a_killed_removal_can_be_finished(tmp_path, monkeypatch):
    remove, seen = nests.shutil.rmtree, []

    def watched(path, **options):
        seen.append(sorted(entry.name for entry in path.iterdir()))
        remove(path, **options)

    with nest(tmp_path) as path:
        (path / "a").touch()
        (path / "z").mkdir()
        monkeypatch.setattr("shutil.rmtree", watched)
    assert seen == [[], ["lock"]]
