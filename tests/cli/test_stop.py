"""Ctrl-C and a polite kill, at several moments of a real run: nothing half-made stays, nothing good is lost."""

import signal
import subprocess
import sys
import time

import pytest

EARLIER = b"an earlier picture"
LARGE = ["--padding", "4", "-q", "film", "--fps", "50", "--width", "3840"]  # so that no machine is done too soon
COMMAND = [sys.executable, "-m", "cnnviz", "gif", "conv", "digit:3", *LARGE, "-o", "a.gif"]


CTRL_C = (signal.SIGINT, 130, "cnnviz: stopped")
KILL = (signal.SIGTERM, 143, "")


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("number", "code", "words", "delay"),
    [(*CTRL_C, 0.0), (*CTRL_C, 0.7), (*CTRL_C, 3.0), (*KILL, 0.7), (*KILL, 3.0)],
    ids=["Ctrl-C at once", "Ctrl-C soon", "Ctrl-C later", "kill soon", "kill later"],
)
def test_a_stopped_run_leaves_everything_as_it_was(tmp_path, number, code, words, delay):
    (tmp_path / "a.gif").write_bytes(EARLIER)
    process = subprocess.Popen(
        COMMAND,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background ignores Ctrl-C; this one must not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    while not list(tmp_path.glob(".cnnviz-*")):  # the private folder of the run: from here on Manim loads and draws
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)
    time.sleep(delay)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    # Python may end by the signal itself where Ctrl-C fell into an exec; a shell gives the same code for both.
    ended = process.returncode if process.returncode >= 0 else 128 - process.returncode
    assert (ended, out, err.strip()) == (code, "", words)
    assert [path.name for path in tmp_path.iterdir()] == ["a.gif"]
    assert (tmp_path / "a.gif").read_bytes() == EARLIER
